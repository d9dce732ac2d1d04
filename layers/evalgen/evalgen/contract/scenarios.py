"""The request that changes a scenario."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import model_validator

from evalgen.contract.fields import (
    MAX_FIRST_MESSAGE,
    MAX_FOLDER_PATH,
    Check,
    Ids,
    LongText,
    Name,
    NotBlank,
    NotNull,
    OptionalId,
    OptionalName,
    Tags,
    ToolIds,
    at_most,
    at_most_items,
    between,
    if_given,
)
from evalgen.contract.json_values import BadJsonError, load_json
from evalgen.contract.languages import Language
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel

MAX_SCENARIO_NAME = 80
MAX_KEY = 128
MAX_CONDITIONS = 100
DERIVED = ("instructions", "first_message")
"""What is made of conditional actions."""

FIRST_MESSAGE = "FIRST_MESSAGE"

StoredType = Literal["instruction", "conditional_actions", "real_world_smart", "real_world_fixed"]
"""The last two are kept as they come; nothing generates them."""


class NewEntry(RequestModel):
    input: dict[str, Any]
    output: Any


class MockEntryWrite(RequestModel):
    tool_id: int
    tool_name: Name
    new_entry: NewEntry


class ConditionWrite(RequestModel):
    """`condition` is what the main agent does, or the id of an earlier condition that this one follows."""

    id: int
    condition: str | int
    action: LongText
    type: Literal["standard", "action_followup"] = "standard"
    fixed_message: bool = False


class ConditionalActionsWrite(RequestModel):
    """The first condition has the id 0, the condition FIRST_MESSAGE and a fixed message, empty where the
    agent speaks first."""

    role: Annotated[LongText, NotBlank]
    conditions: Annotated[list[ConditionWrite], at_most_items(MAX_CONDITIONS)]

    @model_validator(mode="after")
    def _in_order(self) -> ConditionalActionsWrite:
        if not self.conditions:
            raise wrong(f"conditions: Must begin with the condition {FIRST_MESSAGE}; got none.")
        for place, one in enumerate(self.conditions):
            if problem := _problem_of(place, one):
                raise wrong(f"conditions[{place}]: {problem}")
        return self


def _completed(given: object) -> object:
    if not isinstance(given, dict) or not isinstance(given.get("conditions"), list):
        return given
    conditions = [dict(one) for one in given["conditions"] if isinstance(one, dict)]
    if len(conditions) < len(given["conditions"]):
        return given
    if not conditions or conditions[0].get("condition") != FIRST_MESSAGE:
        conditions.insert(0, {"condition": FIRST_MESSAGE, "action": ""})
    conditions[0]["fixed_message"] = True
    for place, one in enumerate(conditions):
        one.setdefault("id", place)
        if one.get("type") == "fixed_message":
            one |= {"type": "standard", "fixed_message": True}
    return {"role": "You call.", **given, "conditions": conditions}


def _problem_of(place: int, one: ConditionWrite) -> str:
    if one.id != place:
        return f"id: Must count from 0 without gaps, {place} here; got {one.id}."
    if place == 0:
        first = (one.condition, one.type, one.fixed_message) == (FIRST_MESSAGE, "standard", True)
        return "" if first else f"Must be {FIRST_MESSAGE}, of the type standard, with a fixed message."
    if not one.action.strip():
        return "action: Must not be blank."
    if one.type == "standard":
        text = isinstance(one.condition, str) and one.condition.strip() and one.condition != FIRST_MESSAGE
        return "" if text else "condition: Must say what the main agent does, with the type standard."
    if isinstance(one.condition, str) or not 0 <= one.condition < place:
        return "condition: Must be the id of an earlier condition, with the type action_followup."
    return ""


class ConditionsReplace(RequestModel):
    """The older form of a structure: `role`, ids and the first condition may be left out, and
    `fixed_message` may stand as a type."""

    conditional_actions: Annotated[ConditionalActionsWrite, Check(_completed, before=True)]


class ScenarioPatch(RequestModel):
    """Only the fields that are sent change. `phone_number` is another name of `inbound_phone_number`.

    Instructions and first message of a scenario of the type conditional_actions are derived, and not sent.
    """

    agent: OptionalId = None
    assistant_id: OptionalName = None
    project: OptionalId = None
    name: Annotated[str | None, NotNull, if_given(NotBlank), if_given(at_most(MAX_SCENARIO_NAME))] = None
    personality: OptionalId = None
    scenario_type: Annotated[StoredType | None, NotNull] = None
    instructions: Annotated[LongText | None, NotNull, if_given(NotBlank)] = None
    expected_outcome_prompt: Annotated[LongText | None, NotNull] = None
    metrics: Annotated[Ids | None, NotNull] = None
    tags: Annotated[Tags | None, NotNull] = None
    tool_ids: Annotated[ToolIds | None, NotNull] = None
    test_profile: OptionalId = None
    inbound_phone_number: int | None = None
    phone_number: OptionalId = None
    conditional_actions: Annotated[ConditionalActionsWrite | None, NotNull] = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None
    generated_mock_tool_entries: Annotated[list[MockEntryWrite] | None, if_given(at_most_items(100))] = None
    first_message: Annotated[str | None, NotNull, if_given(at_most(MAX_FIRST_MESSAGE))] = None
    max_duration: Annotated[int | None, if_given(between(10, 3600))] = None
    scenario_language: Annotated[Language | None, NotNull] = None
    simulation_description: Annotated[LongText | None, NotNull] = None
    information_fields: Annotated[dict[str, Any] | None, NotNull] = None


class ScenarioCreate(ScenarioPatch):
    """A scenario by hand. `instructions`, or `conditional_actions` with their type; these may come as JSON
    text in `instructions` as well."""

    name: Annotated[str, NotBlank, at_most(MAX_SCENARIO_NAME)]
    personality: int
    key: Annotated[str, at_most(MAX_KEY)] = ""

    @model_validator(mode="before")
    @classmethod
    def _structure_as_text(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("scenario_type") != "conditional_actions":
            return given
        text, rest = given.get("instructions"), {k: v for k, v in given.items() if k not in DERIVED}
        if "conditional_actions" in given or not isinstance(text, str):
            return rest
        try:
            return {**rest, "conditional_actions": load_json(text)}
        except BadJsonError as error:
            raise wrong(f"instructions: Must be conditional actions as JSON; {error}") from None
