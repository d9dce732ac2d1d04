"""The coverage ledger of a job: what there is to test of an agent, which slots test it, what is left and why.

Knows nothing of how it is made (`plan/report.py`), so that reading a stored one imports little.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

MOST_LINES = 200

Left = Literal["not_yet", "out_of_reach", "not_testable"]
About = Literal["statement", "limit", "tool_outcome", "fact"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to cover; `slots` test it, in order.

    `line` is 0 for an outcome of a tool, and the document's for a fact, where `kind` is the file's name.

    `left` is its status while no slot tests it: out of reach is what a call could test, but nothing that is
    generated does; `why` says what is missing there, or why no call can test it.
    """

    id: str
    about: About
    kind: str
    line: int
    text: str
    slots: tuple[int, ...]
    left: Left = "not_yet"
    why: str = ""

    @property
    def status(self) -> Literal["covered"] | Left:
        return "covered" if self.slots else self.left


@dataclass(frozen=True, slots=True)
class Ledger:
    """`more` is an estimate of how many further scenarios, of whatever type, would cover what is not yet."""

    entries: tuple[Entry, ...] = ()
    more: int = 0


def without(ledger: Ledger, failed: Collection[int]) -> Ledger:
    """The ledger as it is when these slots have no scenario."""
    return replace(
        ledger,
        entries=tuple(
            replace(entry, slots=tuple(slot for slot in entry.slots if slot not in failed))
            for entry in ledger.entries
        ),
    )


def covered_by(ledger: Ledger, covers: Sequence[Collection[str]]) -> Ledger:
    """The ledger as it is when slot i tests the things with the ids `covers[i]`."""
    return replace(
        ledger,
        entries=tuple(
            replace(entry, slots=tuple(slot for slot, ids in enumerate(covers) if entry.id in ids))
            for entry in ledger.entries
        ),
    )


def summary_of(ledger: Ledger) -> dict[str, Any]:
    """In numbers: by kind of thing those that a call can test; the lines of statements that nothing tests."""
    numbers: dict[str, Any] = {}
    for about in get_args(About):
        status = [entry.status for entry in ledger.entries if entry.about == about]
        numbers[f"{about}s"] = len(status) - status.count("not_testable")
        numbers[f"{about}s_covered"] = status.count("covered")
        numbers[f"{about}s_out_of_reach"] = status.count("out_of_reach")
    open_ones = ("not_yet", "out_of_reach")
    lines = (e.line for e in ledger.entries if e.status in open_ones and e.about == "statement")
    return {
        **numbers,
        "uncovered_lines": list(dict.fromkeys(lines))[:MOST_LINES],
        "more_scenarios": ledger.more,
    }
