"""Records that a description lists as matches, each with its fields: what is told of whom is found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PROMPT = "You answer for a dance school in Boise. Ask for the last name and find them with find_student."
HAS = (
    "student_id, first name, whether they are new, missed lessons, next lesson "
    "and dance club membership expiry"
)
OPENINGS = tool(
    "list_openings",
    None,
    "List the openings of a day. Returns opening_id, time and teacher for each.",
    date={**TEXT, "format": "date"},
)
BOOK = tool(
    "book_lesson",
    None,
    "Book a lesson.",
    opening_id={**TEXT, "description": "From list_openings"},
    student_name=TEXT,
    phone=TEXT,
)
NEXT = {**TEXT, "description": "The next lesson, from find_student"}
CANCEL = tool("cancel_lesson", None, "", lesson_id=NEXT)


def _records(about: str) -> list[dict[str, Any]]:
    find = tool("find_student", None, about, last_name=TEXT)
    made = calls(invented(agent(PROMPT, find, OPENINGS, BOOK, CANCEL)), "find_student")
    return [call.output for call in made[:3]]


@pytest.mark.parametrize(
    "matches", ["a list of matching students", "matching students", "an array of students"]
)
def test_a_match_has_all_that_the_description_lists_and_nothing_else(matches: str) -> None:
    for record in _records(f"Find students by last name. Returns {matches}, each with {HAS}."):
        assert set(record) == {
            "student_id",
            "full_name",
            "first_name",
            "new",
            "missed_lessons",
            "membership_expiry",
            "lessons",
        }
        assert record["full_name"].startswith(record["first_name"])
        assert record["student_id"].startswith("student_")
        assert record["missed_lessons"] == 0


def test_what_later_deeds_cancel_has_its_day_and_time_and_whom_the_openings_name() -> None:
    for record in _records(f"Find students. Returns a list of matching students, each with {HAS}."):
        [lesson] = record["lessons"]
        assert set(lesson) == {"lesson_id", "datetime", "teacher"}


def test_what_comes_next_is_told_by_its_moment_where_it_has_no_number() -> None:
    find = tool("find_student", None, f"Find a student. Returns {HAS}.", last_name=TEXT)
    [record, *_] = calls(invented(agent(PROMPT, find, OPENINGS, BOOK)), "find_student")
    assert record.output["next_lesson"].startswith("2027-03-09T")


def test_a_name_that_is_asked_for_is_no_kind_of_what_is_listed() -> None:
    pets = tool("list_pets", None, "Returns a list of pets with name and species.", last_name=TEXT)
    [first, *_] = calls(invented(agent("You run a vet's desk.", pets)), "list_pets")
    assert {pet["name"] for pet in first.output["pets"]} == {"Biscuit", "Pepper"}
