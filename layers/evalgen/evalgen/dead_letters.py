"""A message that failed too often: what it was to do ends as failed, so that nobody waits for it."""

from __future__ import annotations

from evalgen.catalog.uploads import Uploads
from evalgen.clock import Clock
from evalgen.errors import Permanent
from evalgen.jobs.commit import end_rest
from evalgen.jobs.job import UNPLANNED, close, read_job
from evalgen.jobs.messages import (
    ContextMessage,
    ExtractMessage,
    ForgetMessage,
    GenerateMessage,
    PlanMessage,
    ReadMessage,
    read_message,
)
from evalgen.storage.ports import Stores

PLANNING_FAILED = "Planning failed repeatedly; the worker's log has the errors under the job's id."
WRITING_FAILED = "Writing failed repeatedly; the worker's log has the errors under the job's id."
READING_FAILED = (
    "Reading generation_files failed repeatedly; the worker's log has the errors under the job's id."
)
UNREADABLE = "Reading the file failed repeatedly; the worker's log has the errors under the upload's id."


def bury(stores: Stores, clock: Clock, body: object) -> None:
    """Raises Permanent for what is no message of the work queue."""
    match read_message(body):
        case ReadMessage() | PlanMessage() as message:
            _give_up_planning(stores, message, PLANNING_FAILED)
        case ContextMessage() as message:
            _give_up_planning(stores, message, READING_FAILED)
        case GenerateMessage() as message:
            job = read_job(stores.table, message.project_id, message.job_id)
            if job is not None:
                end_rest(stores.table, job, job.slots_of(message.chunk), WRITING_FAILED)
        case ExtractMessage() as message:
            Uploads(stores, clock).fail(message.project_id, message.upload_id, UNREADABLE)
        case ForgetMessage():
            raise Permanent("What is left of the agent was not forgotten; nobody waits for that.")


def _give_up_planning(stores: Stores, message: ReadMessage | PlanMessage | ContextMessage, why: str) -> None:
    """A job that is planned is none of the message's business: the sweeper looks after its chunks."""
    close(stores.table, message.project_id, message.job_id, why, stage=UNPLANNED)
    job = read_job(stores.table, message.project_id, message.job_id)
    if job is not None and job.closed:
        end_rest(stores.table, job, range(job.total), job.closed)
