"""The test profiles of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from evalgen.catalog.entities import Entities, body_of, reserve_ids
from evalgen.catalog.kinds import AGENT, PROFILE, SCENARIO
from evalgen.clock import Clock, iso
from evalgen.contract.profiles import ProfileCreate
from evalgen.errors import InvalidRequest
from evalgen.planning.brief import GivenProfile
from evalgen.storage.ports import Table

PROFILE_DEFAULTS = {"agent": None, "agent_name": "", "created_by": None, "last_updated_by": None}


def profile_answer(body: Mapping[str, Any]) -> dict[str, Any]:
    """A stored profile as the contract's AIAgentTestProfile, with every key."""
    return {**PROFILE_DEFAULTS, **body}


def to_given(body: Mapping[str, Any]) -> GivenProfile:
    information = body["information"]
    return GivenProfile(
        body["id"],
        body["name"],
        dict(information["main_agent_variables"]),
        dict(information["testing_agent_variables"]),
    )


class Profiles:
    """Create, list and read test profiles."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._profiles = Entities(table, PROFILE)

    def create(self, project_id: int, request: ProfileCreate) -> dict[str, Any]:
        """Raises InvalidRequest if the agent is not in the project."""
        agent = (
            Entities(self._table, AGENT).find(project_id, request.agent)
            if request.agent is not None
            else None
        )
        if request.agent is not None and agent is None:
            raise InvalidRequest({"agent": [f"There is no agent {request.agent}."]})
        now = iso(self._clock())
        body = {
            "id": reserve_ids(self._table, project_id, 1)[0],
            "project": project_id,
            "agent": request.agent,
            "agent_name": str(agent["name"]) if agent else "",
            "name": request.name,
            "information": request.information,
            "created_at": now,
            "updated_at": now,
        }
        self._profiles.add(project_id, body, now, agent_id=request.agent or 0)
        return profile_answer(body)

    def read(self, project_id: int, profile_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return profile_answer(body_of(self._profiles.get(project_id, profile_id)))

    def list(self, project_id: int, agent_id: int | None) -> list[dict[str, Any]]:
        """Every profile, or those of an agent; `scenarios` are the ids that use it."""
        using: dict[int, list[int]] = defaultdict(list)
        for scenario in Entities(self._table, SCENARIO).bodies(project_id):
            using[scenario.get("test_profile") or 0].append(scenario["id"])
        return [
            {**profile_answer(body), "scenarios": using[body["id"]]}
            for body in self._profiles.bodies(project_id)
            if agent_id is None or body["agent"] == agent_id
        ]
