"""The plan of one red-teaming scenario: a strategy, what it is after, and an honest request as cover."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Attack:
    """`ask` completes «the agent shall …» and `told_ask` is the same with names instead of references.

    `turns` are (position in the strategy's turns, variant); `values` fill the phrases of opening and ending:
    `{"ref": key}` is a value of the test profile, `{"item": {…}, "noun": …}` an entry of a tool's answer.
    """

    type: str
    strategy: str
    ask: str
    told_ask: str
    turns: tuple[tuple[int, int], ...]
    persona: int
    opening: int
    ending: int
    values: dict[str, Any] = field(default_factory=dict)
