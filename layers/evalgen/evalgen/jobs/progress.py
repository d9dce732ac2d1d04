"""How far a job is, and its scenarios once it has ended. Imports nothing but the standard library."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.errors import InvalidRequest, NotFound
from evalgen.jobs.job import NO_JOB, Job, Used, job_of, slot_items
from evalgen.storage import keys
from evalgen.storage.entities import body_of
from evalgen.storage.kinds import KEPT_PROFILE, PROFILE, SCENARIO
from evalgen.storage.ports import Item, Reading


def progress(table: Reading, project_id: int, query: Mapping[str, str]) -> dict[str, Any]:
    """The progress endpoint's answer: one read while the job runs.

    Raises InvalidRequest for a parameter that is wrong, NotFound for a job that the project does not have.
    """
    job_id, partial = _parameters(query)
    job, report = _read(table, project_id, job_id)
    told = job.ended or partial
    report = report if told else None
    return {
        "progress_id": job.id,
        "status": job.status,
        "total_scenarios": job.total,
        "completed_scenarios": job.completed,
        "failed_scenarios": job.failed,
        "scenarios_list": _scenarios(table, job) if told else [],
        "failures": _failures(table, job) if told and job.failed else [],
        "warnings": json.loads(str(report.get("warnings", "[]"))) if report else [],
        "usage": {**_usage(job.used), "reading": _usage(job.used_to_read)},
        "coverage": json.loads(str(report["body"])) if report and job.ended else None,
    }


def _usage(used: Used) -> dict[str, Any]:
    """All zero for the embedded writer; the dollars None where the model has no known price."""
    return {
        "model_calls": used.model_calls,
        "input_tokens": used.input_tokens,
        "cached_tokens": used.cached_tokens,
        "output_tokens": used.output_tokens,
        "dollars": None if used.micro_dollars is None else used.micro_dollars / 1_000_000,
    }


def _read(table: Reading, project_id: int, job_id: str) -> tuple[Job, Item | None]:
    """The job and its report, which are neighbours. Raises NotFound."""
    first, last = keys.job(project_id, job_id), keys.job_report(project_id, job_id)
    found = {str(item["sk"]): item for item in table.query(first.pk, first=first.sk, last=last.sk).items}
    if first.sk not in found:
        raise NotFound(NO_JOB)
    return job_of(found[first.sk], project_id, job_id), found.get(last.sk)


def _parameters(query: Mapping[str, str]) -> tuple[str, bool]:
    problems: dict[str, list[str]] = {}
    text = query.get("progress_id", "")
    try:
        job_id = str(uuid.UUID(text))
    except ValueError:
        problems["progress_id"] = [
            f"Must be the UUID that generate-bg answered; got {text[:80]!r}."
            if text
            else "This query parameter is required: the UUID that generate-bg answered."
        ]
    wanted = query.get("scenarios", "")
    if wanted not in ("", "partial"):
        problems["scenarios"] = [f"Must be 'partial' or left out; got {wanted[:80]!r}."]
    if problems:
        raise InvalidRequest(problems)
    return job_id, wanted == "partial"


def _scenarios(table: Reading, job: Job) -> list[dict[str, Any]]:
    """Those stored, in the order of their slots, each with its test profile: a deleted one as it last was."""
    profiles: dict[int, dict[str, Any] | None] = {}
    kept: dict[int, dict[str, Any] | None] = {}
    if job.first_profile_id:
        profiles = {body["id"]: body for body in _bodies(table, job, PROFILE, job.first_profile_id)}
    scenarios = list(_bodies(table, job, SCENARIO, job.first_scenario_id))
    for scenario in scenarios:
        profile_id = scenario["test_profile"]
        if profile_id is not None and profile_id not in profiles:
            profiles[profile_id] = _body(table, job, PROFILE, profile_id)
            if not profiles[profile_id]:
                kept[profile_id] = _body(table, job, KEPT_PROFILE, profile_id)
        profile = profiles.get(profile_id)
        scenario["test_profile"] = profile_id if profile else None
        scenario["test_profile_data"] = profile or kept.get(profile_id)
    return scenarios


def _body(table: Reading, job: Job, kind: str, entity_id: int) -> dict[str, Any] | None:
    item = table.get(keys.entity(job.project_id, kind, entity_id))
    return body_of(item) if item else None


def _bodies(table: Reading, job: Job, kind: str, first_id: int) -> Iterator[dict[str, Any]]:
    first, last = (keys.entity(job.project_id, kind, n) for n in (first_id, first_id + job.total - 1))
    return map(body_of, table.query(first.pk, first=first.sk, last=last.sk, limit=job.total).items)


def _failures(table: Reading, job: Job) -> list[dict[str, Any]]:
    ended = slot_items(table, job, range(job.total))
    return [{"slot": slot, "reason": item["reason"]} for slot, item in ended if item["reason"]]
