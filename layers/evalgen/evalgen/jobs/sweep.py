"""Jobs that stand still get their messages again, whatever has become of the first ones."""

from __future__ import annotations

import json
from contextlib import suppress

from evalgen.clock import Clock, iso
from evalgen.jobs.commit import marks_of
from evalgen.jobs.job import Job, read_job, slot_items
from evalgen.jobs.messages import PlanMessage
from evalgen.jobs.watching import Look, look_of, next_look
from evalgen.storage import keys
from evalgen.storage.id_sets import settling
from evalgen.storage.ports import LAST, Delete, Expect, Put, Stores, Table, TransactionCancelled

LOOKS = 500
"""In one sweep, those due first; looking again is put off each time, so that all have their turn."""

SETS_AT_ONCE = 25
"""In one transaction: each takes up to four writes."""


def sweep(stores: Stores, clock: Clock) -> int:
    """Send the plan message of every job that is due and has not moved; answers how many.

    A planned job's plan message has its chunks sent again. Costs one query where nothing is due.
    """
    now = clock()
    still: list[tuple[Look, Job]] = []
    for look in map(look_of, stores.table.query(keys.WATCHED, last=iso(now) + LAST, limit=LOOKS).items):
        job = read_job(stores.table, look.project_id, look.job_id)
        if job is None:
            stores.table.write(Delete(look.key))
        elif job.ended:
            _forget(stores.table, look, job)
        elif job.done > look.done:
            _put_off(stores.table, look, job, now)
        else:
            still.append((look, job))
    stores.queue.send([PlanMessage(job.project_id, job.id, job.total).body for _, job in still])
    for look, job in still:
        _put_off(stores.table, look, job, now)
    return len(still)


def _forget(table: Table, look: Look, job: Job) -> None:
    pointer = keys.agent_job(job.project_id, job.agent_id, job.created_at, job.id)
    made = {
        slot: json.loads(str(item.get("labels", "[]")))
        for slot, item in slot_items(table, job, range(job.total))
        if not item["reason"]
    }
    moves = [settling(pk, ids, job.first_scenario_id) for pk, ids in marks_of(job, made).items()]
    for at in range(0, len(moves), SETS_AT_ONCE):
        with suppress(TransactionCancelled):  # this or another sweep has moved them before
            table.transact([write for move in moves[at : at + SETS_AT_ONCE] for write in move])
    with suppress(TransactionCancelled):  # another sweep has done so
        table.transact([Delete(look.key, Expect.PRESENT), Delete(pointer)])


def _put_off(table: Table, look: Look, job: Job, now: float) -> None:
    with suppress(TransactionCancelled):  # another sweep has done so
        table.transact([Delete(look.key, Expect.PRESENT), Put(next_look(job, look, now))])
