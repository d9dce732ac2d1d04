"""The plan of one red-teaming scenario: a strategy, what it is after, and an honest request as cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Attack:
    """Numbers are positions in the lists of its attacks.

    `lines` are the turns between opening and ending: (`setup`, `ask` or `push` of the strategy, or a `probe`
    of the aim; position). `values` fill all texts: `{"ref": key}` is a value of the test profile,
    `{"item": {…}, "noun": …}` an entry of a tool's answer; `told` has what the reader is told instead.
    """

    language: str
    type: str
    strategy: str
    aim: str
    course: int
    lines: tuple[tuple[str, int], ...]
    lead: int
    role: int
    ask: int
    manner: int
    context: int
    opening: int
    ending: int
    values: dict[str, Any] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def pieces(self) -> Iterator[tuple[str, object]]:
        """Everything that was chosen, so that it can be counted."""
        yield from (("course", self.course), ("manner", self.manner))
        yield from (("opening", self.opening), ("ending", self.ending))
        yield f"{self.strategy}/context", self.context
        yield "lead", self.lead
        yield f"{self.aim}/role", self.role
        yield f"{self.aim}/request", self.ask
        for kind, place in self.lines:
            yield f"{self.aim if kind == 'probe' else self.strategy}/{kind}", place
