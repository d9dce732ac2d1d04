"""What a playbook fixes decides which calls belong to its task; what closes a deed is not passed over."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

TODAY = "You answer for a piano workshop. Today is Monday, 4 May 2026.\n\n"
WHO = "# Who is calling\nAsk for the piano number and call get_piano. Ask for the last name on it.\n\n"
PIANO = tool(
    "get_piano",
    (
        {"piano_number": "30417"},
        {"piano_number": "30417", "last_name": "Vance", "area": "hill", "visit_day": "2026-05-19"},
    ),
)


def slot(number: str, day: str) -> dict[str, str]:
    return {"slot_id": number, "date": day}


def desk(book: str, more: str = "") -> AgentModel:
    listed = tool(
        "list_slots",
        ({"piano_number": "30417", "work": "tuning"}, {"slots": [slot("T-1", "2026-05-11")]}),
        ({"piano_number": "30417", "work": "moving"}, {"slots": [slot("M-1", "2026-05-13")]}),
        enums={"work": ["tuning", "moving"]},
    )
    booked = tool(
        "book_slot",
        ({"piano_number": "30417", "slot_id": "T-1"}, {"status": "booked", "date": "2026-05-11"}),
        ({"piano_number": "30417", "slot_id": "M-1"}, {"status": "booked", "date": "2026-05-13"}),
    )
    return agent(f"{TODAY}{WHO}# Book a tuning\n{book}\n\n{more}", PIANO, listed, booked)


BOOK = 'Call list_slots with work "tuning". Get a yes, then call book_slot.'


def test_a_choice_that_the_playbook_names_decides_which_calls_are_of_its_task() -> None:
    model = desk(BOOK, '# Book a move\nCall list_slots with work "moving". Get a yes, then call book_slot.')
    tests = planned(model, "done", "book_slot")
    assert tests
    asked = [given["work"] for test in tests for name, given in calls(test) if name == "list_slots"]
    assert set(asked) == {"tuning"}


def test_what_explains_one_thing_ends_no_list_of_what_is_read_back() -> None:
    model = desk(
        'Call list_slots with work "tuning". Read back day, hour (morning is 8 to 12, afternoon 12 to 5) and '
        "charge, get a clear yes, then call book_slot."
    )
    test = planned(model, "done", "book_slot")[0]
    assert any("read back day, hour and charge and get a yes" in line for line in outcome(test))


def moves(rules: str, title: str = "Move a visit", wish: str = "move_visit") -> AgentModel:
    moved: dict[str, Any] = {"status": "moved", "new_day": "2026-05-27"}
    made = tool(wish, ({"piano_number": "30417", "new_day": "2026-05-27"}, moved))
    return agent(
        f"{TODAY}{WHO}# {title}\nAsk for the new day. {rules} Get a yes, then call {wish}.", PIANO, made
    )


@pytest.mark.parametrize(
    ("rule", "played"),
    [
        ("Under 7 days: the visit can't be moved.", True),
        ("Under 30 days: the visit can't be moved.", False),
        ("A grand on an upper floor: you can't move it.", False),
    ],
)
def test_what_closes_a_deed_is_known_not_to_hold_or_the_deed_is_silent(rule: str, played: bool) -> None:
    assert bool(planned(moves(f"\n- {rule}\n-"), "done", "move_visit")) is played


def test_a_task_of_one_thing_or_another_is_asked_for_by_nobody() -> None:
    assert planned(moves(""), "done", "move_visit")
    assert not planned(moves("", "Move a tuning or a repair visit"), "done", "move_visit")


def test_agreement_to_a_fee_has_an_answer() -> None:
    model = moves("Say the fee and get agreement to it before you look at the diary.")
    assert "Say yes if asked whether to go on" in steps(planned(model, "done", "move_visit")[0])


def test_a_choice_was_offered_in_the_list_of_its_day_and_of_the_area_on_record() -> None:
    windows = tool(
        "get_windows",
        ({"area": "dale", "date": "2026-05-12"}, {"open_windows": ["08-10"]}),
        ({"area": "hill", "date": "2026-05-14"}, {"open_windows": ["08-10"]}),
        enums={"area": ["hill", "dale"]},
    )
    booked = tool(
        "book_visit",
        ({"piano_number": "30417", "date": "2026-05-14", "window": "08-10"}, {"status": "booked"}),
        described={"window": "As returned by get_windows."},
        enums={"window": ["08-10", "10-12"]},
    )
    model = agent(
        f"{TODAY}{WHO}# Book a visit\nCall get_windows. Then call book_visit.", PIANO, windows, booked
    )
    [test, *_] = planned(model, "done", "book_visit")
    assert ("get_windows", {"area": "hill", "date": "2026-05-14"}) in calls(test)
    assert not any("area" in step for step in steps(test))


def test_an_id_that_is_a_name_is_asked_for_without_a_number() -> None:
    hired = tool("hire_piano", ({"piano_number": "30417", "room_id": "attic"}, {"status": "hired"}))
    model = agent(f"{TODAY}{WHO}# Hire a piano\nAsk for the room. Then call hire_piano.", PIANO, hired)
    said = "\n".join(steps(planned(model, "done", "hire_piano")[0]))
    assert "the room" in said
    assert "room number" not in said


@pytest.mark.parametrize(
    ("record", "played"),
    [
        ({"status": "ready", "delivery": None}, True),
        ({"status": "waiting", "delivery": None}, False),
        ({"status": "ready", "delivery": {"day": "2026-05-12"}}, False),
    ],
)
def test_a_deed_only_for_some_records_is_played_with_those(record: dict[str, Any], played: bool) -> None:
    piano = tool(
        "get_piano", ({"piano_number": "30417"}, {"piano_number": "30417", "last_name": "Vance"} | record)
    )
    other = ({"piano_number": "30990"}, {"last_name": "Ahl", "status": "ready", "delivery": None})
    piano = tool("get_piano", (piano.mock_data[0].input, piano.mock_data[0].output), other)
    booked = tool("book_delivery", ({"piano_number": "30417"}, {"status": "booked", "reference": "DL-77"}))
    only = 'Only for a piano with status "ready" and without a delivery booking.'
    book = f"# Book a delivery\n{only} Get a yes, then call book_delivery."
    assert bool(planned(agent(f"{TODAY}{WHO}{book}", piano, booked), "done")) is played
