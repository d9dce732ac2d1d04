"""What planning makes of a job: a test for each slot, or the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalgen.generation.ledger import Ledger
from evalgen.generation.plan.test import Setting, Shortfall, Test


@dataclass(frozen=True, slots=True)
class Planned:
    """`slots[i]` belongs to slot i; there are as many as scenarios were asked for.

    `warnings` are for the one who asked, each with the place that it is about. `kept_out` says for whoever
    works on a planner which problems have kept how many of its tests out. `spares[i]`, where there are any,
    takes the place of slot i's test if a model fails to write it.
    """

    slots: tuple[Test | Shortfall, ...]
    setting: Setting = field(default_factory=Setting)
    ledger: Ledger = field(default_factory=Ledger)
    warnings: tuple[str, ...] = ()
    kept_out: dict[str, int] = field(default_factory=dict)
    spares: tuple[Test | None, ...] = ()

    @property
    def tests(self) -> tuple[Test, ...]:
        return tuple(slot for slot in self.slots if isinstance(slot, Test))


def unplanned(slots: int, reason: str) -> Planned:
    """Every slot fails for the same reason."""
    return Planned((Shortfall(reason),) * slots)
