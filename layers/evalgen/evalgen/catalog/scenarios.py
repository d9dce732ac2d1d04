"""The scenarios of a project: listed, read, changed, deleted. Slots of jobs are not touched here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from evalgen.catalog.counts import Place, count, place_of
from evalgen.catalog.entities import Entities, body_of, to_json
from evalgen.catalog.kinds import PROFILE, SCENARIO
from evalgen.catalog.lookups import Lookups
from evalgen.clock import Clock, iso
from evalgen.contract.queries import ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.errors import InvalidRequest, NotFound
from evalgen.generation.write.structured import script_of
from evalgen.storage import keys
from evalgen.storage.ports import Item, Table
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


NOT_STORED = {"agent", "project", "assistant_id", "phone_number"}
"""Fields of a change that say the same as others, or nothing."""


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
        return count(self._table, listed), list(self._bodies(project_id, items))

    def _matching(self, project_id: int, query: ScenarioQuery, of_agent: str | None) -> list[dict[str, Any]]:
        wanted = {tag.strip() for tag in query.tags.split(",") if tag.strip()}
        items = every_item(self._table, of_agent) if of_agent else self._scenarios.all(project_id)
        return [
            body
            for body in self._bodies(project_id, items)
            if (query.assistant_id is None or body.get("assistant_id") == query.assistant_id)
            and (query.folder_path is None or (body.get("folder_path") or "") == query.folder_path)
            and _tags_fit(body["tags"], wanted, query.tag_filter_type)
        ]

    def _bodies(self, project_id: int, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
        """Of scenarios, or of what lists them; one that was deleted meanwhile is left out."""
        for item in items:
            whole = item if "body" in item else self._scenarios.find(project_id, int(str(item["sk"])))
            if whole is not None:
                yield body_of(whole)

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
        """Raises NotFound, InvalidRequest with every wrong field."""
        item = self._scenarios.get(project_id, scenario_id)
        body = body_of(item)
        now = iso(self._clock())
        body.update(self._changes(project_id, body, request))
        body["updated_at"] = now
        self._scenarios.replace(project_id, {**item, "body": to_json(body), "updated_at": now}, item)
        return self.answer(project_id, body)

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
        item, now = entities.get(project_id, entity_id), iso(self._clock())
        body = {**body_of(item), "agent": None, "updated_at": now}
        changed = {**item, "body": to_json(body), "updated_at": now, "agent_id": 0}
        entities.replace(project_id, changed, item)

    def _changes(self, project_id: int, body: dict[str, Any], request: ScenarioPatch) -> dict[str, Any]:
        """The new values of the fields that were sent, and of those that follow from them."""
        changes = request.model_dump(exclude_unset=True, exclude=NOT_STORED)
        problems: dict[str, list[str]] = {}
        if request.assistant_id is not None and request.assistant_id != body.get("assistant_id"):
            problems["assistant_id"] = ["A scenario stays with its agent, which has another assistant_id."]
        if request.agent is not None and request.agent != body["agent"]:
            problems["agent"] = [f"A scenario stays with its agent, {body['agent']}; got {request.agent}."]
        if request.personality is not None or request.scenario_language is not None:
            self._personality(project_id, body, request, changes, problems)
        if request.metrics is not None:
            names = self._lookups.metrics(project_id, request.metrics, problems)
            changes["metric_names"] = names
        if request.test_profile is not None:
            self._lookups.profile(project_id, request.test_profile, problems)
        _form(body, request, changes, problems)
        self._number(project_id, request, changes, problems)
        if request.folder_path:
            self._lookups.folder(project_id, request.folder_path, problems)
        if problems:
            raise InvalidRequest(problems)
        return changes

    def _number(
        self, project_id: int, request: ScenarioPatch, changes: dict[str, Any], problems: dict[str, list[str]]
    ) -> None:
        field = "phone_number" if "phone_number" in request.model_fields_set else "inbound_phone_number"
        if field not in request.model_fields_set:
            return
        number_id: int | None = getattr(request, field)
        data = None
        if number_id is not None:
            data = self._lookups.phone_number(project_id, number_id, problems, field=field)
        changes |= {"inbound_phone_number": number_id, "inbound_phone_number_data": data}

    def _personality(
        self,
        project_id: int,
        body: dict[str, Any],
        request: ScenarioPatch,
        changes: dict[str, Any],
        problems: dict[str, list[str]],
    ) -> None:
        personality_id = body["personality"] if request.personality is None else request.personality
        found = self._lookups.personalities(project_id, [personality_id], problems, field="personality")
        if not found:
            return
        language = request.scenario_language or body["scenario_language"]
        if found[0].language != language:
            field = "personality" if request.scenario_language is None else "scenario_language"
            problems[field] = [
                f"{found[0].name} speaks {found[0].language}, the scenario {language}; they must agree."
            ]
        changes["personality_name"] = found[0].name


def _form(
    body: dict[str, Any], request: ScenarioPatch, changes: dict[str, Any], problems: dict[str, list[str]]
) -> None:
    """Instructions or conditional actions, never both: what is derived of a structure follows its change."""
    was, becomes = body["scenario_type"], request.scenario_type or body["scenario_type"]
    if becomes == "conditional_actions":
        for field in ("instructions", "first_message"):
            if field in request.model_fields_set:
                problems[field] = ["Derived from conditional_actions in this type: change those."]
        structure = changes.get("conditional_actions") or body.get("conditional_actions")
        if structure is None:
            problems["conditional_actions"] = ["Required with the scenario_type conditional_actions."]
        else:
            changes["conditional_actions"] = structure
            changes["instructions"], changes["first_message"] = script_of(structure)
        return
    if request.conditional_actions is not None:
        problems["conditional_actions"] = [
            "Only with the scenario_type conditional_actions, sent with it or before."
        ]
    if was != becomes:
        changes["conditional_actions"] = None
        if request.instructions is None:
            problems["instructions"] = [f"Required where the scenario_type {was} becomes {becomes}."]


def _tags_fit(tags: Iterable[str], wanted: set[str], how: str) -> bool:
    if not wanted:
        return True
    shared = wanted & set(tags)
    return {"and": shared == wanted, "or": bool(shared), "not": not shared}[how]
