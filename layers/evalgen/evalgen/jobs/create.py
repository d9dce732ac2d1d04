"""A job is created: its ids reserved, its request stored, its counters at zero, its plan message sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from evalgen.clock import Clock, iso
from evalgen.errors import Conflict, InvalidRequest
from evalgen.jobs.agent_alive import while_alive
from evalgen.jobs.documents import put_request
from evalgen.jobs.job import Job, read_job
from evalgen.jobs.messages import PlanMessage
from evalgen.jobs.request import JobRequest
from evalgen.jobs.watching import first_look
from evalgen.storage import keys
from evalgen.storage.entities import reserve_ids
from evalgen.storage.ports import Expect, Item, Put, Stores, TransactionCancelled

DAY_SECONDS = 24 * 60 * 60
OTHER_BODY = "This Idempotency-Key came with another body before: send that body, or another key."
IDEMPOTENCY_SECONDS = DAY_SECONDS
"""A used Idempotency-Key is known for at least as long; jobs are kept no shorter."""


def create_job(
    stores: Stores,
    clock: Clock,
    project_id: int,
    request: JobRequest,
    idempotency_key: str | None,
    body_sha256: str,
    admit: Callable[[], None] = lambda: None,
    contents: Sequence[bytes] = (),
) -> str:
    """Create the job unless `idempotency_key` has created it before; answers its id, a UUID.

    `admit` is asked before a new one is made, and may raise. `contents` are the bytes of the first files.

    Raises Conflict if that key came with another body, InvalidRequest if the agent has been deleted,
    Retryable if the job stands but its plan message could not be sent: the same call sends it again, and so
    does the sweeper.
    """
    known = _known(stores, project_id, idempotency_key, body_sha256)
    if known is None:
        admit()
        try:
            job_id = _create(stores, clock, project_id, request, idempotency_key, body_sha256, contents)
        except TransactionCancelled:
            # A creation with the same key came first, or the agent went; a new UUID leaves no other reason.
            known = _known(stores, project_id, idempotency_key, body_sha256)
            if known is None:
                raise InvalidRequest({"agent_id": [f"There is no agent {request.agent_id}."]}) from None
        else:
            stores.queue.send([PlanMessage(project_id, job_id, request.brief.num_scenarios).body])
            return job_id
    job = read_job(stores.table, project_id, known)
    if job is not None and not job.planned:
        stores.queue.send([PlanMessage(project_id, known, job.total).body])
    return known


def _known(stores: Stores, project_id: int, idempotency_key: str | None, body_sha256: str) -> str | None:
    if idempotency_key is None:
        return None
    used = stores.table.get(keys.idempotency(project_id, idempotency_key))
    if used is None:
        return None
    if used["body_sha256"] != body_sha256:
        raise Conflict(OTHER_BODY)
    return str(used["job_id"])


def _create(
    stores: Stores,
    clock: Clock,
    project_id: int,
    request: JobRequest,
    idempotency_key: str | None,
    body_sha256: str,
    contents: Sequence[bytes],
) -> str:
    now = clock()
    total = request.brief.num_scenarios
    profiles = 0 if request.brief.test_profile else total
    first_id = reserve_ids(stores.table, project_id, total + profiles)[0]
    job = Job(
        project_id=project_id,
        id=str(uuid.uuid4()),
        agent_id=request.agent_id,
        total=total,
        completed=0,
        failed=0,
        planned=False,
        closed="",
        plan="",
        first_scenario_id=first_id,
        first_profile_id=first_id + total if profiles else 0,
        created_at=iso(now),
        expires_at=int(now) + stores.job_retention_days * DAY_SECONDS,
    )
    for number, data in enumerate(contents):
        stores.blobs.put(keys.job_file(project_id, job.id, number), data)
    items = [job.item, first_look(job, now), _pointer(job), *put_request(stores.blobs, job, request)]
    if idempotency_key is not None:
        items.append(
            {
                **keys.idempotency(project_id, idempotency_key)._asdict(),
                "job_id": job.id,
                "body_sha256": body_sha256,
                "expires_at": int(now) + IDEMPOTENCY_SECONDS,
            }
        )
    stores.table.transact(
        [while_alive(project_id, job.agent_id), *(Put(item, Expect.ABSENT) for item in items)]
    )
    return job.id


def _pointer(job: Job) -> Item:
    key = keys.agent_job(job.project_id, job.agent_id, job.created_at, job.id)
    return {**key._asdict(), "job_id": job.id, "expires_at": job.expires_at}
