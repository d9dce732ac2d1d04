"""A swim school: who is calling, limits of something else, whole spans, and desks that are not named."""

from __future__ import annotations

import re

import pytest

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

FAMILY = {
    "family_id": "F-210",
    "surname": "Tran",
    "contacts": [{"name": "Linh Tran", "relation": "mother"}],
    "credits_issued": 3,
}
GILL = {"family_id": "F-233", "surname": "Gill", "contacts": [{"name": "Harpreet Gill"}], "credits_issued": 1}
FIND = tool(
    "find_family",
    ({"mobile": "0491570156", "surname": "Tran"}, FAMILY),
    ({"mobile": "0491570737", "surname": "Gill"}, GILL),
)
REPORT = tool("report_absence", *(({"family_id": one}, {"status": "reported"}) for one in ("F-210", "F-233")))
PROMPT = """You answer for a swim school.
# Identify the caller
1. Ask for the mobile number and the family's surname. Look them up with find_family.
{who}
# Missed lesson
{rule}
Call report_absence.
"""
WHO = "2. Ask who is calling. The name must be one of the contacts on the account."


def school(who: str = WHO, rule: str = "") -> AgentModel:
    return agent(PROMPT.format(who=who, rule=rule), FIND, REPORT)


def test_who_is_calling_is_answered_with_a_whole_name_where_the_surname_was_given() -> None:
    given = "Give {{test_profile.full_name}} if asked for the full name"
    asked, unasked = (planned(school(who), "done") for who in (WHO, ""))
    assert {test.profile["full_name"] for test in asked} == {"Linh Tran", "Harpreet Gill"}
    assert all(given in steps(test) for test in asked) and not any(given in steps(test) for test in unasked)


@pytest.mark.parametrize(
    ("rule", "refuses"),
    [
        ("- credits_issued is already 3: no further credit.", False),
        ("- credits_issued is already 3: the absence cannot be reported.", True),
    ],
)
def test_a_limit_of_something_else_refuses_no_deed(rule: str, refuses: bool) -> None:
    assert bool(planned(school(rule=rule), "ruled_out")) is refuses


SLOTS = tool(
    "check_slots",
    ({"date": "2026-11-13"}, {"slots": []}),
    ({"date": "2026-11-12"}, {"slots": [{"slot_id": "S-1", "start": "2026-11-12T15:00:00"}]}),
    described={"date": "The day, YYYY-MM-DD."},
)
BOOK = tool(
    "book_visit",
    ({"slot_id": "S-1"}, {"status": "booked"}),
    described={"slot_id": "slot_id from check_slots"},
)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("If nothing is free, transfer to repairs.", True),
        ("If nothing is free in that time, transfer to repairs.", False),
        ("If nothing is free in the next five working days, transfer to repairs.", False),
    ],
)
def test_one_full_day_is_no_span_without_anything_free(rule: str, told: bool) -> None:
    prompt = (
        f"You answer for a rental shop.\n# Visits\nAsk for the day, call check_slots and book_visit. {rule}"
    )
    found = planned(agent(prompt, SLOTS, BOOK), "nothing_free")
    assert any("transfer" in line for test in found for line in outcome(test)) is told


def test_a_desk_that_is_not_named_is_no_desk_of_an_outcome() -> None:
    failing = tool(
        "find_family",
        *((call.input, call.output) for call in FIND.mock_data),
        ({"mobile": "0491570999", "surname": "Gill"}, {"error": "timeout"}),
    )
    prompt = PROMPT.format(who="", rule="")
    prompt += (
        "# When something fails\n- A tool fails: try once more, then transfer to the desk for that matter."
    )
    told = [line for t in planned(agent(prompt, failing, REPORT), "outage") for line in outcome(t)]
    assert "The main agent should transfer the call." in told


@pytest.mark.parametrize(
    ("noun", "fine"),
    [("the customer number", True), ("the customer care desk", True), ("the customer", False)],
)
def test_a_number_of_customers_is_no_party(noun: str, fine: bool) -> None:
    assert (re.search(load("en", "check")["parties"], noun) is None) is fine
