"""A test as conditional actions, by the field's authoring rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.contract.scenarios import ConditionalActionsWrite
from evalgen.generation.plan.test import Attack, Moment, Setting, Step, Test
from tests.unit.generation.by_hand import TEST, drafted

OPENS = Setting(agent_opens=True)


def structure(test: Test = TEST, **brief: Any) -> dict[str, Any]:
    draft = drafted(test, simulation_type="conditional_actions", **brief)
    assert draft.conditional_actions is not None
    ConditionalActionsWrite.model_validate(draft.conditional_actions, strict=True)
    return draft.conditional_actions


def told(number: int, test: Test = TEST) -> tuple[Any, str, str, bool]:
    one = structure(test)["conditions"][number]
    assert one["id"] == number
    return one["condition"], one["action"], one["type"], one["fixed_message"]


def test_a_moment_becomes_what_the_main_agent_does_and_the_action_an_instruction() -> None:
    assert told(1) == (
        "The main agent asks how it can help", "Ask to have a flat tyre repaired.", "standard", False
    )  # fmt: skip
    assert told(2) == (
        "The main agent asks for the phone number",
        "Give {{test_profile.phone}}.",
        "standard",
        False,
    )


def test_it_begins_with_the_first_message_and_ends_the_call_in_a_fixed_message() -> None:
    assert told(0) == ("FIRST_MESSAGE", "Hello", "standard", True)
    assert structure(setting=OPENS)["conditions"][0]["action"] == ""
    condition, action, kind, fixed = told(6)
    assert (condition, kind, fixed) == ("The main agent states that the repair is booked", "standard", True)
    assert action.endswith("<endcall/>")


def test_pressure_and_repeated_moments_come_at_the_next_turn() -> None:
    steps = (
        *TEST.steps[:2],
        Step("Ask all the same", Moment("refused", "the repair")),
        Step("Ask once more", Moment("refused", "again")),
        Step("Give {{test_profile.phone}} again", Moment("asked", "for the phone number")),
        TEST.steps[-1],
    )
    test = replace(TEST, steps=steps)
    assert told(3, test)[0] == "The main agent refuses the repair"
    assert told(4, test)[::2] == (3, "action_followup")
    assert told(5, test)[::2] == (4, "action_followup")


def test_what_comes_at_the_next_turn_follows_a_moment_that_is_sure_to_come() -> None:
    steps = (
        *TEST.steps[:2],
        Step("Say the name", Moment("asked", "for the name", standing=True)),
        Step("Insist", Moment("told", "a second time that nothing is found")),
        TEST.steps[-1],
    )
    test = replace(TEST, steps=steps)
    assert told(3, test)[::2] == ("The main agent asks for the name", "standard")
    assert told(4, test)[::2] == (2, "action_followup")


def test_words_to_say_as_they_stand_are_a_fixed_message() -> None:
    steps = (
        *TEST.steps[:2],
        Step('Say "July eighth. No, July ninth."', Moment("asked", "for the day")),
        TEST.steps[-1],
    )
    assert told(3, replace(TEST, steps=steps))[1::2] == ("July eighth. No, July ninth.", True)


def test_the_role_says_whom_the_caller_plays() -> None:
    assert structure()["role"].startswith("You are {{test_profile.name}}, ")
    assert "test_profile" not in structure(replace(TEST, profile={"phone": "5550100200"}))["role"]
    attack = Attack("off_task", "plain", "aim", persona="You are a colleague in a hurry.")
    assert structure(replace(TEST, attack=attack))["role"] == "You are a colleague in a hurry."
    assert structure(replace(TEST, language="es"))["role"].startswith("Eres {{test_profile.name}} ")


def test_instructions_and_first_message_are_its_reading_and_the_rest_is_the_same_test() -> None:
    draft, plain = drafted(simulation_type="conditional_actions"), drafted()
    assert draft.first_message == "Hello"
    assert draft.instructions.splitlines()[2] == (
        "2. [The main agent asks for the phone number] Give {{test_profile.phone}}."
    )
    for field in ("name", "expected_outcome", "tool_ids", "assertions", "mock_entries", "key"):
        assert getattr(draft, field) == getattr(plain, field)
