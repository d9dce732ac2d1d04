"""A job's coverage ledger is made: from the agent model, what each slot tests and what candidates are left over."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence

from evalgen.planning.ledger import Entry, Ledger, limit_id
from evalgen.planning.plays import play_of
from evalgen.reading.model import AgentModel

MOST_TEXT = 200
RULES_IN_PASSING = 5
"""So many rules does one scenario put to the test by its course alone."""


def ledger_of(
    model: AgentModel, covers: Sequence[Collection[str]], reach: Iterable[Collection[str]]
) -> Ledger:
    """`covers[i]` are the ids that slot i tests, `reach` those that each candidate left over would test."""
    slots: dict[str, list[int]] = {}
    for slot, ids in enumerate(covers):
        for name in ids:
            slots.setdefault(name, []).append(slot)
    left = [frozenset(ids) for ids in reach]
    known = frozenset().union(*left)
    entries = tuple(_entries(model, slots, known))
    open_ids = {entry.id for entry in entries if not entry.slots and not entry.why}
    return Ledger(entries, _more(open_ids, left))


def _entries(model: AgentModel, slots: dict[str, list[int]], known: Collection[str]) -> Iterator[Entry]:
    for statement in model.statements:
        line, name = statement.lines[0], statement.id
        why = "" if name in slots or name in known else play_of(statement, model).why
        yield Entry(
            name, "statement", statement.kind, line, statement.text[:MOST_TEXT], tuple(slots.get(name, ())), why
        )
        if statement.limits:
            name = limit_id(statement.id)
            quantities = ", ".join(limit.text for limit in statement.limits)[:MOST_TEXT]
            why = "" if name in slots or name in known else "no value of a caller's could be made of it"
            yield Entry(name, "limit", statement.kind, line, quantities, tuple(slots.get(name, ())), why)
    for tool in model.tools:
        for outcome in tool.outcomes:
            name = f"{tool.name}:{outcome}"
            text = f"{tool.name} answers: {outcome.replace('_', ' ')}"
            why = "" if name in slots or name in known else "no chain of calls gets there"
            yield Entry(name, "tool_outcome", outcome, 0, text, tuple(slots.get(name, ())), why)


def _more(open_ids: Collection[str], left: Sequence[Collection[str]]) -> int:
    """The picks of a greedy cover by the candidates left over; the rules that no candidate is made for are tested
    in passing, RULES_IN_PASSING by each pick, or else by a scenario of their own."""
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
