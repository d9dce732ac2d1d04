"""By what callers are found first, what their record says of the deed, and which of two they are."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

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


def test_a_yes_or_no_to_a_move_is_one_to_its_new_time() -> None:
    asked = "asked whether to move the pick-up to {{test_profile.date}} at {{test_profile.time}}"
    assert f"Say yes when {asked}" in moved(rentals())
    [test, *_] = planned(rentals(), "declined", "move_pickup")
    assert f"Say no when {asked}" in steps(test)
    assert f"The main agent should ask {asked.removeprefix('asked ')}." in outcome(test)


def test_who_only_asks_something_has_what_callers_are_asked_for_first() -> None:
    model = rentals(rules="Late returns cost $25 for each started hour. ")
    questions = planned(model, "question")
    assert questions
    for test in questions:
        assert test.profile["booking_number"] == "RF-40118"


@pytest.mark.parametrize(("owed", "made"), [(0, False), (25, True)])
def test_a_fee_is_to_be_dropped_only_for_who_has_one(owed: int, made: bool) -> None:
    record = RENTAL | {"late_fee": owed}
    model = agent(
        "You answer for a van rental company. Ask for the phone number and call find_customer.\n"
        "Never waive the late fee.\n",
        tool("find_customer", ({"phone": "2045550138"}, record)),
    )
    assert bool(planned(model, "ban")) is made


def test_nobody_asks_to_cancel_nothing() -> None:
    rule = "If somebody wants to cancel for good, offer a pause."
    model = agent(f"You answer for a gym. Ask for the name.\n{rule}\n")
    assert planned(model, "case") == []


def test_what_is_always_allowed_is_no_answer_to_one_caller() -> None:
    model = agent("You answer for a salon.\nCancelling is always allowed.\n")
    assert planned(model, "question") == []


def test_a_class_of_reasons_is_no_callers_word() -> None:
    model = agent(
        "You answer for a salon. Ask for the phone number and call find_customer.\n# Waiving a fee\n"
        "Ask why they missed it, then use waive_fee.\n",
        tool("find_customer", ({"phone": "07700900214"}, {"customer_id": "c_1", "full_name": "Morag Ross"})),
        tool(
            "waive_fee",
            ({"customer_id": "c_1", "reason": "illness_or_bereavement"}, {"status": "waived"}),
            enums={"reason": ["illness_or_bereavement", "dog_at_vet"]},
        ),
    )
    assert planned(model, "done") == []


ACCOUNT: dict[str, Any] = {
    "account_id": "AC-5120",
    "account_holder": "Harold Beckett",
    "service_address": "372 W Sagebrush Court, Gilbert, AZ 85233",
    "zone": "east",
    "plan": {"status": "lapsed"},
    "units": [{"unit_id": "U-327", "filter": {"sku": "FLT-16251"}}],
    "open_visits": [{"work_order": "WO-70412", "date": "2027-07-16", "from": "08:00"}],
}
OTHER = ACCOUNT | {"account_id": "AC-5166", "account_holder": "Priya Raman", "open_visits": []}


def cooling(rules: str = "") -> AgentModel:
    opening = {"window_id": "W-1", "date": "2027-07-20", "from": "13:00"}
    return agent(
        "You answer for a company that installs heat pumps. Today is Thursday, July 15, 2027.\n"
        "# Identification\n- Ask for the phone number on the account and call find_account.\n"
        "- Then ask for the account holder's last name and the ZIP code of the service address. Both "
        "must match the record.\n# Moving a visit\nGet openings for the zone, then call reschedule_visit.\n"
        f"{rules}",
        tool("find_account", ({"phone": "4805550163"}, ACCOUNT), ({"phone": "4805550175"}, OTHER)),
        tool(
            "get_openings",
            ({"zone": "east"}, {"openings": [opening, opening | {"window_id": "W-2", "from": "15:00"}]}),
            enums={"zone": ["east", "west"]},
        ),
        tool("reschedule_visit", ({"work_order": "WO-70412", "window_id": "W-1"}, {"status": "moved"})),
        tool(
            "order_filters",
            ({"account_id": "AC-5166", "filter_sku": "FLT-16251", "packs": 2}, {"status": "ordered"}),
            described={"filter_sku": "The sku of the unit's filter, from find_account."},
        ),
    )


def test_a_zip_code_is_the_one_at_the_end_of_the_address_and_the_address_is_not_asked_for() -> None:
    [test, *_] = planned(cooling(), "done", "reschedule_visit")
    assert "Give {{test_profile.zip}} if asked for the ZIP code" in steps(test)
    assert test.profile["zip"] == "85233"
    assert not any("service address" in line for line in (*steps(test), *outcome(test)))


def test_a_choice_on_record_is_taken_from_there_also_where_the_look_up_comes_first() -> None:
    [test, *_] = planned(cooling(), "done", "reschedule_visit")
    assert not any("zone" in step for step in steps(test))


def test_what_a_call_repeats_is_of_who_is_calling() -> None:
    [test, *_] = planned(cooling(), "done", "order_filters")
    assert test.profile["phone"] == "4805550175"
    assert not any("a second time" in step for step in steps(test))


def test_a_label_that_says_what_is_lacking_is_no_refusal() -> None:
    rule = "Lapsed plan or no filters left: a pack costs $22.00."
    model = cooling(f"# Filters\nUse order_filters.\n{rule}\n")
    assert planned(model, "done", "order_filters") and not planned(model, "ruled_out")
