"""Jobs that have not ended are looked at again and again, each at a time that stands in its marker's key.

Imports nothing but the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.clock import iso
from evalgen.jobs.job import Job
from evalgen.storage import keys
from evalgen.storage.ports import Item, Key

PATIENCE_SECONDS = 120
"""So long a job may stand still before its messages are sent again."""

MOST_DOUBLINGS = 8
"""Each time that nothing has moved doubles the wait for the next look, up to eight and a half hours."""


@dataclass(frozen=True, slots=True)
class Look:
    """A job to be looked at: `done` is how far it was before, `sends` how often in a row it stood still."""

    key: Key
    project_id: int
    job_id: str
    done: int
    sends: int


def first_look(job: Job, now: float) -> Item:
    return _item(job, now + PATIENCE_SECONDS, sends=0)


def next_look(job: Job, look: Look, now: float) -> Item:
    """The marker that takes the place of `look`'s."""
    sends = 0 if job.done > look.done else look.sends + 1
    return _item(job, now + PATIENCE_SECONDS * 2 ** min(sends, MOST_DOUBLINGS), sends=sends)


def look_of(item: Item) -> Look:
    return Look(
        key=Key(str(item["pk"]), str(item["sk"])),
        project_id=int(item["project_id"]),
        job_id=str(item["job_id"]),
        done=int(item["done"]),
        sends=int(item["sends"]),
    )


def _item(job: Job, due: float, *, sends: int) -> Item:
    return {
        **keys.watched(iso(due), job.project_id, job.id)._asdict(),
        "project_id": job.project_id,
        "job_id": job.id,
        "done": job.done,
        "sends": sends,
        "expires_at": job.expires_at,
    }
