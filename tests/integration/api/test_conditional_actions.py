"""Structured scenarios through the real handlers: read, changed, exported, and given the other form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from evalgen.generation.write.script import script_of
from tests.integration.api.client import V1, Api
from tests.integration.api.test_export import export
from tests.integration.api.test_scenarios import SCENARIOS, draft, generated


def condition(number: int, when: str | int, action: str, *, fixed: bool = False) -> dict[str, Any]:
    kind = "action_followup" if isinstance(when, int) else "standard"
    return {"id": number, "condition": when, "action": action, "type": kind, "fixed_message": fixed}


FIRST = condition(0, "FIRST_MESSAGE", "Hello", fixed=True)
STRUCTURE = {
    "role": "You are {{test_profile.name}}.",
    "conditions": [
        FIRST,
        condition(1, "The main agent asks how it can help", "Ask for a refund."),
        condition(2, "The main agent refuses the refund", "Ask once more."),
        condition(3, 2, "Then that is all. <endcall/>", fixed=True),
    ],
}
OTHER = {
    "role": "You are in a hurry.",
    "conditions": [FIRST, condition(1, "It greets", "Hang up. <endcall/>")],
}


def structured(api: Api) -> int:
    instructions, first_message = script_of(STRUCTURE)
    made = replace(
        draft("Refund", "edge"),
        conditional_actions=STRUCTURE,
        instructions=instructions,
        first_message=first_message,
    )
    return generated(api, made, simulation_type="conditional_actions")[0]


def test_it_is_read_as_it_was_made_with_its_reading_beside_it(api: Api) -> None:
    scenario = api.call("GET", f"{SCENARIOS}/{structured(api)}").json
    assert (scenario["scenario_type"], scenario["generation_type"]) == ("conditional_actions", "workflow")
    assert scenario["conditional_actions"] == STRUCTURE
    assert scenario["first_message"] == "Hello"
    assert scenario["instructions"].splitlines() == [
        "You are {{test_profile.name}}.",
        "1. [The main agent asks how it can help] Ask for a refund.",
        "2. [The main agent refuses the refund] Ask once more.",
        "3. [2] Then that is all. <endcall/>",
    ]


def test_a_change_of_the_structure_changes_what_is_derived_of_it(api: Api) -> None:
    one = structured(api)
    changed = api.call("PATCH", f"{SCENARIOS}/{one}", {"conditional_actions": OTHER}).json
    assert changed["conditional_actions"] == OTHER
    assert changed["instructions"] == "You are in a hurry.\n1. [It greets] Hang up. <endcall/>"
    assert api.call("GET", f"{SCENARIOS}/{one}").json == changed


@pytest.mark.parametrize("field", ["instructions", "first_message"])
def test_what_is_derived_is_not_sent(api: Api, field: str) -> None:
    one = structured(api)
    refused = api.call("PATCH", f"{SCENARIOS}/{one}", {field: "1. Go."})
    assert (refused.status, list(refused.json)) == (400, [field])


def test_a_scenario_changes_its_form_with_all_that_the_other_form_needs(api: Api) -> None:
    (one,) = generated(api, draft("Plain"))
    path = f"{SCENARIOS}/{one}"
    assert list(api.call("PATCH", path, {"conditional_actions": OTHER}).json) == ["conditional_actions"]
    sent = {"scenario_type": "conditional_actions", "conditional_actions": OTHER}
    assert api.call("PATCH", path, sent).json["conditional_actions"] == OTHER
    back = api.call("PATCH", path, {"scenario_type": "instruction"})
    assert (back.status, list(back.json)) == (400, ["instructions"])
    plain = api.call("PATCH", path, {"scenario_type": "instruction", "instructions": "1. Go."}).json
    assert (plain["conditional_actions"], plain["instructions"]) == (None, "1. Go.")


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ([], "Must begin"),
        ([condition(1, "FIRST_MESSAGE", "", fixed=True)], "conditions[0]: id"),
        ([condition(0, "It greets", "", fixed=True)], "conditions[0]: Must be FIRST_MESSAGE"),
        ([condition(0, "FIRST_MESSAGE", "")], "conditions[0]: Must be FIRST_MESSAGE"),
        ([FIRST, condition(2, "It greets", "Go.")], "conditions[1]: id"),
        ([FIRST, condition(1, "It greets", " ")], "conditions[1]: action"),
        ([FIRST, condition(1, " ", "Go.")], "conditions[1]: condition"),
        ([FIRST, condition(1, 1, "Go.")], "conditions[1]: condition"),
        ([FIRST, {**condition(1, 0, "Go."), "type": "standard"}], "conditions[1]: condition"),
        (
            [FIRST, {**condition(1, "It greets", "Go."), "type": "action_followup"}],
            "conditions[1]: condition",
        ),
    ],
)
def test_a_wrong_structure_is_named_by_its_place(
    api: Api, conditions: list[dict[str, Any]], told: str
) -> None:
    one = structured(api)
    body = {"conditional_actions": {"role": "You call.", "conditions": conditions}}
    refused = api.call("PATCH", f"{SCENARIOS}/{one}", body)
    assert refused.status == 400
    assert told in refused.json["conditional_actions"][0]


def test_a_suite_has_the_structure_in_place_of_instructions(api: Api) -> None:
    one = structured(api)
    suite = export(api, [one], "json").json
    jsonschema.validate(suite, api.call("GET", f"{V1}/scenarios/json_schema/").json)
    (scenario,) = suite["scenarios"]
    assert (scenario["type"], scenario["language"]) == ("conditional_actions", "en")
    assert scenario["conditional_actions"] == STRUCTURE
    assert not {"instructions", "first_message"} & scenario.keys()


def test_the_served_schema_wants_one_form_whole(api: Api) -> None:
    schema = api.call("GET", f"{V1}/scenarios/json_schema/").json
    for scenario in ({"name": "A"}, {"name": "A", "type": "conditional_actions", "language": "en"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"version": "1", "scenarios": [scenario]}, schema)
