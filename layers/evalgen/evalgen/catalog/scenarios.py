"""The scenarios of a project: listed, read, changed, deleted. Slots of jobs are not touched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from evalgen.catalog.counts import Place, count, place_of
from evalgen.catalog.entities import Entities, body_of
from evalgen.catalog.kinds import PROFILE, SCENARIO
from evalgen.catalog.lookups import Lookups
from evalgen.catalog.scenario_changes import changed
from evalgen.clock import Clock, iso
from evalgen.contract.queries import ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.errors import InvalidRequest, NotFound
from evalgen.storage import keys
from evalgen.storage.ports import Table
from evalgen.storage.walking import every_item

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
        self._lookups = Lookups(table)

    def page(self, project_id: int, query: ScenarioQuery) -> tuple[int, list[dict[str, Any]]]:
        """How many scenarios a query has, and the stored bodies of its page, in the order of ids.

        By agent alone, or by nothing, a page costs what is on it; other filters read all scenarios of the
        agent or the project.
        """
        of_agent = keys.of_agent(project_id, SCENARIO, query.agent_id) if query.agent_id else None
        offset = (query.page - 1) * query.page_size
        if query.tags or query.folder_path is not None or query.assistant_id is not None:
            found = self._matching(project_id, query, of_agent)
            return len(found), found[offset : offset + query.page_size]
        listed = of_agent or keys.entities(project_id, SCENARIO)
        after = query.after
        place = place_of(self._table, listed, offset) if after is None else Place(after + 1, 0)
        items = self._table.query(
            listed, first=keys.padded(place.first_id), limit=place.skip + query.page_size
        ).items[place.skip :]
        return count(self._table, listed), list(self._scenarios.bodies_of(project_id, items))

    def _matching(self, project_id: int, query: ScenarioQuery, of_agent: str | None) -> list[dict[str, Any]]:
        wanted = {tag.strip() for tag in query.tags.split(",") if tag.strip()}
        items = every_item(self._table, of_agent) if of_agent else self._scenarios.all(project_id)
        return [
            body
            for body in self._scenarios.bodies_of(project_id, items)
            if (query.assistant_id is None or body.get("assistant_id") == query.assistant_id)
            and (query.folder_path is None or (body.get("folder_path") or "") == query.folder_path)
            and _tags_fit(body["tags"], wanted, query.tag_filter_type)
        ]

    def read(self, project_id: int, scenario_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return self.answer(project_id, body_of(self._scenarios.get(project_id, scenario_id)))

    def answer(self, project_id: int, body: dict[str, Any]) -> dict[str, Any]:
        """A stored body with its profile."""
        profile = self._profiles.find(project_id, body.get("test_profile") or 0)
        return {
            **SCENARIO_DEFAULTS,
            **body,
            "test_profile": body["test_profile"] if profile else None,
            "test_profile_data": body_of(profile) if profile else None,
        }

    def named(self, project_id: int, ids: Sequence[int]) -> list[dict[str, Any]]:
        """The answers of these, in the order of `ids`. Raises InvalidRequest for those that do not exist."""
        items = {one: self._scenarios.find(project_id, one) for one in ids}
        missing = [one for one, item in items.items() if item is None]
        if missing:
            raise InvalidRequest({"scenario_ids": [f"There is no scenario {one}." for one in missing]})
        return [self.answer(project_id, body_of(item)) for item in items.values() if item is not None]

    def patch(self, project_id: int, scenario_id: int, request: ScenarioPatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest with every wrong field, PayloadTooLarge, Conflict."""

        def change(body: dict[str, Any]) -> dict[str, Any]:
            return changed(self._lookups, project_id, body, request)

        now = iso(self._clock())
        return self.answer(project_id, self._scenarios.change(project_id, scenario_id, change, now))

    def delete(self, project_id: int, scenario_id: int) -> None:
        """Raises NotFound."""
        self._scenarios.delete(project_id, scenario_id)

    def forget_agent(self, project_id: int, agent_id: int, *, delete: bool, most: int) -> bool:
        """Delete the scenarios and generated profiles of an agent, or take it out of them; so many at most.

        False if there are more.
        """
        for entities in (self._scenarios, self._profiles):
            listed = keys.of_agent(project_id, entities.kind, agent_id)
            found = self._table.query(listed, limit=most)
            for entry in found.items:
                with suppress(NotFound):  # somebody has deleted it meanwhile
                    self._forget(entities, project_id, int(str(entry["sk"])), delete=delete)
            most -= len(found.items)
            if found.after is not None or most <= 0:
                return False
        return True

    def _forget(self, entities: Entities, project_id: int, entity_id: int, *, delete: bool) -> None:
        if delete:
            entities.delete(project_id, entity_id)
            return
        now = iso(self._clock())
        entities.change(project_id, entity_id, lambda body: {**body, "agent": None}, now)


def _tags_fit(tags: Iterable[str], wanted: set[str], how: str) -> bool:
    if not wanted:
        return True
    shared = wanted & set(tags)
    return {"and": shared == wanted, "or": bool(shared), "not": not shared}[how]
