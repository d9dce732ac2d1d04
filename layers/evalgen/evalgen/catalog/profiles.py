"""The test profiles of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from evalgen.catalog.entities import Entities, body_of, reserve_ids, to_json
from evalgen.catalog.kinds import AGENT, PROFILE, SCENARIO
from evalgen.clock import Clock, iso
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.errors import InvalidRequest
from evalgen.generation.brief import GivenProfile
from evalgen.storage.ports import Table


def to_given(body: Mapping[str, Any]) -> GivenProfile:
    information = body["information"]
    return GivenProfile(
        body["id"],
        body["name"],
        dict(information["main_agent_variables"]),
        dict(information["testing_agent_variables"]),
    )


class Profiles:
    """Create, list, read, change and delete test profiles."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._profiles = Entities(table, PROFILE)

    def create(self, project_id: int, request: ProfileCreate) -> dict[str, Any]:
        """Raises InvalidRequest if the agent is not in the project, PayloadTooLarge."""
        of_agent = self._of_agent(project_id, request.agent)
        now = iso(self._clock())
        body = {
            "id": reserve_ids(self._table, project_id, 1)[0],
            "project": project_id,
            **of_agent,
            "name": request.name,
            "information": request.information,
            "created_by": None,
            "last_updated_by": None,
            "created_at": now,
            "updated_at": now,
        }
        self._profiles.add(project_id, body, now, agent_id=request.agent or 0)
        return body

    def patch(self, project_id: int, profile_id: int, request: ProfilePatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest if the agent is not in the project, PayloadTooLarge."""
        item = self._profiles.get(project_id, profile_id)
        now = iso(self._clock())
        body = {
            **body_of(item),
            **request.model_dump(exclude_unset=True, include={"name", "information"}),
            "updated_at": now,
        }
        if "agent" in request.model_fields_set:
            body.update(self._of_agent(project_id, request.agent))
        self._profiles.replace(
            {**item, "body": to_json(body), "updated_at": now, "agent_id": body["agent"] or 0}
        )
        return body

    def delete(self, project_id: int, profile_id: int) -> None:
        """Scenarios that used it have none from then on. Raises NotFound."""
        self._profiles.delete(project_id, profile_id)

    def read(self, project_id: int, profile_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return body_of(self._profiles.get(project_id, profile_id))

    def list(self, project_id: int, agent_id: int | None) -> list[dict[str, Any]]:
        """Every profile, or those of an agent; `scenarios` are the ids that use it."""
        using: dict[int, list[int]] = defaultdict(list)
        for scenario in Entities(self._table, SCENARIO).bodies(project_id):
            using[scenario.get("test_profile") or 0].append(scenario["id"])
        return [
            {**body, "scenarios": using[body["id"]]}
            for body in self._profiles.bodies(project_id)
            if agent_id is None or body["agent"] == agent_id
        ]

    def _of_agent(self, project_id: int, agent_id: int | None) -> dict[str, Any]:
        if agent_id is None:
            return {"agent": None, "agent_name": ""}
        agent = Entities(self._table, AGENT).find(project_id, agent_id)
        if agent is None:
            raise InvalidRequest({"agent": [f"There is no agent {agent_id}."]})
        return {"agent": agent_id, "agent_name": str(agent["name"])}
