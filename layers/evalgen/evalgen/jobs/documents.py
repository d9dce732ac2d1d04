"""The documents of a job: its request, and the agent it was made from; its plans are in `plans.py`.

A small request lies beside the job's item and is read with it; a large one is a blob.
"""

from __future__ import annotations

from evalgen.errors import Permanent
from evalgen.generation.definition import AgentDefinition
from evalgen.jobs.job import Job
from evalgen.jobs.request import JobRequest
from evalgen.storage import keys
from evalgen.storage.packing import packed, unpacked
from evalgen.storage.ports import Blobs, Item, Stores
from evalgen.storage.typed_json import from_json, to_json

SMALL_BYTES = 3 * 1024
"""Of a packed request: with its job's item it is one read unit."""


def put_request(blobs: Blobs, job: Job, request: JobRequest) -> list[Item]:
    """Store it if it is large; the item to be written with the job's own if it is small."""
    data = to_json(request)
    text = packed(data.decode())
    if len(text.encode()) > SMALL_BYTES:
        blobs.put(keys.job_request(job.project_id, job.id), data)
        return []
    key = keys.job_input(job.project_id, job.id)
    return [{**key._asdict(), "body": text, "expires_at": job.expires_at}]


def get_request(stores: Stores, job: Job) -> JobRequest:
    """Raises Permanent if it is gone."""
    text = job.request
    if text is None:
        item = stores.table.get(keys.job_input(job.project_id, job.id))
        text = str(item["body"]) if item else ""
    if text:
        return from_json(JobRequest, unpacked(text))
    return from_json(JobRequest, stored(stores.blobs, keys.job_request(job.project_id, job.id), "request"))


def get_agent(blobs: Blobs, request: JobRequest) -> AgentDefinition:
    """The agent as it was when the job was created. Raises Permanent if it is gone."""
    return from_json(AgentDefinition, stored(blobs, request.agent_body, "agent definition"))


def stored(blobs: Blobs, name: str, what: str) -> bytes:
    """Raises Permanent if it is gone."""
    data = blobs.get(name)
    if data is None:
        raise Permanent(f"The {what} of this job is no longer stored.")
    return data
