"""The blobs of a job: its request, the agent it was made from, and its plans with what they cover, in one."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import cache

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
COVERAGE = "coverage.json"


@cache
def _chunks() -> TypeAdapter[Chunk]:
    """Made by who needs it, as the next one: whoever only starts a job does not."""
    return TypeAdapter(Chunk)


@cache
def _ledgers() -> TypeAdapter[Ledger]:
    return TypeAdapter(Ledger)


def put_request(blobs: Blobs, project_id: int, job_id: str, request: JobRequest) -> None:
    blobs.put(keys.job_request(project_id, job_id), REQUEST.dump_json(request))


def get_request(blobs: Blobs, job: Job) -> JobRequest:
    """Raises Permanent if it is gone."""
    return REQUEST.validate_json(_stored(blobs, keys.job_request(job.project_id, job.id), "request"))


def get_agent(blobs: Blobs, request: JobRequest) -> AgentDefinition:
    """The agent as it was when the job was created. Raises Permanent if it is gone."""
    return AGENT.validate_json(_stored(blobs, request.agent_body, "agent definition"))


def put_plans(blobs: Blobs, job: Job, planned: Planned) -> str:
    """Store all chunks and what they cover, under the digest that is answered; the job works by them once it
    has that digest."""
    chunks = [_chunks().dump_json(_chunk(planned, number)) for number in job.chunks]
    digest = hashlib.sha256(b"\n".join(chunks)).hexdigest()[:16]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in zip(job.chunks, chunks, strict=True):
            archive.writestr(zipfile.ZipInfo(_chunk_name(number)), data, zipfile.ZIP_DEFLATED)
        ledger = _ledgers().dump_json(planned.ledger)
        archive.writestr(zipfile.ZipInfo(COVERAGE), ledger, zipfile.ZIP_DEFLATED)
    blobs.put(keys.job_plans(job.project_id, job.id, digest), packed.getvalue())
    return digest


def _chunk(planned: Planned, number: int) -> Chunk:
    part = slice(number * CHUNK_SLOTS, (number + 1) * CHUNK_SLOTS)
    return Chunk(planned.slots[part], planned.setting, planned.spares[part])


def _chunk_name(number: int) -> str:
    return f"chunk-{number:03d}.json"


def get_chunk(blobs: Blobs, job: Job, number: int) -> Chunk:
    """Raises Permanent if it is gone."""
    return _chunks().validate_json(_planned(blobs, job, _chunk_name(number), "plan"))


def get_ledger(blobs: Blobs, job: Job) -> Ledger:
    """Of the plans that the job works by. Raises Permanent if it is gone."""
    return _ledgers().validate_json(_planned(blobs, job, COVERAGE, "coverage"))


def _planned(blobs: Blobs, job: Job, part: str, what: str) -> bytes:
    data = _stored(blobs, keys.job_plans(job.project_id, job.id, job.plan), what)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def _stored(blobs: Blobs, name: str, what: str) -> bytes:
    data = blobs.get(name)
    if data is None:
        raise Permanent(f"The {what} of this job is no longer stored.")
    return data
