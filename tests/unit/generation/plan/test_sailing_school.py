"""A sailing school: two deeds with playbooks of their own, what they may take, and what a record settles."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

ADA = {
    "sailor_id": "S-11",
    "name": "Ada Brandt",
    "booking_level": "level_2",
    "medical_form": "complete",
    "open_credits": 1,
}
BEN = {
    **ADA,
    "sailor_id": "S-12",
    "name": "Ben Brandt",
    "booking_level": "level_3",
    "medical_form": "overdue",
}


def _family(*sailors: dict[str, Any]) -> Tool:
    return tool(
        "find_family", ({"family_number": "7714"}, {"family_number": "7714", "sailors": list(sailors)})
    )


COURSES = [
    {"course_id": "C-1", "weekday": "Monday", "time": "10:00"},
    {"course_id": "C-2", "weekday": "Friday", "time": "14:00"},
]
SEARCH = tool(
    "search_places",
    ({"kind": "course", "level": "level_2"}, {"kind": "course", "level": "level_2", "results": COURSES}),
    described={"level": "Exactly as on the record: booking_level for a course."},
    enums={"kind": ["course", "makeup"], "level": ["level_1", "level_2", "level_3"]},
)
COURSE = tool(
    "book_course",
    ({"sailor_id": "S-11", "course_id": "C-1"}, {"status": "booked"}),
    ({"sailor_id": "S-11", "course_id": "C-2", "voucher_code": "V-20"}, {"status": "booked"}),
)
MAKEUP = tool("book_makeup", ({"family_number": "7714"}, {"status": "booked"}))
PROMPT = """You answer for a sailing school.

## Who is calling
Ask for the family number and call find_family.

## Booking a course
Ask which sailor it is for.
- {rule}
Call search_places with the booking_level. {voucher}
Read back the course and get a clear yes, then call book_course.

## Booking a make-up lesson
{makeup}

## Vouchers
{vouchers}
"""


def school(*sailors: dict[str, Any], **parts: str) -> AgentModel:
    said = {"rule": "", "voucher": "", "makeup": "Call book_makeup after a yes.", "vouchers": ""} | parts
    return agent(PROMPT.format(**said), _family(*(sailors or (ADA, BEN))), SEARCH, COURSE, MAKEUP)


def test_a_choice_that_the_schema_has_from_a_field_of_the_record_is_asked_of_nobody() -> None:
    done = planned(school(), "done", "book_course")
    assert done
    assert not [step for test in done for step in steps(test) if "level" in step or "kind" in step]


def test_a_rule_of_one_playbook_refuses_no_deed_of_another() -> None:
    model = school(rule='medical_form is "overdue": the sailor cannot be booked.')
    assert planned(model, "ruled_out", "book_course")
    assert not planned(model, "ruled_out", "book_makeup")
    assert planned(model, "done", "book_makeup")


@pytest.mark.parametrize(
    ("wants", "answers"), [("Ask once whether they want to use a voucher.", {"yes", "no"}), ("", set())]
)
def test_whether_callers_want_what_a_deed_may_take_is_answered_as_it_is_made(
    wants: str, answers: set[str]
) -> None:
    asked = "if asked whether you want to use a voucher"
    tests = planned(school(voucher=wants), "done", "book_course")
    found = {
        ("yes" if "voucher_code" in dict(calls(test))["book_course"] else "no", step)
        for test in tests
        for step in steps(test)
        if asked in step
    }
    assert found == {(answer, f"Say {answer} {asked}") for answer in answers}


def test_what_things_do_not_do_forbids_no_deed() -> None:
    vouchers = "They do not settle open credits and do not buy a course."
    assert planned(school(vouchers=vouchers), "done", "book_course")


@pytest.mark.parametrize(
    ("rule", "read_back"),
    [
        ("Read back day and place and get a yes, then call book_makeup.", True),
        ("Book with book_makeup after a yes, and repeat day and place.", False),
    ],
)
def test_what_is_repeated_behind_the_yes_is_not_read_back_before_it(rule: str, read_back: bool) -> None:
    [test, *_] = planned(school(makeup=rule), "done", "book_makeup")
    assert any("read back day and place and get a yes" in line for line in outcome(test)) is read_back


def test_a_thing_is_called_as_its_heading_writes_it() -> None:
    [test, *_] = planned(school(), "done", "book_makeup")
    assert test.aim == "Book a make-up lesson"
    assert "The main agent should state that the make-up lesson is booked." in outcome(test)


@pytest.mark.parametrize(("rule", "made"), [("", True), ("Do not offer later ones.", False)])
def test_nobody_changes_from_what_may_not_be_offered(rule: str, made: bool) -> None:
    assert bool(planned(school(rule=rule), "changed", "book_course")) is made


def test_which_of_the_caller_s_own_is_answered_where_there_is_one_alone() -> None:
    [test, *_] = planned(school(ADA), "done", "book_course")
    assert any("if asked which sailor it is" in step for step in steps(test))
