"""The scenario and the test profile of a slot, as they are stored: the contract's objects."""

from __future__ import annotations

from typing import Any

from evalgen.errors import Permanent
from evalgen.generation.draft import Draft
from evalgen.jobs.assertion_record import as_data
from evalgen.jobs.commit import Outcome
from evalgen.jobs.job import Job
from evalgen.jobs.request import JobRequest
from evalgen.storage.entities import entity_item, text_of
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import labels_of, use_items
from evalgen.storage.ports import Item, Value
from evalgen.storage.profile_record import profile_body, sections

SCENARIO_BYTES = 40_000
"""A hundred scenarios stay under the 6 MB that Lambda answers with."""


def completed(job: Job, request: JobRequest, slot: int, draft: Draft, now: str) -> Outcome:
    """The end of a slot with its scenario. Raises Permanent if that is larger than a scenario may be."""
    given = request.brief.test_profile
    profile_id = given.id if given else job.first_profile_id + slot
    scenario = _scenario(job, request, slot, draft, profile_id, now)
    items = [_item(job, SCENARIO, scenario, now)]
    if given is None:
        profile = _profile(job, request, draft, profile_id, now)
        items.append(_item(job, PROFILE, profile, now, scenario_id=scenario["id"]))
    size = sum(len(text_of(item).encode()) for item in items)
    if size > SCENARIO_BYTES:
        raise Permanent(f"The scenario has {size} bytes; at most {SCENARIO_BYTES} are allowed.")
    if given is not None:
        items += use_items(job.project_id, SCENARIO, scenario)
    return Outcome(slot, tuple(items), tuple(labels_of(SCENARIO, scenario)))


def _item(job: Job, kind: str, body: dict[str, Any], now: str, **more: Value) -> Item:
    more["agent_id"] = job.agent_id
    return entity_item(job.project_id, kind, body, created_at=now, updated_at=now, **more)


def _scenario(
    job: Job, request: JobRequest, slot: int, draft: Draft, profile_id: int, now: str
) -> dict[str, Any]:
    personality = request.brief.personality_of(slot)
    number = request.inbound_phone_number
    return {
        "id": job.first_scenario_id + slot,
        "name": draft.name,
        "agent": request.agent_id,
        "agent_name": request.agent_name,
        "assistant_id": request.assistant_id,
        "project": job.project_id,
        "personality": personality.id,
        "personality_name": personality.name,
        "scenario_type": request.brief.simulation_type,
        "generation_type": request.brief.scenario_type,
        "scenario_language": draft.language,
        "tags": list(dict.fromkeys((*request.tags, *draft.tags))),
        "tool_ids": list(draft.tool_ids),
        "folder_path": request.folder_path,
        "runs": [],
        "metrics": [metric_id for metric_id, _ in request.metrics],
        "metric_names": [name for _, name in request.metrics],
        "phone_number": None,
        "phone_number_queue_length": 0,
        "inbound_phone_number": number["id"] if number else None,
        "inbound_phone_number_data": number,
        "first_message": draft.first_message,
        "instructions": draft.instructions,
        "conditional_actions": draft.conditional_actions,
        "expected_outcome_prompt": draft.expected_outcome,
        "simulation_description": "",
        "information_fields": {},
        "is_simulating": False,
        "test_profile": profile_id,
        "key": draft.key,
        "variation_of": draft.variation_of or None,
        **as_data(draft),
        "covers": list(draft.covers),
        "sources": list(draft.sources),
        "writer": draft.writer,
        "reviewed": draft.reviewed,
        "created_at": now,
        "updated_at": now,
    }


def _profile(job: Job, request: JobRequest, draft: Draft, profile_id: int, now: str) -> dict[str, Any]:
    owner = (request.agent_id, request.agent_name)
    information = sections(draft.main_agent_variables, draft.testing_agent_variables)
    return profile_body(profile_id, job.project_id, owner, draft.profile_name, information, now)
