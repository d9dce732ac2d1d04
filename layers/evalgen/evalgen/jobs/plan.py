"""A plan message: plan all slots, make the plans the job's own, and send its chunks."""

from __future__ import annotations

from collections.abc import Callable, Collection

from evalgen.clock import Clock
from evalgen.errors import Permanent, Throttled
from evalgen.generation.ledger import summary_of
from evalgen.generation.plan.planned import Planned, unplanned
from evalgen.jobs.commit import end_rest
from evalgen.jobs.context import Unread, brief_of
from evalgen.jobs.documents import get_agent, get_request
from evalgen.jobs.earlier_plans import added_after, earlier_plans, repeats
from evalgen.jobs.generator import Generator
from evalgen.jobs.job import PLANNED, UNPLANNED, Job, read_job_and_request
from evalgen.jobs.messages import GenerateMessage, PlanMessage, ReadMessage
from evalgen.jobs.plans import put_plans
from evalgen.jobs.waiting import wait
from evalgen.storage import keys
from evalgen.storage.entities import to_json
from evalgen.storage.ports import Put, Stores, TransactionCancelled, Update, Value, Write

PLANNINGS = 4
"""So often a job is planned anew at once, because another of its agent came first with the same plans."""

LATER_SECONDS = 5
"""Then it makes room for the others, and is planned after so long."""

MOST_WARNINGS, LONGEST_WARNING = 50, 500


def plan(stores: Stores, clock: Clock, generator: Generator, message: PlanMessage) -> None:
    """Plan the job once, however often this is called; every call sends all of the job's chunks.

    Sends for the reading of its request's files, and then of the agent, instead where that is not done. A
    throttled model has the message sent again with a delay.
    """
    job = read_job_and_request(stores.table, message.project_id, message.job_id)
    if job is None or job.ended:
        return
    if job.closed:
        end_rest(stores.table, job, range(job.total), job.closed)
        return
    if not job.planned:
        try:
            request = get_request(stores, job)
            agent = get_agent(stores.blobs, request)
            brief = brief_of(stores.blobs, job, request)
            generating = generator.for_job(job)
            if not (message.read or generating.is_read(agent)):
                stores.queue.send([ReadMessage(job.project_id, job.id, job.total).body])
                return
            if not _has_plans(stores, job, lambda taken: generating.plan_job(agent, brief, taken)):
                stores.queue.send([message.body], delay_s=LATER_SECONDS)
                return
        except Unread as unread:
            stores.queue.send([unread.message.body])
            return
        except Throttled as throttled:
            if wait(stores.queue, clock, message, throttled):
                return
            adopt(stores, job, unplanned(job.total, str(throttled)), 0)
        except Permanent as error:
            adopt(stores, job, unplanned(job.total, str(error)), 0)
    chunks = [GenerateMessage(job.project_id, job.id, number, size=job.total) for number in job.chunks]
    stores.queue.send([chunk.body for chunk in chunks])


def _has_plans(stores: Stores, job: Job, planned: Callable[[Collection[str]], Planned]) -> bool:
    """Plan until no other job of the agent has come first with any of the same plans."""
    for _ in range(PLANNINGS):
        earlier = earlier_plans(stores.table, job)
        if adopt(stores, job, planned(earlier.signatures), earlier.last):
            return True
    return False


def adopt(stores: Stores, job: Job, planned: Planned, last: int) -> bool:
    """Make these the job's plans, unless it has some already; made with the first `last` plans known.

    False if they repeat what has been adopted since. Slots without a plan are not ended here but by the
    worker that gets their chunk, as all others are.
    """
    digest = put_plans(stores.blobs, job, planned)
    report = {
        **keys.job_report(job.project_id, job.id)._asdict(),
        "body": to_json(summary_of(planned.ledger)),
        "warnings": to_json([text[:LONGEST_WARNING] for text in planned.warnings[:MOST_WARNINGS]]),
        "expires_at": job.expires_at,
    }
    stage: dict[str, Value] = {"stage": PLANNED, "plan": digest}
    writes: list[Write] = [
        Update(keys.job(job.project_id, job.id), set=stage, where={"stage": UNPLANNED}),
        Put(report),
    ]
    signatures = [test.key for test in planned.tests]
    while True:
        try:
            stores.table.transact([*writes, added_after(last, job, signatures)] if signatures else writes)
        except TransactionCancelled as cancelled:
            if 0 in cancelled.failed:
                return True
            since = earlier_plans(stores.table, job, after=last)
            if repeats(signatures, since):
                return False
            last = since.last
        else:
            return True
