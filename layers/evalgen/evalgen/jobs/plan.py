"""A plan message: plan all slots, make the plans the job's own, and send its chunks."""

from __future__ import annotations

import json

from evalgen.catalog.entities import to_json
from evalgen.errors import Permanent
from evalgen.generation.ledger import summary_of
from evalgen.generation.plan.planned import Planned, unplanned
from evalgen.jobs.documents import get_agent, get_request, put_ledger, put_plans
from evalgen.jobs.generator import Generator
from evalgen.jobs.job import Job, read_job
from evalgen.jobs.messages import GenerateMessage, PlanMessage
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Put, Stores, Table, TransactionCancelled, Update, Value

REMEMBERED_JOBS = 50
"""So many of the agent's latest jobs, the one being planned among them, are not repeated."""
MOST_WARNINGS, LONGEST_WARNING = 50, 500


def plan(stores: Stores, generator: Generator, message: PlanMessage) -> None:
    """Plan the job once, however often this is called; every call sends all of the job's chunks."""
    job = read_job(stores.table, message.project_id, message.job_id)
    if job is None:
        return
    if not job.planned:
        adopt(stores, job, _planned(stores, generator, job))
    chunks = [GenerateMessage(job.project_id, job.id, number) for number in job.chunks]
    stores.queue.send([chunk.body for chunk in chunks])


def adopt(stores: Stores, job: Job, planned: Planned) -> None:
    """Make these the job's plans, unless it has some already.

    Slots without a plan are not ended here but by the worker that gets their chunk, as all others are.
    """
    digest = put_plans(stores.blobs, job, planned.slots, planned.setting)
    put_ledger(stores.blobs, job, digest, planned.ledger)
    remembered: dict[str, Value] = {
        "signatures": to_json([test.key for test in planned.tests]),
        "expires_at": job.expires_at,
    }
    report = {
        **keys.job_report(job.project_id, job.id)._asdict(),
        "body": to_json(summary_of(planned.ledger)),
        "warnings": to_json([text[:LONGEST_WARNING] for text in planned.warnings[:MOST_WARNINGS]]),
        "expires_at": job.expires_at,
    }
    agent_job = keys.agent_job(job.project_id, job.agent_id, job.created_at, job.id)
    try:
        stores.table.transact(
            [
                Update(keys.job(job.project_id, job.id), set={"planned": 1, "plan": digest}),
                # The marker is there until the first plan is adopted, and so decides which one is.
                Delete(keys.unplanned(job.project_id, job.created_at, job.id), Expect.PRESENT),
                Put(report),
                Update(agent_job, set=remembered, expect=Expect.ANYTHING),
            ]
        )
    except TransactionCancelled:
        return


def _planned(stores: Stores, generator: Generator, job: Job) -> Planned:
    try:
        request = get_request(stores.blobs, job)
        agent = get_agent(stores.blobs, request)
        return generator.plan_job(agent, request.brief, _taken(stores.table, job))
    except Permanent as error:
        return unplanned(job.total, str(error))


def _taken(table: Table, job: Job) -> frozenset[str]:
    """The signatures that the agent's jobs before this one have planned."""
    own = keys.agent_job(job.project_id, job.agent_id, job.created_at, job.id)
    earlier = table.query(own.pk, first=keys.AGENT_JOB, last=own.sk, limit=REMEMBERED_JOBS, descending=True)
    return frozenset(
        signature for item in earlier.items for signature in json.loads(str(item.get("signatures", "[]")))
    )
