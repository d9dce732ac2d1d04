"""A job's coverage ledger is made: of what the agent says, what each slot tests, and the tests left over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from evalgen.generation.ledger import About, Entry, Ledger, Left
from evalgen.generation.read.statement import Prompt, Statement

MOST_TEXT = 200

_UNREAD = "it is not read with certainty"
_NO_TEST = "no test that is certain gets there"
_NOT_TESTABLE = {
    "identity": "it says who the agent is",
    "manner": "it says how to speak",
    "fact": "it says what is so, and not what to do",
}


class Fact(Protocol):
    """What a document says."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def sure(self) -> bool: ...


def ledger_of(
    prompt: Prompt,
    outcomes: Iterable[str],
    covers: Sequence[Collection[str]],
    left: Iterable[Collection[str]],
    facts: Iterable[Fact] = (),
) -> Ledger:
    """`covers[i]` are the ids that slot i tests, `left` those that each further test would.

    `outcomes` are the ids of tools' answers (`find:error`), `facts` those of the documents drawn on.
    """
    slots: dict[str, list[int]] = {}
    for slot, ids in enumerate(covers):
        for name in dict.fromkeys(ids):
            slots.setdefault(name, []).append(slot)
    further = [frozenset(ids) for ids in left]
    reached = frozenset[str]().union(*further)

    def entry(name: str, about: About, kind: str, line: int, text: str, rest: tuple[Left, str]) -> Entry:
        status: tuple[Left, str] = ("not_yet", "") if name in slots or name in reached else rest
        return Entry(name, about, kind, line, text[:MOST_TEXT], tuple(slots.get(name, ())), *status)

    entries = [
        entry(one.id, "statement", one.kind, one.lines[0], one.text, _rest(one)) for one in prompt.statements
    ]
    for name in dict.fromkeys((*outcomes, *_outcomes_in(covers))):
        tool, _, answer = name.rpartition(":")
        text = f"{tool} answers: {answer.replace('_', ' ')}"
        entries.append(entry(name, "tool_outcome", answer, 0, text, ("out_of_reach", _NO_TEST)))
    entries += [
        entry(
            one.id, "fact", one.file, one.line, one.text, ("out_of_reach", _NO_TEST if one.sure else _UNREAD)
        )
        for one in facts
    ]
    return Ledger(tuple(entries), _more(entries, further))


def testable(prompt: Prompt) -> set[str]:
    """The ids of statements that a call could test."""
    return {one.id for one in prompt.statements if one.sure and one.kind not in _NOT_TESTABLE}


def _rest(statement: Statement) -> tuple[Left, str]:
    """The status of a statement that no test gets to."""
    if not statement.sure:
        return "out_of_reach", _UNREAD
    if statement.kind in _NOT_TESTABLE:
        return "not_testable", _NOT_TESTABLE[statement.kind]
    return "out_of_reach", _NO_TEST


def _outcomes_in(covers: Iterable[Collection[str]]) -> list[str]:
    return sorted({name for ids in covers for name in ids if ":" in name and not name.startswith("fact:")})


def _more(entries: Sequence[Entry], left: Sequence[frozenset[str]]) -> int:
    """How many of the further tests, taken in their order, cover something that is not covered before."""
    missing = {entry.id for entry in entries if entry.status == "not_yet"}
    more = 0
    for ids in left:
        if missing & ids:
            more += 1
            missing -= ids
    return more
