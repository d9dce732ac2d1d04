"""The scenarios of a project: listed, read, changed, deleted. Slots of jobs are not touched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evalgen.catalog.lookups import Lookups
from evalgen.catalog.scenario_changes import changed
from evalgen.clock import Clock, iso
from evalgen.contract.queries import ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.errors import InvalidRequest
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.id_sets import count, page
from evalgen.storage.kinds import KEPT_PROFILE, PROFILE, SCENARIO
from evalgen.storage.listing import filtered, in_folder, labelled, of_agent, of_assistant
from evalgen.storage.ports import Table

SCENARIO_DEFAULTS: dict[str, Any] = {
    "conditional_actions": None,
    "key": "",
    "variation_of": None,
    "assertions": [],
    "expected_calls": [],
    "forbidden_calls": [],
    "assistant_id": "",
    "phone_number": None,
    "outbound_phone_number_data": None,
    "inbound_phone_number": None,
    "inbound_phone_number_data": None,
    "simulation_description": "",
    "information_fields": {},
    "suite_type": "undefined",
    "is_predefined": False,
    "test_profile": None,
    "dynamic_variable_values": None,
    "folder_path": None,
    "max_duration": None,
    "created_by": None,
    "last_updated_by": None,
}


class Scenarios:
    """`answer` has every key of the contract's SchemaScenario and ScenarioList."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._clock = clock
        self._table = table
        self._scenarios = Entities(table, SCENARIO)
        self._profiles = Entities(table, PROFILE)
        self._kept = Entities(table, KEPT_PROFILE)

    def page(self, project_id: int, query: ScenarioQuery) -> tuple[int, list[dict[str, Any]]]:
        """How many scenarios a query has, and the answers of its page, in the order of ids.

        Costs what is on the page, and of each label that is asked for its set of ids.
        """
        labels = [of_agent(query.agent_id)] if query.agent_id else []
        labels += [of_assistant(query.assistant_id)] if query.assistant_id is not None else []
        labels += [in_folder(query.folder_path)] if query.folder_path is not None else []
        tags = sorted({tag.strip() for tag in query.tags.split(",") if tag.strip()})
        found = filtered(self._table, project_id, labels, tags, query.tag_filter_type)
        offset = (query.page - 1) * query.page_size if query.after is None else 0
        ids = page(found, query.page_size, offset=offset, after=query.after or 0)
        return count(found), self.answers(project_id, map(body_of, self._scenarios.some(project_id, ids)))

    def read(self, project_id: int, scenario_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return self.answer(project_id, body_of(self._scenarios.get(project_id, scenario_id)))

    def answer(self, project_id: int, body: dict[str, Any]) -> dict[str, Any]:
        """A stored body with its profile."""
        [one] = self.answers(project_id, [body])
        return one

    def answers(self, project_id: int, bodies: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Stored bodies, each with its profile, or with what that said if it has been deleted."""
        known = list(bodies)
        wanted = sorted({body["test_profile"] for body in known if body.get("test_profile")})
        profiles = {int(item["id"]): body_of(item) for item in self._profiles.some(project_id, wanted)}
        lost = [one for one in wanted if one not in profiles]
        kept = {int(item["id"]): body_of(item) for item in self._kept.some(project_id, lost)}
        return [
            {
                **SCENARIO_DEFAULTS,
                **body,
                "test_profile": body.get("test_profile") if body.get("test_profile") in profiles else None,
                "test_profile_data": (profiles | kept).get(body.get("test_profile") or 0),
            }
            for body in known
        ]

    def named(self, project_id: int, ids: Sequence[int]) -> list[dict[str, Any]]:
        """The answers of these, in the order of `ids`. Raises InvalidRequest for those that do not exist."""
        items = {one: self._scenarios.find(project_id, one) for one in ids}
        missing = [one for one, item in items.items() if item is None]
        if missing:
            raise InvalidRequest({"scenario_ids": [f"There is no scenario {one}." for one in missing]})
        return self.answers(project_id, [body_of(item) for item in items.values() if item is not None])

    def patch(self, project_id: int, scenario_id: int, request: ScenarioPatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest with every wrong field, PayloadTooLarge, Conflict."""
        lookups = Lookups(self._table)

        def change(body: dict[str, Any]) -> dict[str, Any]:
            return changed(lookups, project_id, body, request)

        now = iso(self._clock())
        return self.answer(project_id, self._scenarios.change(project_id, scenario_id, change, now))

    def delete(self, project_id: int, scenario_id: int) -> None:
        """Raises NotFound."""
        self._scenarios.delete(project_id, scenario_id)

    def forget_agent(self, project_id: int, agent_id: int, *, delete: bool, most: int) -> bool:
        """Delete the scenarios and profiles of an agent, or take it out of them; so many at most.

        False if there are more.
        """
        now = iso(self._clock())
        for entities in (self._scenarios, self._profiles, self._kept):
            found = labelled(self._table, project_id, entities.kind, of_agent(agent_id))
            items = list(entities.some(project_id, page(found, most)))
            if delete:
                entities.delete_all(project_id, items)
            else:
                entities.change_all(project_id, items, lambda body: {**body, "agent": None}, now)
            most -= count(found)
            if most <= 0:
                return False
        return True
