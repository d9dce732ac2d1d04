"""Hours that a prompt states for one thing alone are those of what is on offer, under that thing's name."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import steps
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
DAY = {**TEXT, "description": "YYYY-MM-DD"}
PROMPT = """You answer for a boat yard, open Monday to Friday from 8:00 to 18:00. {hours}

# Who is calling
Ask for the last name and call find_owner.

# Booking
Ask for the day and call list_slots. Read the slot back and get a yes. Then call book_slot.
"""
FIND = tool("find_owner", None, "Returns owner_id and jobs (job_id, date, drop_off).", last_name=TEXT)
SLOTS = tool(
    "list_slots",
    None,
    "Free slots of a day. Each slot has slot_id, date, drop_off and crane_free.",
    date=DAY,
)
BOOK = tool(
    "book_slot",
    None,
    "Books a free slot.",
    owner_id={**TEXT, "description": "From find_owner."},
    slot_id={**TEXT, "description": "From list_slots."},
)
STATED = "Boats are dropped off between 8:00 and 9:30."


def _agent(hours: str) -> AgentDefinition:
    return agent(PROMPT.format(hours=hours), FIND, SLOTS, BOOK)


def test_what_is_on_offer_and_on_record_keeps_to_the_hours_that_the_prompt_states_for_it() -> None:
    made = invented(_agent(STATED))
    slots = calls(made, "list_slots")[0].output["slots"]
    assert [(slot["date"], slot["drop_off"]) for slot in slots] == [
        ("2027-03-04", "08:00"),
        ("2027-03-04", "08:30"),
        ("2027-03-04", "09:00"),
    ]
    on_record = [job["drop_off"] for c in calls(made, "find_owner")[:3] for job in c.output.get("jobs", ())]
    assert on_record
    assert set(on_record) <= {"08:00", "08:30", "09:00", "09:30"}


@pytest.mark.parametrize(
    "hours", ["", "Boats are dropped off 3 to 5 days before.", "Collection: 8:00 to 9:30."]
)
def test_without_such_hours_there_is_no_such_field(hours: str) -> None:
    slots = calls(invented(_agent(hours)), "list_slots")[0].output["slots"]
    assert all("drop_off" not in slot for slot in slots)


def test_the_hours_of_a_place_are_none_of_a_field_that_is_called_like_it() -> None:
    slots = tool("list_slots", None, "Free slots of a day. Each slot has slot_id, date and berth.", date=DAY)
    definition = agent(PROMPT.format(hours="The berth is open between 8:00 and 17:30."), FIND, slots, BOOK)
    assert all("berth" not in one for one in calls(invented(definition), "list_slots")[0].output["slots"])


def test_a_thing_on_record_is_not_said_to_be_free() -> None:
    jobs = [j for c in calls(invented(_agent(STATED)), "find_owner") for j in c.output.get("jobs", ())]
    assert all("crane_free" not in job for job in jobs)


def test_the_only_time_beside_a_day_is_what_callers_choose_by() -> None:
    test = next(t for t in ordered(read_agent(_agent(STATED)), "seed") if t.key.startswith("done:book_slot"))
    assert any("the slot at {{test_profile.time}}" in step for step in steps(test))
