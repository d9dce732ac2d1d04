"""By what callers are found first, where a look-up takes one thing or another: `No booking number? Use …`"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.chain import Played
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.placeholders import shows_the_number
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.selectors import selection_in
from evalgen.generation.read.sources import Source
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import key_of, leaves, plain, same


@dataclass(frozen=True, slots=True)
class Entry:
    """The parameters by which callers are found first; `alone`: the others only stand in for them, and are
    not just named behind them (`the plate or the postcode`).
    """

    way: frozenset[str]
    alone: bool


def entries_in(prompt: Prompt, tools: Mapping[str, ToolModel]) -> dict[str, Entry]:
    """By the name of a tool that identifies callers or finds a thing of theirs, how that is asked for first;
    only where the mock data find somebody otherwise, too, and the number that they call from is not known.
    """
    found = dict[str, Entry]()
    held = any(shows_the_number(statement.text) for statement in prompt.statements)
    for name, tool in tools.items() if prompt.language and not held else ():
        ways = {way_of(tool, call) for call in tool.calls.get("success", ())}
        finds = tool.role == "identify" or (tool.role == "read" and _finds_one(ways))
        if finds and len(ways) > 1 and (first := _first(name, ways, prompt)):
            found[name] = first
    return found


def way_of(tool: ToolModel, call: MockCall) -> frozenset[str]:
    """By what a call finds somebody: its parameters, and what is selected in place of one that holds either
    (`lookup_by: phone` beside `value`).
    """
    pair = selection_in(tool, call)
    return frozenset(call.input) if pair is None else frozenset(call.input) - {*pair} | {call.input[pair[0]]}


def is_found_otherwise(played: Played, entries: Mapping[str, Entry]) -> bool:
    """Whether a look-up finds its caller by what only stands in for what callers are asked for first."""
    wanted = entries.get(played.tool.tool.name)
    return wanted is not None and wanted.alone and way_of(played.tool, played.call) != wanted.way


def as_asked(tool: ToolModel, made: MockCall, entries: Mapping[str, Entry]) -> MockCall:
    """The same answer found by what callers are asked for first; this call where there is none."""
    return next((c for c in _as_asked_first(tool, entries) if c.output == made.output), made)


def source_as_asked(source: Source, value: Any, entries: Mapping[str, Entry]) -> Source:
    """A value under the same key of an answer that is found by what callers are asked for first; the same
    place of this call where there is none.
    """
    tool, made, place = source
    first = _as_asked_first(tool, entries)
    if made in first:
        return source
    if (alike := as_asked(tool, made, entries)) is not made:
        return tool, alike, place
    for call in first:
        for path, one in leaves(call.output):
            if key_of(path) == key_of(place) and same(one) == same(value):
                return tool, call, path
    return source


def _as_asked_first(tool: ToolModel, entries: Mapping[str, Entry]) -> list[MockCall]:
    wanted = entries.get(tool.tool.name)
    return [c for c in tool.calls.get("success", ()) if way_of(tool, c) == wanted.way] if wanted else []


def _finds_one(ways: Collection[frozenset[str]]) -> bool:
    """Whether a read takes one number or fact of a person or another, by which theirs is found."""
    meant = (Meaning(key) for way in ways for key in way)
    return all(ways) and all(one.is_id or one.fact for one in meant)


def _first(name: str, ways: Collection[frozenset[str]], prompt: Prompt) -> Entry | None:
    """The way whose own parameters are asked for, or named with the tool, before those of all others."""
    shared = frozenset.intersection(*ways)
    told = sorted(((_place(name, way - shared, prompt), sorted(way)) for way in ways), key=lambda one: one[0])
    (place, way), (other, _), *_ = told
    if place >= other:
        return None
    return Entry(frozenset(way), place[0] < other[0] or _stands_in(place[0], prompt))


def _stands_in(sentence: int, prompt: Prompt) -> bool:
    """Whether a sentence says of what it names that it will do only where there is nothing better."""
    pattern = load(prompt.language, "identity")["in_its_place"]
    return re.search(pattern, plain_text(prompt.statements[sentence].text)) is not None


def _place(name: str, parameters: Collection[str], prompt: Prompt) -> tuple[int, int]:
    """Where one of them is first asked for or named with the tool (sentence, letter); behind everything where
    none is.
    """
    asks = load(prompt.language, "identity")["may_ask"]
    nouns = [plain(words_in(prompt.language).noun_of(parameter)) for parameter in parameters]
    told = re.compile("|".join(map(re.escape, nouns)) or "(?!)")
    for number, statement in enumerate(prompt.statements):
        text = plain_text(statement.text)
        if (match := told.search(text)) and (name in statement.names or re.search(asks, text)):
            return number, match.start()
    return len(prompt.statements), 0
