"""Records that are described as they are in an export: lists in brackets, flags, days that have been."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evalgen.generation.read.invented.variables import variable_of
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PROMPT = """You answer for a veterinary clinic. Today is Monday 1 March 2027.
Identify the caller with find_client. To cancel: ask the reason, then cancel_visit.
controlled = true (phenobarbital, tramadol): take a message. Refrigerated items (insulin) are pickup only.
refills_remaining above 0; at the earliest 7 days before last_fill_date plus days_supply.
"""
FIND = tool(
    "find_client",
    None,
    "Find a client account by phone number. Returns client_id, owner name, pets (pet_id, name, species), "
    "upcoming visits (appointment_id, pet_id, doctor, start), balance and flags such as deposit_required.",
    (),
    phone={**TEXT, "pattern": "^\\+1[0-9]{10}$"},
)
DRUGS = tool(
    "get_prescriptions",
    None,
    "Prescriptions of one pet: prescription_id, drug, strength, status (active or discontinued), controlled, "
    "refrigerated, refills_remaining, last_fill_date, days_supply.",
    (),
    pet_id={**TEXT, "description": "From find_client"},
)
CANCEL = tool(
    "cancel_visit",
    None,
    "Cancel an upcoming visit. Returns status.",
    (),
    appointment_id={**TEXT, "description": "From the upcoming visits in find_client"},
    reason={**TEXT, "enum": ["rescheduled", "owner_unavailable", "cost", "pet_deceased"]},
)
SLOTS = tool("get_open_slots", None, "Open slots of a day. Each slot has slot_id and start.", (), date=TEXT)
BOOK = tool(
    "book_visit", None, "Books a slot from get_open_slots.", (), pet_id=TEXT, slot_id={**TEXT}, reason=TEXT
)
MADE = invented(agent(PROMPT, FIND, DRUGS, CANCEL, SLOTS, BOOK))


def records(name: str) -> list[dict[str, Any]]:
    return [call.output for call in calls(MADE, name) if "error" not in call.output]


def test_a_list_in_brackets_is_a_list_of_things_with_these_fields() -> None:
    first = records("find_client")[0]
    assert set(first["pets"][0]) == {"pet_id", "name", "species"}
    assert set(first["upcoming_visits"][0]) == {"appointment_id", "pet_id", "doctor", "start"}
    assert first["upcoming_visits"][0]["pet_id"] == first["pets"][0]["pet_id"]


def test_a_pet_has_a_name_of_its_own_and_a_visit_a_day() -> None:
    first = records("find_client")[0]
    assert first["pets"][0]["name"] != first["owner_name"]
    assert date.fromisoformat(first["upcoming_visits"][0]["start"][:10]) > date(2027, 3, 1)


def test_what_the_prompt_or_its_name_makes_a_flag_is_no() -> None:
    [drug, *_] = [one for record in records("get_prescriptions") for one in record["prescriptions"]]
    assert (drug["controlled"], drug["refrigerated"], drug["status"]) == (False, False, "active")
    assert records("find_client")[0]["deposit_required"] is False


def test_what_was_last_lies_in_the_past_and_nothing_is_refilled_too_soon() -> None:
    for drug in (one for record in records("get_prescriptions") for one in record["prescriptions"]):
        gone = (date(2027, 3, 1) - date.fromisoformat(drug["last_fill_date"])).days
        assert drug["days_supply"] - 7 <= gone and drug["refills_remaining"] > 0


def test_a_field_that_the_prompt_names_and_nothing_is_known_of_leaves_the_tool_out() -> None:
    about = "Returns the record: account_id, stay_quality and status."
    look = tool("get_account", None, about, (), phone=TEXT)
    assert calls(invented(agent("You answer for a shop.", look)), "get_account")
    said = invented(agent("You answer for a shop. If stay_quality is poor, transfer the call.", look))
    assert not calls(said, "get_account")


def test_nobody_cancels_for_a_reason_that_is_not_theirs() -> None:
    assert {call.input["reason"] for call in calls(MADE, "cancel_visit")} == {"cost"}


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ("Today's date with the weekday, e.g. Tuesday 13 October 2026", "Monday 1 March 2027"),
        (
            "The time of the call, for example Wednesday, May 13, 2026, 10:20 AM",
            "Monday, March 1, 2027, 9:00 AM",
        ),
        ("The moment of the call, e.g. 2026-05-13T10:20:00", "2027-03-01T09:00:00"),
    ],
)
def test_today_has_the_form_of_its_example(about: str, value: str) -> None:
    assert variable_of("current_date", about, "You answer for a shop.", "en", 0) == value


def test_of_two_states_that_a_description_names_the_usual_one_holds() -> None:
    about = "open or closed: whether the teams take calls at the moment"
    assert variable_of("team_status", about, "You answer for a shop.", "en", 1) == "open"


SPA = tool(
    "find_guest",
    None,
    "Look up a guest by phone number. Returns guest_id, member_credits, no_show_count and "
    "upcoming_appointments, each with appointment_id, service and start (local time, ISO 8601).",
    (),
    phone=TEXT,
)
MOVE = tool(
    "move_appointment",
    None,
    "Move an appointment. Returns status moved with the new start, or the error slot_taken.",
    (),
    appointment_id={**TEXT, "description": "From find_guest"},
    new_slot_id={**TEXT, "description": "From get_open_slots"},
)


def test_counts_are_numbers_and_a_person_is_only_the_last_word_of_a_key() -> None:
    [guest, *_] = [
        call.output
        for call in calls(invented(agent("You answer for a spa.", SPA, SLOTS, MOVE)), "find_guest")
    ]
    assert (guest["member_credits"], guest["no_show_count"]) == (0, 0)
    assert guest["upcoming_appointments"][0]["start"][:4] == "2027"


def test_a_deed_answers_the_state_that_it_is_described_with() -> None:
    made = invented(agent("You answer for a spa. Today is Monday 1 March 2027.", SPA, SLOTS, MOVE))
    [moved, *_] = [call.output for call in calls(made, "move_appointment")]
    assert moved["status"] == "moved" and moved["new_start"].startswith("2027-03-")


def test_lists_within_a_list_leave_the_tool_out() -> None:
    about = (
        "Returns a list of records, each with customer_id, contacts (name and role), zip, "
        "appliances (kind, bought_on) and upcoming_visits (visit_id, date)."
    )
    assert not calls(
        invented(agent("You sweep.", tool("find_customer", None, about, (), phone=TEXT))), "find_customer"
    )


def test_what_is_taken_only_of_who_asks_for_it_is_left_out() -> None:
    search = tool(
        "search_openings",
        ["date"],
        "Free times of a day. Each has slot_id and start.",
        (),
        date={**TEXT, "format": "date"},
        therapist={**TEXT, "description": "First name of a therapist. Leave out if there is no wish."},
    )
    made = invented(agent("Ask which therapist they want and for the day.", search))
    assert all("therapist" not in call.input for call in calls(made, "search_openings"))
