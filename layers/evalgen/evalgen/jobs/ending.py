"""A job's end is told once: whoever ends its last slot claims the telling, tells, and notes that it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from evalgen.clock import Clock
from evalgen.jobs.job import Job, read_job
from evalgen.storage import keys
from evalgen.storage.entities import body_of
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.ports import ConditionFailed, Expect, Put, Table

JOB_ENDED = "Job ended"


class Events(Protocol):
    """Raises Retryable where the event was not taken and may be later, Permanent where it never will be."""

    def publish(self, kind: str, detail: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class End:
    """`writers`: completed scenarios by who wrote them. `seconds`: from the request to the end."""

    project_id: int
    job_id: str
    agent_id: int
    status: str
    total: int
    completed: int
    failed: int
    writers: dict[str, int]
    seconds: float


def tell_end(
    table: Table, events: Events, clock: Clock, project_id: int, job_id: str, claimant: str
) -> End | None:
    """Publish the job's end if it has ended and nobody has told; answers what was told.

    `claimant` names the work that may have ended it: the same name comes again with a redelivery, and may
    then finish a telling that it has begun, which no other does. Only a crash between publishing and noting
    lets an event come twice. Raises what `publish` raises.
    """
    job = read_job(table, project_id, job_id)
    if job is None or not job.ended or not _claimed(table, job, claimant):
        return None
    end = _end(table, job, clock())
    events.publish(JOB_ENDED, asdict(end))
    _note(table, job, claimant, told=1)
    return end


def _claimed(table: Table, job: Job, claimant: str) -> bool:
    """Whether the telling is this claimant's, and not done yet."""
    known = table.get(keys.job_end(job.project_id, job.id))
    if known is None:
        try:
            _note(table, job, claimant, told=0, expect=Expect.ABSENT)
        except ConditionFailed:
            return False
        return True
    return known["claimant"] == claimant and not known["told"]


def _note(table: Table, job: Job, claimant: str, told: int, expect: Expect = Expect.ANYTHING) -> None:
    key = keys.job_end(job.project_id, job.id)._asdict()
    table.write(Put({**key, "claimant": claimant, "told": told, "expires_at": job.expires_at}, expect))


def _end(table: Table, job: Job, now: float) -> End:
    first, last = (
        keys.entity(job.project_id, SCENARIO, job.first_scenario_id + place) for place in (0, job.total - 1)
    )
    stored = table.query(first.pk, first=first.sk, last=last.sk, limit=job.total).items
    writers = Counter(str(body_of(item).get("writer", "")) for item in stored)
    return End(
        project_id=job.project_id,
        job_id=job.id,
        agent_id=job.agent_id,
        status=job.status,
        total=job.total,
        completed=job.completed,
        failed=job.failed,
        writers=dict(writers),
        seconds=round(now - datetime.fromisoformat(job.created_at).timestamp(), 3),
    )
