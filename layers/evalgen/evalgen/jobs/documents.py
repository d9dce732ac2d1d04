"""The blobs of a job: its request, and the agent it was made from; its plans are in `plans.py`."""

from __future__ import annotations

from evalgen.errors import Permanent
from evalgen.generation.definition import AgentDefinition
from evalgen.jobs.job import Job
from evalgen.jobs.request import JobRequest
from evalgen.storage import keys
from evalgen.storage.ports import Blobs
from evalgen.storage.typed_json import from_json, to_json


def put_request(blobs: Blobs, project_id: int, job_id: str, request: JobRequest) -> None:
    blobs.put(keys.job_request(project_id, job_id), to_json(request))


def get_request(blobs: Blobs, job: Job) -> JobRequest:
    """Raises Permanent if it is gone."""
    return from_json(JobRequest, stored(blobs, keys.job_request(job.project_id, job.id), "request"))


def get_agent(blobs: Blobs, request: JobRequest) -> AgentDefinition:
    """The agent as it was when the job was created. Raises Permanent if it is gone."""
    return from_json(AgentDefinition, stored(blobs, request.agent_body, "agent definition"))


def stored(blobs: Blobs, name: str, what: str) -> bytes:
    """Raises Permanent if it is gone."""
    data = blobs.get(name)
    if data is None:
        raise Permanent(f"The {what} of this job is no longer stored.")
    return data
