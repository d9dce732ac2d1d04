"""By what callers are found first, what their record says of the deed, and which of two they are."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

RENTAL: dict[str, Any] = {
    "booking_number": "RF-40118",
    "main_renter": "Marlene Friesen",
    "phone": "2045550138",
    "listed_drivers": ["Kayla Friesen"],
    "branch": "WPG-ND",
    "status": "reserved",
    "return_due": "2026-11-28T09:00:00",
}
FIRST = "Ask for the booking number and the main renter's last name. Then call find_booking."
ELSE = "No booking number? Use the phone number on the booking plus the last name instead."
ASKS = "Ask whether the caller is the main renter or a listed driver."


def rentals(find: str = f"{FIRST}\n{ELSE}\n{ASKS}", rules: str = "") -> AgentModel:
    return agent(
        f"# Rentals\nYou answer for a van rental company.\n## Find the booking first\n{find}\n"
        "## Move a pick-up\n### Steps\nAsk for the day. Call check_pickup_slots. Offer two times.\n"
        "Get a yes. Call move_pickup.\n## Late return\n### Steps\nAsk when they will be back. "
        f"{rules}Call report_late_return.\n## Damage\n### Steps\nAsk if the vehicle can be driven safely. "
        "Call report_damage.\n",
        tool(
            "find_booking",
            ({"phone": "2045550138", "last_name": "Friesen"}, RENTAL),
            ({"booking_number": "RF-40118", "last_name": "Friesen"}, RENTAL),
        ),
        tool(
            "check_pickup_slots",
            (
                {"branch": "WPG-ND", "date": "2026-11-28"},
                {
                    "slots": [
                        {"slot_id": "SL-7301", "pickup": "2026-11-28T08:30:00"},
                        {"slot_id": "SL-7302", "pickup": "2026-11-28T11:00:00"},
                    ]
                },
            ),
            enums={"branch": ["WPG-ND", "BDN"]},
        ),
        tool(
            "move_pickup",
            ({"booking_number": "RF-40118", "slot_id": "SL-7301"}, {"status": "moved"}),
            described={"booking_number": "The booking_number from find_booking."},
        ),
        tool(
            "report_late_return",
            ({"booking_number": "RF-40118", "delay": "over_24_hours"}, {"status": "logged"}),
            described={"booking_number": "The booking_number from find_booking."},
            enums={"delay": ["up_to_30_min", "over_24_hours"]},
        ),
        tool(
            "report_damage",
            ({"booking_number": "RF-40118", "drivable": True}, {"status": "logged"}),
            described={"booking_number": "The booking_number from find_booking."},
        ),
    )


def moved(model: AgentModel) -> list[str]:
    [test, *_] = planned(model, "done", "move_pickup")
    return steps(test)


@pytest.mark.parametrize(
    ("find", "asked"),
    [
        (f"{FIRST}\n{ELSE}", "the booking number"),
        ("Ask for the phone number and the last name. Then call find_booking.", "the phone number"),
    ],
)
def test_callers_are_found_by_what_they_are_asked_for_first(find: str, asked: str) -> None:
    assert any(step.endswith(f"asked for {asked}") for step in moved(rentals(find)))


def test_a_choice_that_the_record_has_is_not_asked_of_the_caller() -> None:
    assert not any("branch" in step for step in moved(rentals()))


def test_a_slot_with_one_moment_is_told_by_that_whatever_it_is_called() -> None:
    said = "Choose the slot at {{test_profile.time}} when offered slots on {{test_profile.date}}"
    assert said in moved(rentals())


def test_which_of_two_a_caller_is_is_said_as_the_record_has_it() -> None:
    said = "Say that you are the main renter if asked whether you are the main renter or a listed driver"
    assert said in moved(rentals())
    assert not any("listed driver" in step for step in moved(rentals(f"{FIRST}\n{ELSE}")))


def test_a_part_with_steps_below_is_the_playbook_of_the_deed_that_it_names_alone() -> None:
    assert {name: section[-1] for name, section in rentals().playbooks.items()} == {
        "move_pickup": "Move a pick-up",
        "report_late_return": "Late return",
        "report_damage": "Damage",
    }
    assert not any("driven safely" in step for step in moved(rentals()))


@pytest.mark.parametrize(
    ("rule", "made"), [("", True), ("Work out the total delay from the return time. ", False)]
)
def test_a_choice_that_the_agent_works_out_gives_no_test(rule: str, made: bool) -> None:
    assert bool(planned(rentals(rules=rule), "done", "report_late_return")) is made
