"""Free choices derived from a seed: the same everywhere, whatever the process or the hash seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def draw(seed: str, stage: str, name: object) -> int:
    """A number from SHA-256 of (seed, stage, stable name)."""
    return int.from_bytes(hashlib.sha256(f"{seed}\x1f{stage}\x1f{name}".encode()).digest()[:8], "big")


def shuffled(items: Sequence[T], seed: str, stage: str) -> list[T]:
    """The items in an order that depends on the seed and on each item's position only."""
    order = sorted(range(len(items)), key=lambda i: draw(seed, stage, i))
    return [items[i] for i in order]
