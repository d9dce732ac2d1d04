"""What a change request makes of a scenario: the fields that were sent, and those that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalgen.catalog.lookups import Lookups, Problems
from evalgen.contract.scenarios import DERIVED, ScenarioPatch
from evalgen.errors import InvalidRequest
from evalgen.generation.write.script import script_of

Body = dict[str, Any]

NOT_STORED = {"agent", "project", "assistant_id", "phone_number"}
"""Fields of a change that say the same as others, or nothing."""


def changed(lookups: Lookups, project_id: int, body: Body, request: ScenarioPatch) -> Body:
    """The scenario after the change. Raises InvalidRequest with every wrong field."""
    changes = request.model_dump(exclude_unset=True, exclude=NOT_STORED)
    if request.conditional_actions is not None:
        changes["conditional_actions"] = request.conditional_actions.model_dump()
    change = _Change(lookups, project_id, body, request, changes, {})
    change.stays_with_its_agent()
    change.speaks()
    change.refers()
    change.has_one_form()
    change.calls_from()
    if change.problems:
        raise InvalidRequest(change.problems)
    return {**body, **changes}


@dataclass(frozen=True, slots=True)
class _Change:
    """Each method looks at some of the fields, and adds to `changes` and `problems`."""

    lookups: Lookups
    project_id: int
    body: Body
    request: ScenarioPatch
    changes: Body
    problems: Problems

    def stays_with_its_agent(self) -> None:
        request, body = self.request, self.body
        if request.assistant_id is not None and request.assistant_id != body.get("assistant_id"):
            self.problems["assistant_id"] = [
                "A scenario stays with its agent, which has another assistant_id."
            ]
        if request.agent is not None and request.agent != body["agent"]:
            self.problems["agent"] = [
                f"A scenario stays with its agent, {body['agent']}; got {request.agent}."
            ]

    def speaks(self) -> None:
        request, body = self.request, self.body
        if request.personality is None and request.scenario_language is None:
            return
        wanted = body["personality"] if request.personality is None else request.personality
        found = self.lookups.personalities(self.project_id, [wanted], self.problems, field="personality")
        if not found:
            return
        language = request.scenario_language or body["scenario_language"]
        if found[0].language != language and not self._is_the_plain_one(found[0].id, language):
            field = "personality" if request.scenario_language is None else "scenario_language"
            self.problems[field] = [
                f"{found[0].name} speaks {found[0].language}, the scenario {language}; they must agree."
            ]
        self.changes["personality_name"] = found[0].name

    def _is_the_plain_one(self, personality_id: int, language: str) -> bool:
        """Generation gives it to scenarios in languages that have no personality of their own."""
        plain = self.lookups.default_personality(self.project_id, language, {})
        return bool(plain) and plain[0].id == personality_id

    def refers(self) -> None:
        request = self.request
        if request.metrics is not None:
            names = self.lookups.metrics(self.project_id, request.metrics, self.problems)
            self.changes["metric_names"] = names
        if request.test_profile is not None:
            self.lookups.profile(self.project_id, request.test_profile, self.problems)
        if request.folder_path:
            self.lookups.folder(self.project_id, request.folder_path, self.problems)

    def has_one_form(self) -> None:
        """Text or conditional actions, never both: what is derived of a structure follows its change."""
        was, becomes = self.body["scenario_type"], self.request.scenario_type or self.body["scenario_type"]
        if becomes == "conditional_actions":
            self._is_structured()
            return
        if self.request.conditional_actions is not None:
            self.problems["conditional_actions"] = [
                "Only with the scenario_type conditional_actions, sent with it or before."
            ]
        if was == "conditional_actions":
            self.changes["conditional_actions"] = None
            if self.request.instructions is None:
                self.problems["instructions"] = [f"Required where the scenario_type {was} becomes {becomes}."]

    def _is_structured(self) -> None:
        for field in DERIVED:
            if field in self.request.model_fields_set:
                self.problems[field] = ["Derived from conditional_actions in this type: change those."]
        structure = self.changes.get("conditional_actions") or self.body.get("conditional_actions")
        if structure is None:
            self.problems["conditional_actions"] = ["Required with the scenario_type conditional_actions."]
            return
        self.changes["conditional_actions"] = structure
        self.changes["instructions"], self.changes["first_message"] = script_of(structure)

    def calls_from(self) -> None:
        sent = self.request.model_fields_set
        field = "phone_number" if "phone_number" in sent else "inbound_phone_number"
        if field not in sent:
            return
        number_id: int | None = getattr(self.request, field)
        data = None
        if number_id is not None:
            data = self.lookups.phone_number(self.project_id, number_id, self.problems, field=field)
        self.changes["inbound_phone_number"] = number_id
        self.changes["inbound_phone_number_data"] = data
