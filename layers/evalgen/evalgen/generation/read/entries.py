"""By what callers are found first, where a look-up takes one thing or another: `No booking number? Use …`"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.chain import Played
from evalgen.generation.read.placeholders import shows_the_number
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.selectors import selection_in
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain


def entries_in(prompt: Prompt, tools: Mapping[str, ToolModel]) -> dict[str, frozenset[str]]:
    """By the name of a tool that identifies callers, the way that the prompt has them asked for first; only
    where the mock data find somebody in another, too, and the number that they call from is not known.
    """
    found = {}
    held = any(shows_the_number(statement.text) for statement in prompt.statements)
    for name, tool in tools.items() if prompt.language and not held else ():
        ways = {way_of(tool, call) for call in tool.calls.get("success", ())}
        if tool.role == "identify" and len(ways) > 1 and (first := _first(name, ways, prompt)):
            found[name] = first
    return found


def way_of(tool: ToolModel, call: MockCall) -> frozenset[str]:
    """By what a call finds somebody: its parameters, and what is selected in place of one that holds either
    (`lookup_by: phone` beside `value`).
    """
    pair = selection_in(tool, call)
    return frozenset(call.input) if pair is None else frozenset(call.input) - {*pair} | {call.input[pair[0]]}


def is_found_otherwise(played: Played, entries: Mapping[str, Collection[str]]) -> bool:
    """Whether a look-up finds its caller by something else than what callers are asked for first."""
    wanted = entries.get(played.tool.tool.name)
    return wanted is not None and way_of(played.tool, played.call) != wanted


def as_asked(tool: ToolModel, made: MockCall, entries: Mapping[str, Collection[str]]) -> MockCall:
    """The same answer found by what callers are asked for first; this call where there is none."""
    wanted = entries.get(tool.tool.name)
    calls = tool.calls.get("success", ()) if wanted else ()
    return next((c for c in calls if way_of(tool, c) == wanted and c.output == made.output), made)


def _first(name: str, ways: Collection[frozenset[str]], prompt: Prompt) -> frozenset[str] | None:
    """The way whose own parameters are asked for, or named with the tool, before those of all others."""
    shared = frozenset.intersection(*ways)
    told = sorted(((_place(name, way - shared, prompt), sorted(way)) for way in ways), key=lambda one: one[0])
    (place, way), (other, _), *_ = told
    return frozenset(way) if place < other else None


def _place(name: str, parameters: Collection[str], prompt: Prompt) -> int:
    """Where one of them is first asked for or named with the tool; behind everything where none is."""
    asks = load(prompt.language, "identity")["may_ask"]
    nouns = [plain(words_in(prompt.language).noun_of(parameter)) for parameter in parameters]
    told = re.compile("|".join(map(re.escape, nouns)) or "(?!)")
    for number, statement in enumerate(prompt.statements):
        text = plain_text(statement.text)
        if told.search(text) and (name in statement.names or re.search(asks, text)):
            return number
    return len(prompt.statements)
