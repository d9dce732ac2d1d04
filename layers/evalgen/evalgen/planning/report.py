"""A job's coverage ledger is made: from the model, what each slot tests and the candidates left over."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence

from evalgen.generation.ledger import About, Entry, Ledger, Left, limit_id
from evalgen.planning.homes import is_tellable
from evalgen.planning.plays import play_of
from evalgen.reading.facts import Fact
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement

MOST_TEXT = 200
RULES_IN_PASSING = 5
"""So many rules does one scenario put to the test by its course alone."""

_LEFT: dict[str, Left] = {"nothing": "out_of_reach", "nobody": "not_testable"}
_NO_VALUE = "no value that a caller names could be made of it"
_NO_CHAIN = "no chain of calls gets there"


def ledger_of(
    model: AgentModel,
    covers: Sequence[Collection[str]],
    reach: Iterable[Collection[str]],
    facts: Iterable[Fact] = (),
) -> Ledger:
    """`covers[i]` are the ids that slot i tests, `reach` those that each candidate left over would test.

    `facts` are those of the documents that the job draws on.
    """
    slots: dict[str, list[int]] = {}
    for slot, ids in enumerate(covers):
        for name in ids:
            slots.setdefault(name, []).append(slot)
    left = [frozenset(ids) for ids in reach]
    known = frozenset[str]().union(*left)

    def entry(name: str, about: About, kind: str, line: int, text: str, rest: tuple[Left, str]) -> Entry:
        status: tuple[Left, str] = ("not_yet", "") if name in slots else rest
        return Entry(name, about, kind, line, text[:MOST_TEXT], tuple(slots.get(name, ())), *status)

    entries = []
    for statement in model.statements:
        kind, line = statement.kind, statement.lines[0]
        rest = _left_of(statement, model, known)
        entries.append(entry(statement.id, "statement", kind, line, statement.text, rest))
        if statement.limits:
            name, text = limit_id(statement.id), ", ".join(limit.text for limit in statement.limits)
            entries.append(entry(name, "limit", kind, line, text, _reached(name, known, _NO_VALUE)))
    for tool in model.tools:
        for outcome in tool.outcomes:
            name, text = f"{tool.name}:{outcome}", f"{tool.name} answers: {outcome.replace('_', ' ')}"
            entries.append(entry(name, "tool_outcome", outcome, 0, text, _reached(name, known, _NO_CHAIN)))
    entries += [entry(f.id, "fact", f.file, f.line, f.text, ("not_yet", "")) for f in facts]
    open_ids = {entry.id for entry in entries if entry.status == "not_yet"}
    return Ledger(tuple(entries), _more(open_ids, left))


def _left_of(statement: Statement, model: AgentModel, known: Collection[str]) -> tuple[Left, str]:
    if statement.id in known and is_tellable(statement, model):
        return "not_yet", ""
    play = play_of(statement, model)
    return _LEFT.get(play.by, "not_yet"), play.why


def _reached(name: str, known: Collection[str], missing: str) -> tuple[Left, str]:
    return ("not_yet", "") if name in known else ("out_of_reach", missing)


def _more(open_ids: Collection[str], left: Sequence[Collection[str]]) -> int:
    """The picks of a greedy cover by the candidates left over. The rules that no candidate is made for are
    tested in passing: RULES_IN_PASSING by each pick, and by further scenarios where the picks are too few."""
    missing = set(open_ids)
    heap = [(-len(missing & set(ids)), number) for number, ids in enumerate(left)]
    heapq.heapify(heap)
    picks = 0
    while heap and heap[0][0]:
        _, number = heapq.heappop(heap)
        gain = len(missing.intersection(left[number]))
        if heap and gain < -heap[0][0]:
            heapq.heappush(heap, (-gain, number))
            continue
        missing.difference_update(left[number])
        picks += bool(gain)
    return max(picks, -(-len(missing) // RULES_IN_PASSING)) if missing else picks
