"""Calls that the agent places: whom it calls hears first what the call is about."""

from __future__ import annotations

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.embedded import plan_job, write_scenario
from evalgen.generation.plan.test import Test
from evalgen.generation.read.invented.variables import variable_of

APPOINTMENT = {"appointment_id": {"type": "string"}}
DAY = {"date_of_birth": {"type": "string", "description": "YYYY-MM-DD"}}


def tool(number: int, name: str, about: str, **given: dict[str, str]) -> Tool:
    schema = {"type": "object", "properties": given, "required": list(given)}
    return Tool(number, name, about, schema)


PROMPT = """You are Riley, {how}.
The appointment {{{{appointment_id}}}} is that of {{{{patient_name}}}}.

## Identity
- Ask for the date of birth and check it with verify_patient before anything else.
- If it is the wrong person, ask when to call again and call schedule_callback.

## Appointment
- If they want to cancel the appointment, call cancel_appointment.
- If they ask if you are a robot, say that you are an automated assistant.
"""


def scenarios(how: str) -> dict[str, tuple[Test, str]]:
    """By the family the first test, and its instructions."""
    tools = (
        tool(1, "verify_patient", "Checks the date of birth", **APPOINTMENT, **DAY),
        tool(2, "schedule_callback", "Schedules another call", **APPOINTMENT),
        tool(3, "cancel_appointment", "Cancels the appointment", **APPOINTMENT),
    )
    prompt = PROMPT.format(how=how)
    agent = AgentDefinition(name="Riley", language="en", description=prompt, tools=tools)
    brief = Brief(10, "s", (Personality(1, "p", "en"),), scenario_type="workflow")
    planned = plan_job(agent, brief)
    found: dict[str, tuple[Test, str]] = {}
    for test in planned.slots:
        if isinstance(test, Test):
            text = write_scenario(test, brief, planned.setting, brief.personalities[0]).instructions
            found.setdefault(test.key.partition(":")[0], (test, text))
    return found


@pytest.fixture(scope="module")
def called() -> dict[str, tuple[Test, str]]:
    """Those of the person whom the agent calls."""
    found = scenarios("calling on behalf of Northgate Orthopedics to remind patients of appointments")
    return {family: one for family, one in found.items() if family != "picks_up"}


def test_a_called_person_asks_when_told_what_the_call_is_about(called: dict[str, tuple[Test, str]]) -> None:
    for _, text in called.values():
        assert "when told what the call is about" in text.splitlines()[0]
        assert "2. Say yes if asked whether you are {{test_profile.full_name}}" in text


def test_a_called_person_is_the_one_whom_the_agent_was_given(called: dict[str, tuple[Test, str]]) -> None:
    for test, _ in called.values():
        assert test.profile["full_name"] == test.variables["patient_name"]


def test_assertions_keep_the_steps_that_cause_them(called: dict[str, tuple[Test, str]]) -> None:
    test, _ = called["done"]
    done = next(a for a in test.assertions if "is cancelled" in a.text)
    assert done.caused_by_step > 2


def test_who_calls_an_agent_says_nothing_on_picking_up() -> None:
    texts = [text for _, text in scenarios("the phone agent of Northgate Orthopedics").values()]
    assert texts
    assert not any("whether you are {{" in text or "what the call is about" in text for text in texts)


def test_a_look_up_under_identity_holds_for_all_deeds(called: dict[str, tuple[Test, str]]) -> None:
    test, _ = called["done"]
    assert [call.tool for call in test.calls] == ["verify_patient", "cancel_appointment"]


def test_nobody_asks_for_anything_who_may_not_have_heard_what_the_call_is_about(
    called: dict[str, tuple[Test, str]],
) -> None:
    assert not {"not_verified", "outage"} & called.keys()
    assert {"not_verified", "outage"} <= scenarios("the phone agent of Northgate Orthopedics").keys()


def test_the_time_of_the_appointment_that_the_agent_calls_about_lies_within_the_hours() -> None:
    prompt = "You are Riley, calling patients. We are open Monday to Friday, 9 AM to 5 PM."
    times = [variable_of("appointment_time", "", prompt, "en", number) for number in range(3)]
    assert all("09:00" <= time <= "17:00" for time in times)
    assert len(set(times)) == len(times)
