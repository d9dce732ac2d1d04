"""The scenarios of an agent are copied to another, each with its profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalgen.catalog.adding import Adding, New
from evalgen.catalog.agent_record import AgentRecord
from evalgen.clock import Clock
from evalgen.contract.agents import AgentDuplicate
from evalgen.errors import InvalidRequest
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.id_sets import count
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import labelled, of_agent
from evalgen.storage.ports import Reading, Table

MOST = 1000
"""What is copied in a request's time."""

Body = dict[str, Any]


def check_number(table: Reading, project_id: int, agent_id: int) -> None:
    """Raises InvalidRequest if an agent has more scenarios than are copied."""
    number = count(labelled(table, project_id, SCENARIO, of_agent(agent_id)))
    if number > MOST:
        raise InvalidRequest({"copy_scenarios": [f"The agent has {number}; at most {MOST} are copied."]})


def copy_scenarios(
    table: Table, clock: Clock, project_id: int, source: AgentRecord, copy: AgentRecord
) -> list[Body]:
    scenarios, profiles = Entities(table, SCENARIO), Entities(table, PROFILE)
    bodies = list(map(body_of, scenarios.labelled(project_id, of_agent(source.id))))
    used = {body["test_profile"] for body in bodies} - {None}
    found = {one: profiles.find(project_id, one) for one in sorted(used)}
    owned = {one: body_of(item) for one, item in found.items() if item is not None}
    tools = {old.id: new.id for old, new in zip(source.definition.tools, copy.definition.tools, strict=True)}

    def make(ids: Sequence[int], now: str) -> list[New]:
        fresh = iter(ids)
        owner = {"agent": copy.id, "agent_name": copy.definition.name}
        times = {"created_at": now, "updated_at": now}
        new_profiles = {
            one: {**body, **owner, **times, "id": next(fresh)}
            for one, body in owned.items()
            if body["agent"] == source.id
        }
        waiting = dict(new_profiles)
        made: list[New] = []
        for body in bodies:
            profile = new_profiles.get(body["test_profile"])
            own: Body = {"id": next(fresh), "assistant_id": copy.assistant_id, "runs": []}
            if profile is not None:
                own["test_profile"] = profile["id"]
            own["generated_mock_tool_entries"] = _entries(body, tools)
            scenario = {**body, **owner, **times, **own}
            made.append(New(scenario, waiting.pop(body["test_profile"], None)))
        return made

    ids = len(bodies) + len(owned)
    return Adding(table, clock).add(project_id, AgentDuplicate(copy_scenarios=True), ids, make) if ids else []


def _entries(body: Body, tools: dict[int, int]) -> list[Body] | None:
    entries = body["generated_mock_tool_entries"]
    return entries and [{**one, "tool_id": tools.get(one["tool_id"], one["tool_id"])} for one in entries]
