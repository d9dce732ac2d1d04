"""The blobs of a job: its request, the agent it was made from, each chunk's plans, and what they cover."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import TypeAdapter

from evalgen.errors import Permanent
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.ledger import Ledger
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Shortfall, Test
from evalgen.jobs.job import CHUNK_SLOTS, Job
from evalgen.jobs.request import JobRequest
from evalgen.storage import keys
from evalgen.storage.ports import Blobs


@dataclass(frozen=True, slots=True)
class Chunk:
    """What up to CHUNK_SLOTS slots are planned to be, in order, and what all of the job's have in common.

    `spares`, where there are any, take the place of tests that a model fails to write.
    """

    slots: tuple[Test | Shortfall, ...]
    setting: Setting
    spares: tuple[Test | None, ...] = ()

    def spare_of(self, at: int) -> Test | None:
        return self.spares[at] if at < len(self.spares) else None


REQUEST = TypeAdapter(JobRequest)
AGENT = TypeAdapter(AgentDefinition)
CHUNK = TypeAdapter(Chunk)
LEDGER = TypeAdapter(Ledger)


def put_request(blobs: Blobs, project_id: int, job_id: str, request: JobRequest) -> None:
    blobs.put(keys.job_request(project_id, job_id), REQUEST.dump_json(request))


def get_request(blobs: Blobs, job: Job) -> JobRequest:
    """Raises Permanent if it is gone."""
    return REQUEST.validate_json(_stored(blobs, keys.job_request(job.project_id, job.id), "request"))


def get_agent(blobs: Blobs, request: JobRequest) -> AgentDefinition:
    """The agent as it was when the job was created. Raises Permanent if it is gone."""
    return AGENT.validate_json(_stored(blobs, request.agent_body, "agent definition"))


def put_plans(blobs: Blobs, job: Job, planned: Planned) -> str:
    """Store all chunks under the digest that is answered; the job works by them once it has that digest."""
    chunks = [CHUNK.dump_json(_chunk(planned, number)) for number in job.chunks]
    digest = hashlib.sha256(b"\n".join(chunks)).hexdigest()[:16]
    for number, data in zip(job.chunks, chunks, strict=True):
        blobs.put(keys.job_chunk(job.project_id, job.id, digest, number), data)
    return digest


def _chunk(planned: Planned, number: int) -> Chunk:
    part = slice(number * CHUNK_SLOTS, (number + 1) * CHUNK_SLOTS)
    return Chunk(planned.slots[part], planned.setting, planned.spares[part])


def get_chunk(blobs: Blobs, job: Job, number: int) -> Chunk:
    """Raises Permanent if it is gone."""
    return CHUNK.validate_json(
        _stored(blobs, keys.job_chunk(job.project_id, job.id, job.plan, number), "plan")
    )


def put_ledger(blobs: Blobs, job: Job, digest: str, ledger: Ledger) -> None:
    """Store what the plans with that digest cover."""
    blobs.put(keys.job_ledger(job.project_id, job.id, digest), LEDGER.dump_json(ledger))


def get_ledger(blobs: Blobs, job: Job) -> Ledger:
    """Of the plans that the job works by. Raises Permanent if it is gone."""
    return LEDGER.validate_json(_stored(blobs, keys.job_ledger(job.project_id, job.id, job.plan), "coverage"))


def _stored(blobs: Blobs, name: str, what: str) -> bytes:
    data = blobs.get(name)
    if data is None:
        raise Permanent(f"The {what} of this job is no longer stored.")
    return data
