"""A line for tables at three places, without mock data: their hours, states, codes, sums and changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import outcome, planned, steps
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 1, "maximum": 20}
VENUE = {"type": "string", "enum": ["pier_nine", "old_mill", "attic"]}
HOURS = """
# Venues
Pier Nine: seafood. Dinner Wednesday to Sunday, seatings 5:00 to 9:00 PM. Up to 12 guests.
Old Mill: dinner every night, closed Monday, 4:30 to 9:30 PM; brunch Saturday and Sunday, 9:00 AM to 1:30 PM.
The Attic: Thursday to Saturday, two seatings, 5:30 and 8:15 PM.
The Attic: $75 a guest.
"""
PROMPT = f"""You take calls about tables at three venues.

It is Thursday, October 15, 2026.
{HOURS}
# Booking
You need the venue, date, rough time, party size, and then a full name and a phone number.
Offer only times that search_tables gave you.
Say back venue, day, time and name, and wait for a clear yes before you create anything.

# Deposits
1 to 8 guests: no deposit. 9 to 20 guests: $25 a guest.

# Changes
Another venue is a new booking: make the new one, then cancel the old one, and get a yes covering both.
"""
CREATES = "Books a slot. Returns booking_id, confirmation_code, status (held or confirmed); or error full."


def venues(
    prompt: str = PROMPT, change: str = "Changes a booking. Returns status (changed or pending)."
) -> Any:
    return agent(
        prompt,
        tool(
            "find_bookings",
            ["phone"],
            "Upcoming bookings by phone. Returns a list: booking_id, confirmation_code, venue, date, time, "
            "party_size, status (confirmed, held), deposit_amount, deposit_paid.",
            phone=TEXT,
            confirmation_code={"type": "string", "description": "Six letters."},
        ),
        tool(
            "search_tables",
            ["venue", "date", "party_size"],
            "Open tables for a date. Returns slots: slot_id, time, deposit_per_guest. Empty if none.",
            venue=VENUE,
            date={"type": "string", "description": "YYYY-MM-DD."},
            party_size=COUNT,
            around_time={"type": "string", "description": "HH:MM, 24-hour. Omit for the whole day."},
        ),
        tool(
            "create_booking",
            None,
            CREATES,
            slot_id=TEXT,
            venue=VENUE,
            party_size=COUNT,
            full_name=TEXT,
            phone=TEXT,
        ),
        tool("change_booking", ["booking_id"], "Changes a booking.", booking_id=TEXT, party_size=COUNT),
    )


@pytest.fixture(scope="module")
def made() -> Any:
    return invented(venues())


def _listed(made: Any, name: str) -> list[dict[str, Any]]:
    outputs = [call.output for call in calls(made, name) if "error" not in call.output]
    return [
        one for output in outputs for found in output.values() if isinstance(found, list) for one in found
    ]


def test_a_time_that_is_needed_is_said_and_what_is_free_is_near_it(made: Any) -> None:
    for call in calls(made, "search_tables")[:3]:
        free = [one["time"] for one in call.output["available_tables"]]
        assert call.input["around_time"] in free and max(free) <= "21:30"


OPEN = {
    "pier_nine": ({2, 3, 4, 5, 6}, "17:00", "21:00"),
    "old_mill": ({1, 2, 3, 4, 5, 6}, "16:30", "21:30"),
    "attic": ({3, 4, 5}, "17:30", "20:15"),
}


def test_what_is_free_at_a_place_is_on_its_days_and_in_its_hours(made: Any) -> None:
    for call in calls(made, "search_tables")[:3]:
        days, first, last = OPEN[call.input["venue"]]
        assert date.fromisoformat(call.input["date"]).weekday() in days
        assert all(first <= one["time"] <= last for one in call.output["available_tables"])
        if call.input["venue"] == "attic":
            assert {one["time"] for one in call.output["available_tables"]} == {"17:30", "20:15"}


def test_how_long_something_takes_are_no_hours() -> None:
    text = (
        "You book paint jobs. Today is Monday, March 1, 2027.\nSedan: 3 to 5 hours, $400.\nVan: from 4 to 8."
    )
    kinds = {"type": "string", "enum": ["sedan", "van"]}
    booked = tool(
        "book_job", None, "Books a job.", kind=kinds, start={"type": "string", "description": "HH:MM"}
    )
    made = calls(invented(agent(text, booked)), "book_job")
    assert made and all("09:00" <= call.input["start"] <= "17:00" for call in made)


def test_what_is_on_record_at_a_place_is_on_its_days_and_in_its_hours(made: Any) -> None:
    for one in _listed(made, "find_bookings"):
        days, first, last = OPEN[one["venue"]]
        assert date.fromisoformat(one["date"]).weekday() in days and first <= one["time"] <= last


def test_a_deed_answers_the_listed_state_in_which_it_is_done_and_the_code_that_is_promised(made: Any) -> None:
    for call in calls(made, "create_booking"):
        assert call.output["status"] == "confirmed"
        assert call.output["booking_id"] and len(call.output["confirmation_code"]) == 6


def test_a_deed_that_lists_no_state_in_which_it_is_done_is_left_out() -> None:
    held = tool("create_booking", None, "Books it. Returns status (pending, waitlisted).", full_name=TEXT)
    assert calls(invented(agent("You take calls about tables.", held)), "create_booking") == ()


def test_of_a_sum_for_which_the_prompt_has_rules_an_answer_says_nothing(made: Any) -> None:
    told = [*_listed(made, "find_bookings"), *_listed(made, "search_tables")]
    assert told and not any(key.startswith("deposit") for one in told for key in one)


def test_a_rate_is_a_sum_and_never_the_name_of_whom_it_is_for() -> None:
    free = _listed(invented(venues("You take calls about tables at three venues.")), "search_tables")
    assert free and all(isinstance(one["deposit_per_guest"], int | float) for one in free)


def test_a_change_to_what_is_on_record_is_none_and_left_out(made: Any) -> None:
    assert calls(made, "change_booking") == ()
    assert any(text.startswith("change_booking") and "on record" in text for text in made.warnings)


def test_a_yes_that_a_rule_wants_before_a_deed_is_said_though_its_part_names_a_look_up(
    made: Any,
) -> None:
    booked = planned(read_agent(made.definition), "done", "create_booking")
    assert booked
    for test in booked:
        assert any(step.startswith("Say yes when asked whether to") for step in steps(test))
        assert any("get a yes before" in line for line in outcome(test))


def test_a_yes_that_covers_two_deeds_is_wanted_for_neither_alone() -> None:
    text = venues().description
    other = agent(
        text,
        tool("find_bookings", None, "Finds bookings by phone. Returns booking_id, date.", phone=TEXT),
        tool("change_booking", None, "Changes a booking.", booking_id=TEXT, full_name=TEXT),
        tool("cancel_booking", None, "Cancels a booking.", booking_id=TEXT),
        tool("create_booking", None, "Books it.", full_name=TEXT, phone=TEXT),
    )
    model = read_agent(invented(other).definition)
    undone = [test for name in ("change_booking", "cancel_booking") for test in planned(model, "done", name)]
    assert undone
    for test in undone:
        assert not any("get a yes" in line for line in outcome(test))
