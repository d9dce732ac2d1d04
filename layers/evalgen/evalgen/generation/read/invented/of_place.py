"""Who works where: a prompt that lists its places with those who see callers there has nobody elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.values import plain

_PLACE = re.compile(r"\W*(?P<place>[A-Z][\w']*(?: [A-Z][\w']*){0,2})\s*[,:(–-]")
_FEWEST = 2


def at_their_places(answer: Any, given: Mapping[str, Any], texts: Texts) -> Any:
    """An answer in which whoever is with a thing works where it is, by itself or by what was asked for."""
    by_place = _staff(texts.prompt, texts.language)
    found = re.finditer(load(texts.language, "invented_things")["providers"], texts.prompt)
    everybody = frozenset(match["name"] for match in found)
    return _Placed(by_place, everybody).placed(answer, _named(given, by_place)) if by_place else answer


@dataclass
class _Placed:
    by_place: Mapping[str, tuple[str, ...]]
    everybody: frozenset[str]
    turn: int = -1

    def placed(self, value: Any, staff: tuple[str, ...]) -> Any:
        if isinstance(value, list):
            return [self.placed(one, staff) for one in value]
        if isinstance(value, dict):
            own = _named(value, self.by_place) or staff
            return {key: self.placed(one, own) for key, one in value.items()}
        if not staff or not isinstance(value, str) or value not in self.everybody:
            return value
        self.turn += 1
        return staff[self.turn % len(staff)]


def _named(values: Mapping[str, Any], by_place: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Those who work at the place that some value is; none where none is one."""
    texts = (plain(one).replace("_", " ") for one in values.values() if isinstance(one, str))
    return next((by_place[text] for text in texts if text in by_place), ())


@lru_cache(maxsize=4)
def _staff(prompt: str, language: str) -> dict[str, tuple[str, ...]]:
    """By place, in small letters, who works there; empty where the prompt does not list several places."""
    found = {}
    for line in prompt.splitlines():
        names = tuple(_names(line, language))
        if names and (at := _PLACE.match(line)) and at["place"] not in names[0]:
            found[plain(at["place"])] = names
    return found if len(found) >= _FEWEST else {}


def _names(line: str, language: str) -> Iterator[str]:
    """Who a line names; of several those without something in brackets that they are there for alone."""
    things, invented = load(language, "invented_things"), load(language, "invented")
    limits = "|".join([rf"\b{invented['only']}\b", *(rf"\b{day}s?\b" for day in invented["weekdays"])])
    named = list(re.finditer(things["providers"], line))
    free = [m for m in named if not re.search(limits, plain(_behind(line, m.end())))]
    return (match["name"] for match in free or named)


def _behind(line: str, end: int) -> str:
    brackets = re.match(r"\s*\(([^()]*)\)", line[end:])
    return brackets[1] if brackets else ""
