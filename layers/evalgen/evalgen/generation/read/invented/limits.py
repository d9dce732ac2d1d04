"""How many of a thing a prompt takes: `at least 20 guests`, `parties of 8 or more`, a column of minimums."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import plain


@dataclass(frozen=True)
class Limits:
    """Those of one prompt."""

    prompt: str
    language: str

    def within(self, wanted: float, meaning: Meaning) -> float:
        """The number that a caller names: the wanted one, or the nearest that the prompt takes."""
        nouns = self._nouns(meaning)
        lowest = [*self._found("lowest", nouns), *self._columns(nouns)]
        highest = [*self._found("highest", nouns), *(n - 1 for n in self._found("below", nouns))]
        least, most = max(lowest, default=wanted), min(highest, default=math.inf)
        return max(min(wanted, most), least) if lowest else min(wanted, most)

    def offered(self, thing: str) -> int | None:
        """How many of a thing are offered at most, where the prompt says so: `offer at most two slots`."""
        nouns = f"(?:{re.escape(plain(thing).split()[-1])}s?|of (?:the|them|these|those)|options|choices)"
        return min(self._found("offered", nouns), default=None)

    @property
    def _words(self) -> dict[str, Any]:
        return dict(load(self.language, "invented")["limits"])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {str(k): int(v) for k, v in load(self.language, "records")["numbers"].items()}

    def _nouns(self, meaning: Meaning) -> str:
        people = self._words["people"]
        words = people if set(meaning.words) & set(people) else [meaning.words[-1]]
        return f"(?:{'|'.join(re.escape(word) for word in words)})"

    def _found(self, kind: str, nouns: str) -> Iterator[int]:
        numbers = "|".join([r"\d{1,4}", *sorted(self._numbers, key=len, reverse=True)])
        for pattern in self._words[kind]:
            full = pattern.replace("NUMBER", f"(?:{numbers})").replace("NOUN", nouns)
            for number in _numbers_in(self.prompt, full):
                yield int(number) if number.isdigit() else self._numbers[number]

    def _columns(self, nouns: str) -> Iterator[int]:
        """The numbers in the column of a table that is headed by a minimum of it."""
        place = -1
        for line in plain(self.prompt).split("\n"):
            cells = [cell.strip() for cell in line.strip(" |").split("|")]
            if len(cells) < 2:
                place = -1
            elif place < 0:
                heads = (
                    n
                    for n, c in enumerate(cells)
                    if re.search(self._words["column"], c) and re.search(nouns, c)
                )
                place = next(heads, -1)
            elif place < len(cells) and cells[place].isdigit():
                yield int(cells[place])


@lru_cache(maxsize=512)
def _numbers_in(prompt: str, pattern: str) -> tuple[str, ...]:
    """What the group `n` of a pattern finds in a prompt: every caller's value asks for the same."""
    return tuple(match["n"] for match in re.finditer(pattern, plain(prompt)))
