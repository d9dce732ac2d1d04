"""On which days invented callers come, and for what: as the prompt has it for days and ages."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from evalgen.generation.read.invented.calendar import calendar_of
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("prompt", "language", "days"),
    [
        ("Lessons are given only on Tuesdays and Thursdays.", "en", {TUESDAY, THURSDAY}),
        ("We deliver Tuesday, Wednesday or Friday only.", "en", {TUESDAY, WEDNESDAY, FRIDAY}),
        ("Solo atendemos los martes y jueves.", "es", {TUESDAY, THURSDAY}),
    ],
)
def test_where_there_are_only_some_days_callers_come_on_those(
    prompt: str, language: str, days: set[int]
) -> None:
    calendar = calendar_of(prompt, language)
    assert {calendar.day(number).weekday() for number in range(9)} == days


@pytest.mark.parametrize(
    ("prompt", "language", "days"),
    [
        ("Lessons may be booked up to 60 days ahead.", "en", 60),
        ("Lessons may be booked at most 2 weeks in advance.", "en", 14),
        ("Se puede reservar hasta con 10 días de antelación.", "es", 10),
    ],
)
def test_how_far_ahead_days_go_is_no_notice_and_is_kept(prompt: str, language: str, days: int) -> None:
    calendar = calendar_of(prompt, language)
    usual = calendar_of("Lessons.", language)
    assert calendar.notice == usual.notice
    latest = calendar.today + timedelta(days=days)
    assert all(calendar.day(number) <= latest for number in range(60))


def test_a_notice_is_still_one() -> None:
    assert calendar_of("We need 5 days notice.", "en").notice == 6


def _kinds(prompt: str, **more: dict[str, str]) -> set[str]:
    kind = {**TEXT, "enum": ["adult_class", "junior_class", "private"]}
    book = tool("book_class", None, "", (), full_name=TEXT, date_of_birth=TEXT, kind=kind, **more)
    return {call.input["kind"] for call in calls(invented(agent(prompt, book)), "book_class")}


def test_a_choice_for_another_age_is_not_made_for_a_caller() -> None:
    assert _kinds("You book classes.") == {"adult_class", "junior_class", "private"}
    assert _kinds("Those under 12 get the junior class, and others the adult class.") == {
        "adult_class",
        "private",
    }
    assert _kinds("The private class is for 80-year-olds. A minor gets the junior class.") == {
        "adult_class",
        "private",
    }


def test_a_choice_for_a_child_of_the_caller_s_stays() -> None:
    prompt = "You book classes for families. Those under 12 get the junior class."
    assert "junior_class" in _kinds(prompt, child_date_of_birth=TEXT)


@pytest.mark.parametrize(
    ("says", "language", "hours"),
    [
        ("Visits are Tuesday to Friday, 10 AM to 4 PM.", "en", (time(10), time(16))),
        ("Groups of 9 to 20 guests book 24 hours ahead.", "en", (time(9), time(17))),
        ("Hay citas de martes a sábado, de 10 a 16.", "es", (time(10), time(16))),
        ("El horario de grupos de 11 a 20 personas lo da la oficina.", "es", (time(9), time(17))),
    ],
)
def test_hours_stand_beside_days_and_are_no_numbers_of_people(
    says: str, language: str, hours: tuple[time, time]
) -> None:
    assert calendar_of(says, language).hours == hours


def test_who_looks_for_an_opening_looks_at_one_day() -> None:
    day = {"type": "string", "description": "YYYY-MM-DD"}
    search = tool("list_slots", about="Free slots over a span of days.", date_from=day, date_to=day)
    made = calls(invented(agent("You book visits.", search)), "list_slots")
    assert made and all(call.input["date_from"] == call.input["date_to"] for call in made)
