"""Quantities that bound a rule: `within 60 days`, `above 500 dollars`, `at most three slots`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evalgen.languages.rules import any_of, compiled
from evalgen.reading.lexicon import Lexicon, lexicon_of

_UNIT = r"(?P<unit>[A-Za-zÀ-ÿ][\w'’-]*)?"


@dataclass(frozen=True, slots=True)
class Limit:
    """`side` is at_most or at_least; `unit` the counted noun; `money` whether it is an amount of money."""

    side: str
    value: float
    unit: str
    money: bool
    text: str


def limits_of(sentence: str, lexicon: Lexicon) -> tuple[Limit, ...]:
    """Every limit in the sentence, in order."""
    found: dict[int, Limit] = {}
    for side, pattern in _patterns(lexicon.language):
        for match in pattern.finditer(sentence):
            found.setdefault(match.start("number"), _limit(side, match, lexicon))
    return tuple(found[position] for position in sorted(found))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lexicon = lexicon_of(language)
    words = lexicon.limits
    number = (
        rf"(?P<money>[$€£]\s?)?(?P<number>\d[\d,]*(?:\.\d+)?|{any_of(lexicon.numbers)})"
        rf"\s?(?P<percent>%|{any_of(words.percent)})?"
    )
    behind = (
        rf"\s+(?:(?:{any_of(words.before_number)})\s+)?{number}"
        rf"\s*(?:(?:{any_of(words.before_unit)})\s+)?{_UNIT}"
    )
    sides = (("at_most", words.at_most), ("at_least", words.at_least))
    return tuple((side, compiled(rf"\b(?:{any_of(cues)}){behind}")) for side, cues in sides)


def _limit(side: str, match: re.Match[str], lexicon: Lexicon) -> Limit:
    raw = match["number"].lower()
    value = float(lexicon.numbers[raw]) if raw in lexicon.numbers else float(raw.replace(",", ""))
    unit = (match["unit"] or "").lower()
    money = bool(match["money"]) or unit in lexicon.limits.money
    return Limit(side, value, "%" if match["percent"] else unit, money, match[0].strip())
