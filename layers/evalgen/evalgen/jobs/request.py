"""What a job is asked to do, with everything that does not change while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalgen.generation.brief import Brief


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that is context for this job: that of an upload, or (0) one of which the job has the bytes."""

    file_name: str
    upload_id: int = 0


@dataclass(frozen=True, slots=True)
class JobRequest:
    """`agent_body` names the blob of the agent's definition as it was when the job was created.

    The fields after it stand in every scenario of the job. `metrics` are (id, name);
    `inbound_phone_number` is the contract's object with id, number and phone_number_id.
    """

    brief: Brief
    agent_id: int
    agent_body: str
    agent_name: str
    assistant_id: str = ""
    metrics: tuple[tuple[int, str], ...] = ()
    tags: tuple[str, ...] = ()
    folder_path: str | None = None
    inbound_phone_number: dict[str, Any] | None = None
    files: tuple[JobFile, ...] = ()
