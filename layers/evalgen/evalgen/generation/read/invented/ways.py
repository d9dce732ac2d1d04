"""Further calls of a tool: other facts by which callers are looked for, and each reason for a transfer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.read.identity import nouns_of
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.parameters import chosen_of, required_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain

MOST_REASONS = 12


def other_ways(tool: ToolModel, prompt: str, language: str) -> Iterator[tuple[str, ...]]:
    """The parameters that a clause of the prompt has the agent ask for in place of the usual ones: `if that
    brings nothing, ask for the postcode and surname`.
    """
    if tool.role != "identify" or required_of(tool):
        return
    table, words = load(language, "invented"), words_in(language)
    usual = set(chosen_of(tool))
    nouns = {name: "|".join(nouns_of(name, words.noun_of(name), language)) for name in tool.properties}
    seen: set[tuple[str, ...]] = set()
    for clause in re.split(table["clauses"], plain(prompt)):
        if not re.search(table["asks_what"], clause):
            continue
        named = tuple(n for n, noun in nouns.items() if re.search(rf"(?<!\w)(?:{noun})(?!\w)", clause))
        facts = [Meaning(name).fact or Meaning(name).is_id for name in named]
        if named and all(facts) and not usual & set(named) and named not in seen:
            seen.add(named)
            yield named


def reasons(tool: ToolModel) -> list[tuple[str, str]]:
    """Each choice of the parameter that says why a call is passed on, with that parameter."""
    for name in required_of(tool) if tool.role == "inward" else ():
        listed = tool.properties.get(name, {}).get("enum")
        if isinstance(listed, list) and len(listed) <= MOST_REASONS:
            return [(name, one) for one in listed if isinstance(one, str)]
    return []
