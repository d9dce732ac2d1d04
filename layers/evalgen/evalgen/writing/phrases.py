"""The phrases of a language, loaded from `languages/<code>.phrases.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from evalgen.planning.choice import shuffled

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of doing a move: the caller's step, and what it adds to the outcome and the tags."""

    say: str
    expect: str = ""
    tag: str = ""

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(re.findall(r"\{(\w+)\}", self.say))


@dataclass(frozen=True)
class Phrases:
    language: str
    moves: dict[str, tuple[Phrase, ...]]
    words: dict[str, Any]

    def pick(self, move: str, ordinal: int, seed: str, known: frozenset[str]) -> Phrase:
        """The phrase for the n-th use of a move, in an order of the seed's, among those that `known` values can fill."""
        fitting = [p for p in self.moves[move] if p.slots <= known]
        order = _order(len(fitting), seed, move)
        return fitting[order[ordinal % len(fitting)]]


@cache
def _order(count: int, seed: str, move: str) -> list[int]:
    return shuffled(range(count), seed, f"phrases/{move}")


@cache
def phrases_of(language: str) -> Phrases:
    """The phrases of a language code, or the English ones where there are none."""
    source = files("evalgen.languages").joinpath(f"{language}.phrases.toml")
    if not source.is_file():
        return phrases_of(DEFAULT)
    data = tomllib.loads(source.read_text("utf-8"))
    knowledge = files("evalgen.languages").joinpath(f"{language}.knowledge.toml")
    if knowledge.is_file():
        more = tomllib.loads(knowledge.read_text("utf-8"))
        data["moves"] |= more.pop("moves")
        data |= more
    moves = {
        move: tuple(Phrase(**p) if isinstance(p, dict) else Phrase(p) for p in listed)
        for move, listed in data.pop("moves").items()
    }
    return Phrases(language, moves, data)
