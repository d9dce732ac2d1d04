"""Whether two instructions are so alike that the second tests nothing new."""

from __future__ import annotations

import re

NEAR = 0.4
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class Twins:
    """The 3-grams of the instructions accepted so far."""

    def __init__(self) -> None:
        self._seen: list[frozenset[tuple[str, ...]]] = []

    def has_twin(self, instructions: str) -> bool:
        """Whether some earlier text shares NEAR or more of its 3-grams (Jaccard) with this one."""
        mine = _grams(instructions)
        return any(len(mine & other) >= NEAR * len(mine | other) for other in self._seen)

    def add(self, instructions: str) -> None:
        self._seen.append(_grams(instructions))


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = [w.casefold() for w in _WORD.findall(text)]
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))
