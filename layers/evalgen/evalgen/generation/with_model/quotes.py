"""Where a passage that a model quotes stands: word for word, whatever the breaks and marks between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W_]+")


class Passages:
    """The words of a text, in order, with their lines."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        breaks = [at for at, character in enumerate(text) if character == "\n"]
        self._lines = [bisect_right(breaks, match.start()) + 1 for match in found]
        self._text = " " + " ".join(words) + " "
        self._starts = list(accumulate((len(word) + 1 for word in words), initial=1))

    def lines_of(self, quote: str) -> tuple[int, int] | None:
        """The first and last line, counted from 1; None if it does not stand there, or is too short."""
        words = [word.casefold() for word in _WORD.findall(quote)]
        if len(words) < FEWEST_WORDS:
            return None
        at = self._text.find(f" {' '.join(words)} ")
        if at < 0:
            return None
        first = bisect_left(self._starts, at + 1)
        return self._lines[first], self._lines[first + len(words) - 1]
