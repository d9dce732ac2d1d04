"""What a split is, and where in a sentence it may be made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"))
_MARKS = '"()“”«»'


@dataclass(frozen=True, slots=True)
class Split:
    """`opener` is the word that made it a condition (`if`, `unless` …); empty for a label or an arrow."""

    trigger: str
    consequence: str
    opener: str = ""


def outside(text: str, matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The matches that stand in no bracket or quotation, in order."""
    seen: Counter[str] = Counter()
    done = 0
    for match in matches:
        part, done = text[done : match.start()], match.start()
        seen.update({mark: part.count(mark) for mark in _MARKS})
        if seen['"'] % 2 == 0 and all(seen[opening] <= seen[closing] for opening, closing in _PAIRS):
            yield match
