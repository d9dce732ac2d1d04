"""The plans of a job with what they cover, in one blob: a part for each chunk."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass

from evalgen.generation.ledger import Ledger
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Shortfall, Test
from evalgen.jobs.documents import stored
from evalgen.jobs.job import CHUNK_SLOTS, Job
from evalgen.storage import keys
from evalgen.storage.ports import Blobs
from evalgen.storage.typed_json import from_json, to_json

COVERAGE = "coverage.json"


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


def put_plans(blobs: Blobs, job: Job, planned: Planned) -> str:
    """Store all chunks and what they cover, under the digest that is answered; the job works by them once it
    has that digest."""
    chunks = [to_json(_chunk(planned, number)) for number in job.chunks]
    digest = hashlib.sha256(b"\n".join(chunks)).hexdigest()[:16]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in zip(job.chunks, chunks, strict=True):
            archive.writestr(zipfile.ZipInfo(_chunk_name(number)), data, zipfile.ZIP_DEFLATED)
        ledger = to_json(planned.ledger)
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
    return from_json(Chunk, _planned(blobs, job, _chunk_name(number), "plan"))


def get_ledger(blobs: Blobs, job: Job) -> Ledger:
    """Of the plans that the job works by. Raises Permanent if it is gone."""
    return from_json(Ledger, _planned(blobs, job, COVERAGE, "coverage"))


def _planned(blobs: Blobs, job: Job, part: str, what: str) -> bytes:
    data = stored(blobs, keys.job_plans(job.project_id, job.id, job.plan), what)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)
