"""Quantities that bound a rule: `within 60 days`, `above 500 dollars`, `at most three slots`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon

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
    words = "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True))
    number = rf"(?P<money>[$€£]\s?)?(?P<number>\d[\d,]*(?:\.\d+)?|{words})\s?(?P<percent>%|percent)?"
    found: dict[int, Limit] = {}
    for side, phrases in lexicon.limits.items():
        cues = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
        before = rf"\b(?:{cues})\s+(?:(?:the|a|an|of|first|last|total of)\s+)?{number}\s*(?:(?:business|calendar|working)\s+)?{_UNIT}"
        for match in re.finditer(before, sentence, re.IGNORECASE):
            limit = _limit(side, match, lexicon)
            found.setdefault(match.start("number"), limit)
    return tuple(found[position] for position in sorted(found))


def _limit(side: str, match: re.Match[str], lexicon: Lexicon) -> Limit:
    raw = match["number"].lower()
    value = float(lexicon.numbers[raw]) if raw in lexicon.numbers else float(raw.replace(",", ""))
    unit = (match["unit"] or "").lower()
    money = bool(match["money"]) or unit in ("dollars", "euros", "pounds", "usd", "eur")
    return Limit(side, value, "%" if match["percent"] else unit, money, match[0].strip())
