"""The only place where slots end: each counts once, whoever tries and however often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalgen.jobs.job import PLANNED, Job, read_job, slot_items
from evalgen.storage import keys
from evalgen.storage.entities import to_json
from evalgen.storage.id_sets import marking, words
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import of_agent
from evalgen.storage.ports import (
    TRANSACTION_LIMIT,
    Expect,
    Item,
    Put,
    Table,
    TransactionCancelled,
    Update,
    Write,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a slot ends: with the items of its scenario and the labels that it is found by, or with the reason
    why it has none."""

    slot: int
    items: tuple[Item, ...] = ()
    labels: tuple[str, ...] = ()
    reason: str = ""


OLD = "An earlier version of evalgen made this job; generate again."


def end_rest(table: Table, job: Job, slots: range, reason: str) -> None:
    """End those of the slots that have not ended yet as failed."""
    ended = {slot for slot, _ in slot_items(table, job, slots)}
    commit(table, job, [Outcome(slot, reason=reason) for slot in slots if slot not in ended])


def commit(table: Table, job: Job, outcomes: Sequence[Outcome]) -> None:
    """End the slots that have not ended yet and count them; the others are left as they are.

    Slots of a closed job end as failed. Nothing happens where the job is gone. Raises Contention; the
    outcomes may then be committed again.
    """
    for batch in _batches(outcomes):
        _commit_batch(table, job, batch)


def _commit_batch(table: Table, job: Job, outcomes: list[Outcome]) -> None:
    while outcomes:
        failed = sum(1 for outcome in outcomes if outcome.reason)
        counters = {"completed": len(outcomes) - failed, "failed": failed}
        (ended,) = words(outcome.slot for outcome in outcomes).values()
        where = {"stage": PLANNED} if failed < len(outcomes) else {}
        key = keys.job(job.project_id, job.id)
        writes: list[Write] = [Update(key, add={**counters, **ended}, where=where)]
        guards: dict[int, Outcome] = {}
        for outcome in outcomes:
            guards[len(writes)] = outcome
            writes.append(_guard(job, outcome))
            writes += [Put(item) for item in outcome.items]
        for pk, ids in marks_of(job, {one.slot: one.labels for one in outcomes if not one.reason}).items():
            writes += marking([pk], ids, 1, job.first_scenario_id)
        try:
            table.transact(writes)
        except TransactionCancelled as cancelled:
            outcomes = [outcome for at, outcome in guards.items() if at not in cancelled.failed]
            if 0 in cancelled.failed:
                now = read_job(table, job.project_id, job.id)
                if now is None:
                    return
                outcomes = [Outcome(one.slot, reason=one.reason or now.closed or OLD) for one in outcomes]
        else:
            return


def _guard(job: Job, outcome: Outcome) -> Put:
    key = keys.slot(job.project_id, job.id, outcome.slot)
    scenario_id = 0 if outcome.reason else job.first_scenario_id + outcome.slot
    item: Item = {
        **key._asdict(),
        "scenario_id": scenario_id,
        "reason": outcome.reason,
        "labels": to_json(outcome.labels),
        "expires_at": job.expires_at,
    }
    return Put(item, Expect.ABSENT)


def marks_of(job: Job, labels: Mapping[int, Iterable[str]]) -> dict[str, list[int]]:
    """The ids of slots with these labels, by the partition of their set; profiles are in their agent's."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for slot, names in labels.items():
        for label in names:
            pk = keys.labelled(job.project_id, SCENARIO, label)
            found[pk].append(job.first_scenario_id + slot)
        if job.first_profile_id:
            pk = keys.labelled(job.project_id, PROFILE, of_agent(job.agent_id))
            found[pk].append(job.first_profile_id + slot)
    return found


def _batches(outcomes: Sequence[Outcome]) -> Iterator[list[Outcome]]:
    """As many in a transaction as fit beside the job's counters, and sets that may lie in two blocks each."""
    batch: list[Outcome] = []
    labels: set[str] = set()
    writes = 1
    for outcome in outcomes:
        more = 1 + len(outcome.items)
        sets = len(labels | set(outcome.labels)) + 1
        if batch and writes + more + 2 * sets > TRANSACTION_LIMIT:
            yield batch
            batch, labels, writes = [], set(), 1
        batch.append(outcome)
        labels |= set(outcome.labels)
        writes += more
    if batch:
        yield batch
