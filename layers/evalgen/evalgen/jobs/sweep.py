"""Jobs that stand still get their messages again, whatever has become of the first ones."""

from __future__ import annotations

from contextlib import suppress

from evalgen.catalog.counts import settled
from evalgen.catalog.listing import listed_in
from evalgen.clock import Clock, iso
from evalgen.jobs.job import Job, read_job
from evalgen.jobs.messages import PlanMessage
from evalgen.jobs.watching import Look, look_of, next_look
from evalgen.storage import keys
from evalgen.storage.ports import LAST, Delete, Expect, Put, Stores, Table, TransactionCancelled

LOOKS = 500
"""In one sweep, those due first; looking again is put off each time, so that all have their turn."""


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
    lists = listed_in(job.project_id, job.agent_id)
    with suppress(TransactionCancelled):  # another sweep has done so
        table.transact(
            [
                Delete(look.key, Expect.PRESENT),
                Delete(pointer),
                *settled(table, lists, job.first_scenario_id, job.total),
            ]
        )


def _put_off(table: Table, look: Look, job: Job, now: float) -> None:
    with suppress(TransactionCancelled):  # another sweep has done so
        table.transact([Delete(look.key, Expect.PRESENT), Put(next_look(job, look, now))])
