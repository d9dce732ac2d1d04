"""A scenario that somebody wrote, as it is stored."""

from __future__ import annotations

from typing import Any

from evalgen.catalog.lookups import Lookups, Problems
from evalgen.catalog.scenario_changes import changed
from evalgen.catalog.scenarios import SCENARIO_DEFAULTS
from evalgen.contract.scenarios import ScenarioCreate
from evalgen.errors import InvalidRequest

Body = dict[str, Any]

BLANK: Body = {
    **SCENARIO_DEFAULTS,
    "agent": None,
    "agent_name": "",
    "scenario_type": "instruction",
    "generation_type": "",
    "tags": [],
    "tool_ids": [],
    "runs": [],
    "metrics": [],
    "metric_names": [],
    "phone_number_queue_length": 0,
    "first_message": "Hello",
    "instructions": "",
    "expected_outcome_prompt": "",
    "is_simulating": False,
    "generated_mock_tool_entries": None,
    "covers": [],
    "sources": [],
    "writer": "",
}


def scenario_by_hand(
    lookups: Lookups, project_id: int, scenario_id: int, request: ScenarioCreate, now: str
) -> Body:
    """Raises InvalidRequest with every wrong field."""
    problems: Problems = {}
    body = {
        **BLANK,
        "id": scenario_id,
        "project": project_id,
        "name": request.name,
        "personality": request.personality,
        "created_at": now,
        "updated_at": now,
    }
    agent = None
    if request.agent is not None or request.assistant_id is not None:
        agent = lookups.agent(project_id, request.agent, request.assistant_id, problems, "agent")
    if agent is not None:
        body |= {"agent": agent["id"], "agent_name": agent["name"], "assistant_id": agent["assistant_id"]}
    voice = lookups.personalities(project_id, [request.personality], {}, field="personality")
    body["scenario_language"] = request.scenario_language or (voice[0].language if voice else "")
    if request.scenario_type != "conditional_actions" and request.instructions is None:
        kind = request.scenario_type or "instruction"
        problems["instructions"] = [f"Required with the scenario_type {kind}."]
    owned = request.model_copy(update={"agent": None, "assistant_id": None})
    try:
        body = changed(lookups, project_id, body, owned)
    except InvalidRequest as error:
        problems |= error.fields
    if problems:
        raise InvalidRequest(problems)
    return body
