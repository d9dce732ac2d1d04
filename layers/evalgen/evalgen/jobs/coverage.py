"""What a job covers of the agent, item by item: its plans' ledger, with scenarios in place of slots."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from evalgen.errors import NotFound, Permanent
from evalgen.generation.ledger import Entry, Ledger, summary_of, without
from evalgen.jobs.job import Job, known_job, slot_items
from evalgen.jobs.plans import get_ledger
from evalgen.storage.ports import Stores


def coverage(stores: Stores, project_id: int, job_id: str) -> dict[str, Any]:
    """The coverage endpoint's answer; without items until the plan stands.

    Slots that failed cover nothing; those not written yet cover what is planned for them.
    Raises NotFound for a job that the project does not have, or whose ledger is not stored (any more).
    """
    job = known_job(stores.table, project_id, job_id)
    ledger = _ledger(stores, job) if job.planned else Ledger()
    ledger = without(ledger, _failed(stores, job)) if job.failed else ledger
    ids = range(job.first_scenario_id, job.first_scenario_id + job.total)
    return {
        "progress_id": job.id,
        "status": job.status,
        "summary": summary_of(ledger) if job.planned else None,
        "items": [as_item(entry, ids) for entry in ledger.entries],
    }


def _ledger(stores: Stores, job: Job) -> Ledger:
    """A job near its end may have lost its blobs before its items, and one that was given up has none."""
    try:
        return get_ledger(stores.blobs, job)
    except Permanent:
        raise NotFound("What this generation covers is not stored, or not any more.") from None


def _failed(stores: Stores, job: Job) -> Collection[int]:
    return {slot for slot, item in slot_items(stores.table, job, range(job.total)) if item["reason"]}


def as_item(entry: Entry, ids: Sequence[int]) -> dict[str, Any]:
    """The contract's CoverageItem; `ids[i]` is the scenario of slot i."""
    return {
        "id": entry.id,
        "about": entry.about,
        "kind": entry.kind,
        "line": entry.line or None,
        "text": entry.text,
        "status": entry.status,
        "reason": entry.why,
        "scenarios": [ids[slot] for slot in entry.slots],
    }
