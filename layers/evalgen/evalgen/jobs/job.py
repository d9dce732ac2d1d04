"""The job item and its slots, read back from the table. Imports nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evalgen.errors import NotFound
from evalgen.storage import keys
from evalgen.storage.id_sets import bits_of
from evalgen.storage.ports import ConditionFailed, Item, Reading, Table, Update, Value

CHUNK_SLOTS = 10
"""Three items a slot, the job's counters and its lists' stay within one transaction."""

NO_JOB = "There is no generation with this progress_id."

TO_READ = "read_"
"""Before the names of the attributes that say what the reading of the agent has used."""

UNPLANNED, PLANNED, CLOSED = 0, 1, 2
"""Stages of a job: only a planned one is written for, and what is closed stays so."""


@dataclass(frozen=True, slots=True)
class Used:
    """Of models, by all of a job's calls; `micro_dollars` None where the model's price is not known."""

    model_calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    micro_dollars: int | None = 0


@dataclass(frozen=True, slots=True)
class Job:
    """`plan` is the digest of the plans that the job works by; `first_profile_id` is 0 if one was given.

    `ended_slots` has a bit for each slot that has ended, the first's the lowest: written with the guards, it
    spares reading them. Slots that an earlier version ended are not in it.

    `request` is the packed text of the request where that was read too and is small; None where it was not.

    `used_to_read` is what of `used` went into the reading of the agent.

    `closed` says why no slot is completed from now on; it is empty while they may be.

    `expires_at` (seconds since 1970) is set once, and stands on every item of the job: the table deletes
    them some time after. It is 0, for never, on a job that was created before there was such a time.
    """

    project_id: int
    id: str
    agent_id: int
    total: int
    completed: int
    failed: int
    planned: bool
    closed: str
    plan: str
    first_scenario_id: int
    first_profile_id: int
    created_at: str
    expires_at: int
    ended_slots: int = 0
    used: Used = field(default_factory=Used)
    used_to_read: Used = field(default_factory=Used)
    request: str | None = None

    @property
    def status(self) -> str:
        if not self.planned:
            return "queued"
        if self.completed + self.failed < self.total:
            return "running"
        return "failed" if self.failed == self.total else "completed"

    @property
    def ended(self) -> bool:
        return self.completed + self.failed >= self.total

    @property
    def done(self) -> int:
        """Grows with everything that happens to the job."""
        return int(self.planned) + self.completed + self.failed

    @property
    def chunks(self) -> range:
        return range(-(-self.total // CHUNK_SLOTS))

    def slots_of(self, chunk: int) -> range:
        return range(chunk * CHUNK_SLOTS, min((chunk + 1) * CHUNK_SLOTS, self.total))

    def waiting(self, slots: range) -> list[int]:
        """Those of the slots that are not known to have ended."""
        return [slot for slot in slots if not self.ended_slots >> slot & 1]

    @property
    def item(self) -> Item:
        """As it is stored when it is created; then only counters, `stage`, `closed`, `plan`, the
        bits of slots that ended and what models were used change."""
        return {
            **keys.job(self.project_id, self.id)._asdict(),
            "agent_id": self.agent_id,
            "total": self.total,
            "completed": self.completed,
            "failed": self.failed,
            "stage": PLANNED if self.planned else UNPLANNED,
            "plan": self.plan,
            "first_scenario_id": self.first_scenario_id,
            "first_profile_id": self.first_profile_id,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
        }


def read_job(table: Reading, project_id: int, job_id: str) -> Job | None:
    item = table.get(keys.job(project_id, job_id))
    return None if item is None else job_of(item, project_id, job_id)


def read_job_and_request(table: Reading, project_id: int, job_id: str) -> Job | None:
    """In one call."""
    first, last = keys.job_input(project_id, job_id), keys.job(project_id, job_id)
    found = {str(item["sk"]): item for item in table.query(first.pk, first=first.sk, last=last.sk).items}
    if last.sk not in found:
        return None
    request = str(found[first.sk]["body"]) if first.sk in found else ""
    return replace(job_of(found[last.sk], project_id, job_id), request=request)


def job_of(item: Item, project_id: int, job_id: str) -> Job:
    return Job(
        project_id=project_id,
        id=job_id,
        agent_id=int(item["agent_id"]),
        total=int(item["total"]),
        completed=int(item["completed"]),
        failed=int(item["failed"]),
        planned=item.get("stage", item.get("planned")) != UNPLANNED,
        closed=str(item.get("closed", "")),
        plan=str(item["plan"]),
        first_scenario_id=int(item["first_scenario_id"]),
        first_profile_id=int(item["first_profile_id"]),
        created_at=str(item["created_at"]),
        expires_at=int(item.get("expires_at", 0)),
        ended_slots=bits_of(item),
        used=_used(item),
        used_to_read=_used(item, TO_READ),
    )


def _used(item: Item, before: str = "") -> Used:
    if f"{before}model_calls" not in item:
        return Used()
    dollars = item.get(f"{before}micro_dollars")
    return Used(
        int(item[f"{before}model_calls"]),
        int(item[f"{before}input_tokens"]),
        int(item[f"{before}cached_tokens"]),
        int(item[f"{before}output_tokens"]),
        None if dollars is None else int(dollars),
    )


def close(table: Table, project_id: int, job_id: str, reason: str, *, stage: int) -> bool:
    """Have no slot completed from now on; False where the job is gone or not in this stage."""
    change: dict[str, Value] = {"stage": CLOSED, "closed": reason}
    try:
        table.write(Update(keys.job(project_id, job_id), set=change, where={"stage": stage}))
    except ConditionFailed:
        return False
    return True


def known_job(table: Reading, project_id: int, job_id: str) -> Job:
    """Raises NotFound."""
    job = read_job(table, project_id, job_id)
    if job is None:
        raise NotFound(NO_JOB)
    return job


def slot_items(table: Reading, job: Job, slots: range) -> Iterator[tuple[int, Item]]:
    """The slots among `slots` that have ended, with their items."""
    first, last = (keys.slot(job.project_id, job.id, index) for index in (slots[0], slots[-1]))
    for item in table.query(first.pk, first=first.sk, last=last.sk, limit=len(slots)).items:
        yield int(str(item["sk"]).removeprefix(keys.SLOT)), item
