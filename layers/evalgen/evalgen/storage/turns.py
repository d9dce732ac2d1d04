"""Whose turn a message is: queues share themselves out between projects, and within one between its jobs.

Imports nothing but the standard library. A message says it by keys of its own: `project_id`, `job_id`,
`chunk` and `size`; one without them is served as it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANY_WEIGHT = 1 << 62
SMALL_JOB = 21
"""What messages weigh at most of jobs that one chunk holds, and of what is no job."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`group` names the job, `place` how much of it comes before; of equals, the lower `weight` is first."""

    project: str
    group: str
    place: int
    weight: int


def turn_of(message: Mapping[str, object]) -> Turn:
    """Plans and first chunks have place 0. Small jobs weigh less, and a chunk a little less than a plan."""
    project, job = message.get("project_id", 0), message.get("job_id", message.get("upload_id", 0))
    chunk, size = message.get("chunk"), message.get("size")
    return Turn(
        project=str(project),
        group=f"{project}-{job}",
        place=chunk if isinstance(chunk, int) else 0,
        weight=2 * (size if isinstance(size, int) else 0) + (chunk is None),
    )
