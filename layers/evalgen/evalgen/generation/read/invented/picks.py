"""Choices without a random source: numbers out of SHA-256, the same in every process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count


def picker(*seed: object) -> Callable[[int], int]:
    """A function that answers one number below `n` after the other; equal seeds give equal numbers."""
    numbers, told = count(), "/".join(map(str, seed))

    def pick(n: int) -> int:
        digest = hashlib.sha256(f"{told}/{next(numbers)}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % max(1, n)

    return pick


def digits(count_of: int, *seed: object) -> str:
    """Digits of which the first is no zero."""
    pick = picker(*seed)
    return "".join(str(1 + pick(9) if place == 0 else pick(10)) for place in range(count_of))
