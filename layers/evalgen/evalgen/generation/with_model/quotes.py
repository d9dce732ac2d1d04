"""Where a passage that a model quotes stands: word for word, whatever the breaks and marks between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

FEWEST_WORDS = 3
MARKS = 20
"""Characters at most between the end of a sentence and the next one."""
_WORD = re.compile(r"[^\W_]+")
_BEGINS = re.compile(r"(?:\A|[\n|.:;,!?])[\s*_`\"'(>•-]*\Z")
_ENDS = re.compile(r"[\s*_`\"')]*?(?:\Z|[\n|.:;,!?])")


class Passages:
    """The words of a text, in order, with their lines."""

    def __init__(self, text: str) -> None:
        self._raw = text
        self._found = list(_WORD.finditer(text))
        self._breaks = [at for at, character in enumerate(text) if character == "\n"]
        words = [match[0].casefold() for match in self._found]
        self._text = f" {' '.join(words)} "
        self._starts = list(accumulate((len(word) + 1 for word in words), initial=1))

    def lines_of(self, quote: str, fewest: int = FEWEST_WORDS) -> tuple[int, int] | None:
        """The first and last line, counted from 1; None if it does not stand there, or is too short.

        One of fewer words counts where it is a whole: a cell, an item, a sentence.
        """
        span = self.span_of(quote, fewest)
        return span and (self._line_at(span[0]), self._line_at(span[1] - 1))

    def span_of(self, quote: str, fewest: int = 1) -> tuple[int, int] | None:
        """Where its first word begins and its last one ends, in characters; None as above."""
        words = words_of(quote)
        told, at = f" {' '.join(words)} ", -1
        while words and (at := self._text.find(told, at + 1)) >= 0:
            first = bisect_left(self._starts, at + 1)
            span = self._found[first].start(), self._found[first + len(words) - 1].end()
            if len(words) >= fewest or self._is_whole(*span):
                return span
        return None

    def _is_whole(self, start: int, end: int) -> bool:
        return bool(_BEGINS.search(self._raw, max(0, start - MARKS), start) and _ENDS.match(self._raw, end))

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._breaks, offset) + 1


def words_of(text: str) -> list[str]:
    """As they are compared."""
    return [word.casefold() for word in _WORD.findall(text)]
