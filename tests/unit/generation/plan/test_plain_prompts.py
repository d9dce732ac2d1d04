"""Agents without tools: what they ask every caller, tell in a case, state to everybody."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, outcome, planned, steps

INTAKE = """You answer calls for a heating company in Jefferson County.

Intake:
1. Ask what the problem is.
2. Ask for the caller's full name.
3. Ask for the best phone number.
4. Ask for the service address.
5. Ask how old the system is.
6. Tell the caller that a technician will call back by 8 AM.

Emergencies:
If there's a gas smell, tell the caller to leave the house and call 911.
"""


def _first(prompt: str, family: str) -> Test:
    return planned(agent(prompt), family)[0]


def test_an_intake_is_answered_to_its_end() -> None:
    test = _first(INTAKE, "intake")
    assert steps(test) == [
        "Say that the air conditioner rattles loudly when opening",
        "Give {{test_profile.full_name}} when asked for the name",
        "Give {{test_profile.phone}} when asked for the phone number",
        "Give {{test_profile.address}} when asked for the address",
        "Give {{test_profile.age_of_system}} when asked for the age of the system",
        "End the call when told that a technician will call back",
    ]
    assert outcome(test) == [
        "The main agent should tell the testing agent that a technician will call back by 8 AM.",
        "The main agent should ask for the name and the phone number.",
        "The main agent should ask for the address and the age of the system.",
    ]


def test_a_caller_lives_where_the_agent_serves() -> None:
    assert str(_first(INTAKE, "intake").profile["address"]).endswith(", Jefferson County")


@pytest.mark.parametrize(
    "changed",
    [
        INTAKE.replace("how old the system is", "which colour the door has"),
        INTAKE.replace("6. Tell the caller that a technician will call back by 8 AM.", ""),
        INTAKE.replace("heating", "candle"),
    ],
    ids=["a question that nobody knows", "no end that is certain", "a trade that nobody knows"],
)
def test_an_intake_that_is_not_certain_gives_no_test(changed: str) -> None:
    assert planned(agent(changed), "intake") == []


@pytest.mark.parametrize(
    "prompt",
    [
        """You answer calls about heating.
Ask for:
- full name
- phone number
- service address

Then tell the caller that a technician will call back.""",
        """You answer calls about heating. Ask these questions:
- What is your full name?
- What is your phone number?
- What is your address?

When you have everything, tell the caller that a technician will call back.""",
    ],
)
def test_lists_and_questions_are_intakes_too(prompt: str) -> None:
    assert {"full_name", "phone", "address"} <= _first(prompt, "intake").profile.keys()


def test_labels_are_headings_where_nothing_else_is_one() -> None:
    test = _first(INTAKE, "case")
    assert steps(test)[0] == "Say that there is a gas smell when opening"
    assert outcome(test) == ["The main agent should tell the testing agent to leave the house and call 911."]


def test_hours_and_prices_of_a_prompt_are_asked_for_in_one_call() -> None:
    prompt = "You answer the phone for a barber.\nHours: Tuesday to Friday 9 till 6.\nAddress: 12 Mill Street"
    (test,) = planned(agent(prompt), "question")
    assert outcome(test) == [
        "The main agent should state that the opening hours are `Tuesday to Friday 9 till 6`.",
        "The main agent should state that the address is `12 Mill Street`.",
    ]


def test_what_a_prompt_says_to_everybody_is_asked_also_where_it_has_no_value() -> None:
    model = agent(
        "You answer for a garden.\n\n# About\nThere are no Sunday pickups. Weed killers are not allowed."
    )
    [test] = planned(model, "question")
    assert outcome(test) == [
        "The main agent should explain that there are no Sunday pickups.",
        "The main agent should explain that weed killers are not allowed.",
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "An engineer cannot be booked for an outage, however much the caller insists.",
        "There is no meter to read.",
        "There are no exceptions for spouses.",
        "The record is locked on Sundays.",
    ],
)
def test_what_only_the_agent_goes_by_is_no_question(fact: str) -> None:
    assert not planned(agent(f"You answer for a garden.\n\n# About\n{fact}"), "question")
