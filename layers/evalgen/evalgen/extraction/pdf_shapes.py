"""What stands on a page: text and boxes with their places, in points from the lower left."""

from __future__ import annotations

from dataclasses import dataclass

THIN = 2.5
"""Points; a box that is thinner is a rule, and places that are nearer are the same."""
NEAR = 3.5


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text with the point where it starts, in points from the lower left, and its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` from top to bottom; `chunks` are the places of the text that stands in them."""

    rows: tuple[tuple[str, ...], ...]
    chunks: frozenset[int]
