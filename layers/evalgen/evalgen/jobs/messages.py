"""The messages of the work queue. Sending one again does no harm."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from evalgen.errors import Permanent


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """Have a model read the job's agent, from the part with that number on, and send for the job's plan.

    `size`, `attempt` and `deadline` as of a chunk.
    """

    project_id: int
    job_id: str
    size: int = 0
    attempt: int = 0
    deadline: int = 0
    part: int = 0

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "read", **asdict(self)}


@dataclass(frozen=True, slots=True)
class PlanMessage:
    """Plan the job, of so many slots, and send its chunks; `attempt` and `deadline` as of a chunk.

    `read`: a model has had its turn with the job's agent, whether it could read all of it or not.
    """

    project_id: int
    job_id: str
    size: int = 0
    attempt: int = 0
    deadline: int = 0
    read: bool = False

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "plan", **asdict(self)}


@dataclass(frozen=True, slots=True)
class GenerateMessage:
    """Write the slots of one chunk.

    `attempt` counts how often a throttled model made it wait; `deadline` (seconds since 1970, 0: none yet)
    is when its slots stop waiting. `size` is the number of the job's slots.
    """

    project_id: int
    job_id: str
    chunk: int
    attempt: int = 0
    deadline: int = 0
    size: int = 0

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "generate", **asdict(self)}


@dataclass(frozen=True, slots=True)
class ContextMessage:
    """Read the job's file with that number, of those that came with its request, and have it go on."""

    project_id: int
    job_id: str
    file: int
    size: int = 0

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "context", **asdict(self)}


@dataclass(frozen=True, slots=True)
class ExtractMessage:
    """Read the text of a document that has been uploaded, and give it to its agent."""

    project_id: int
    upload_id: int

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "extract", **asdict(self)}


@dataclass(frozen=True, slots=True)
class ForgetMessage:
    """Go on deleting what belonged to an agent, or, without `delete`, taking it out of that."""

    project_id: int
    agent_id: int
    delete: bool

    @property
    def body(self) -> dict[str, object]:
        return {"kind": "forget", **asdict(self)}


Message = ReadMessage | PlanMessage | GenerateMessage | ContextMessage | ExtractMessage | ForgetMessage


def read_message(body: object) -> Message:
    """Raises Permanent for what nobody here has sent."""
    size, attempt, deadline = (_number(body, name) for name in ("size", "attempt", "deadline"))
    match body:
        case {"kind": "read", "project_id": int(project_id), "job_id": str(job_id)}:
            return ReadMessage(project_id, job_id, size, attempt, deadline, _number(body, "part"))
        case {"kind": "plan", "project_id": int(project_id), "job_id": str(job_id)}:
            return PlanMessage(project_id, job_id, size, attempt, deadline, bool(_number(body, "read")))
        case {
            "kind": "generate",
            "project_id": int(project_id),
            "job_id": str(job_id),
            "chunk": int(chunk),
            "attempt": int(),
            "deadline": int(),
        }:
            return GenerateMessage(project_id, job_id, chunk, attempt, deadline, size)
        case {"kind": "context", "project_id": int(project_id), "job_id": str(job_id), "file": int(file)}:
            return ContextMessage(project_id, job_id, file, size)
        case {"kind": "extract", "project_id": int(project_id), "upload_id": int(upload_id)}:
            return ExtractMessage(project_id, upload_id)
        case {
            "kind": "forget",
            "project_id": int(project_id),
            "agent_id": int(agent_id),
            "delete": bool(delete),
        }:
            return ForgetMessage(project_id, agent_id, delete)
    raise Permanent(f"no message of the work queue: {str(body)[:200]}")


def _number(body: object, name: str) -> int:
    """What may be absent: a message of an earlier version, or one that has not waited."""
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, int) else 0
