"""The coverage ledger of a job: what there is to test of an agent, which slots test it, what is left and why.

Knows nothing of how it is made (`planning/report.py`), so that reading a stored one imports little.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Literal

About = Literal["statement", "limit", "tool_outcome"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to cover. `line` is 0 for an outcome of a tool; `slots` test it, in order.

    `why` says why no call can test it; empty where one can.
    """

    id: str
    about: About
    kind: str
    line: int
    text: str
    slots: tuple[int, ...]
    why: str = ""

    @property
    def status(self) -> Literal["covered", "not_yet", "not_testable"]:
        if self.slots:
            return "covered"
        return "not_testable" if self.why else "not_yet"


@dataclass(frozen=True, slots=True)
class Ledger:
    """`more` is an estimate of how many further scenarios would cover what is left."""

    entries: tuple[Entry, ...] = ()
    more: int = 0


def limit_id(statement_id: str) -> str:
    """What a scenario covers that plays a value at the limit which a statement sets."""
    return f"limit:{statement_id}"


def without(ledger: Ledger, failed: Collection[int]) -> Ledger:
    """The ledger as it is when these slots have no scenario."""
    return replace(
        ledger,
        entries=tuple(
            replace(entry, slots=tuple(slot for slot in entry.slots if slot not in failed))
            for entry in ledger.entries
        ),
    )


def summary_of(ledger: Ledger) -> dict[str, Any]:
    """The ledger in numbers, with the lines of what could still be tested (the first 200)."""
    numbers: dict[str, Any] = {}
    for about in ("statement", "limit", "tool_outcome"):
        status = [entry.status for entry in ledger.entries if entry.about == about]
        numbers[f"{about}s"] = len(status) - status.count("not_testable")
        numbers[f"{about}s_covered"] = status.count("covered")
    open_entries = [entry for entry in ledger.entries if entry.status == "not_yet"]
    closed = [e for e in ledger.entries if e.status == "not_testable" and e.about == "statement"]
    return {
        **numbers,
        "statements_not_testable": len(closed),
        "uncovered_lines": list(dict.fromkeys(entry.line for entry in open_entries if entry.line))[:200],
        "more_scenarios": ledger.more,
    }
