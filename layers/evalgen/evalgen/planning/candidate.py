"""What planners offer: a plan, and how to tell the planner that it was taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from evalgen.planning.plan import Plan
from evalgen.reading.facts import Fact


@dataclass(frozen=True, slots=True)
class Candidate:
    """`accept` makes the plan count for those that follow; a plan that is not accepted leaves no trace."""

    plan: Plan
    accept: Callable[[], None]


class Planner(Protocol):
    """Plans of one scenario type, best first. `facts` are those of documents that its plans can ask for."""

    @property
    def facts(self) -> Collection[Fact]: ...

    def candidates(self) -> Iterator[Candidate]:
        """Each built against what was accepted so far."""

    def reach(self) -> Iterable[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
