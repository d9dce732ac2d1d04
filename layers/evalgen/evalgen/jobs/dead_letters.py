"""A message that failed too often: what it was to do ends as failed, so that nobody waits for it."""

from __future__ import annotations

from evalgen.catalog.uploads import Uploads
from evalgen.clock import Clock
from evalgen.jobs.commit import Outcome, commit
from evalgen.jobs.job import Job, read_job, slot_items
from evalgen.jobs.messages import ExtractMessage, GenerateMessage, PlanMessage, read_message
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Stores, Table, TransactionCancelled, Update

REASONS = {
    PlanMessage: "Planning failed repeatedly; the worker's log has the errors under the job's id.",
    GenerateMessage: "Writing failed repeatedly; the worker's log has the errors under the job's id.",
}
UNREADABLE = "Reading the file failed repeatedly; the worker's log has the errors under the upload's id."


def bury(stores: Stores, clock: Clock, body: object) -> None:
    """Raises Permanent for what is no message of the work queue."""
    message = read_message(body)
    if isinstance(message, ExtractMessage):
        Uploads(stores, clock).fail(message.project_id, message.upload_id, UNREADABLE)
    else:
        _end_slots(stores, message)


def _end_slots(stores: Stores, message: PlanMessage | GenerateMessage) -> None:
    job = read_job(stores.table, message.project_id, message.job_id)
    if job is None:
        return
    if isinstance(message, PlanMessage):
        _withdraw_planning(stores.table, job)
        slots = range(job.total)
    else:
        slots = job.slots_of(message.chunk)
    ended = {slot for slot, _ in slot_items(stores.table, job, slots)}
    reason = REASONS[type(message)]
    commit(stores.table, job, [Outcome(slot, reason=reason) for slot in slots if slot not in ended])


def _withdraw_planning(table: Table, job: Job) -> None:
    """No plan is adopted from now on, and the sweeper leaves the job alone."""
    marker = Delete(keys.unplanned(job.project_id, job.created_at, job.id), Expect.PRESENT)
    try:
        table.transact([Update(keys.job(job.project_id, job.id), set={"planned": 1}), marker])
    except TransactionCancelled:
        return  # it was planned already
