"""What a record, an offer or a look-up that finds nothing settles: played so, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Variable
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.record_rules import RecordRules
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

GRACE: dict[str, Any] = {
    "customer_id": "cust_1",
    "full_name": "Grace Adeyemi",
    "bikes": [{"bike_id": "bk_7", "description": "orange Brompton"}],
}
SLOTS = {
    "slots": [
        {"slot_id": "sl_1", "time": "09:00", "services": ["full_service"]},
        {"slot_id": "sl_2", "time": "11:30", "services": ["puncture_repair"]},
        {"slot_id": "sl_3", "time": "14:00", "services": ["puncture_repair"], "spots_left": 0},
        {"slot_id": "sl_4", "time": "15:00", "services": ["puncture_repair"], "spots_left": 2},
    ]
}


def workshop(booked: str = "full_service", slot: str = "sl_2", missing: str = "") -> AgentModel:
    drop_off = {
        "booking_id": "bkg_8",
        "bike_id": "bk_7",
        "service": booked,
        "datetime": "2026-10-13T16:30:00",
    }
    record = {**GRACE, "booked_drop_offs": [drop_off]}
    book = {"customer_id": "cust_1", "bike_id": "bk_7", "service": "puncture_repair", "slot_id": slot}
    return agent(
        "You book drop offs of bicycles.\n# Who calls\nAsk for the phone number and call find_customer.\n"
        f"{missing}\n# Booking\nAsk for the day and check it with check_slots. Read back the day and the "
        "time and get a clear yes before you call book_drop_off.\n",
        tool(
            "find_customer",
            ({"phone": "2535550114"}, record),
            ({"phone": "2535550199"}, {"error": "not_found", "message": "No customer under this number."}),
        ),
        tool("check_slots", ({"date": "2026-10-15"}, SLOTS)),
        tool(
            "book_drop_off",
            (book, {"status": "booked"}),
            enums={"service": ["full_service", "puncture_repair"]},
        ),
    )


@pytest.mark.parametrize(("booked", "played"), [("full_service", True), ("puncture_repair", False)])
def test_what_a_record_has_booked_already_is_not_booked_again(booked: str, played: bool) -> None:
    assert bool(planned(workshop(booked), "done", "book_drop_off")) is played


@pytest.mark.parametrize(("slot", "played"), [("sl_2", True), ("sl_1", False), ("sl_3", False)])
def test_a_slot_for_other_services_or_without_a_place_gives_no_test(slot: str, played: bool) -> None:
    assert bool(planned(workshop(slot=slot), "done", "book_drop_off")) is played


def test_who_changes_their_mind_began_with_a_slot_that_could_be_had() -> None:
    [test] = planned(workshop(), "changed", "book_drop_off")
    assert test.profile["first_time"] == "3:00 PM"


@pytest.mark.parametrize(
    ("missing", "played"),
    [
        ("", True),
        (
            "If find_customer finds nothing, read back what you heard, correct it and try one more time.",
            False,
        ),
    ],
)
def test_what_a_prompt_does_where_nobody_is_found_is_not_guessed(missing: str, played: bool) -> None:
    assert bool(planned(workshop(missing=missing), "no_record", "book_drop_off")) is played


def test_a_second_miss_comes_after_the_same_details_once_more() -> None:
    missing = "If there is no customer, ask for it once more. After a second miss, transfer to the office."
    [test, *_] = planned(workshop(missing=missing), "no_record", "book_drop_off")
    assert "Give {{test_profile.phone}} again if asked for the phone number a second time" in steps(test)
    assert [call.optional for call in test.calls if call.tool == "find_customer"] == [False, True]


def test_a_transfer_to_whoever_fits_is_a_transfer() -> None:
    missing = "If there is no customer, transfer to the team that fits."
    [test, *_] = planned(workshop(missing=missing), "no_record", "book_drop_off")
    assert steps(test)[-1] == "End the call when told about the transfer"
    assert "The main agent should transfer the call." in outcome(test)


def refills(pets: list[dict[str, Any]], methods: str, **refused: Any) -> AgentModel:
    record = {"client_id": "cl_1", "full_name": "Anh Pham", "pets": pets}
    return agent(
        "You answer for a vet.\n# Who calls\nAsk for the phone number, call find_client, then ask for the "
        f"full name and the pet's name and compare them with the record.\n# Refills\n- {methods}\n"
        "- No refills left: leave a message for the pharmacy.\n- Get a yes, then call request_refill.\n",
        tool("find_client", ({"phone": "2185550108"}, record)),
        tool(
            "request_refill",
            ({"pet_id": "pet_2", "method": "ship"}, refused or {"status": "requested"}),
            enums={"method": ["pickup", "ship"]},
        ),
    )


LULU, KIP = {"pet_id": "pet_1", "name": "Lulu"}, {"pet_id": "pet_2", "name": "Kip"}


def test_the_pet_that_a_caller_is_asked_for_is_the_one_that_the_call_is_about() -> None:
    [test, *_] = planned(refills([LULU, KIP], "Ask pickup or shipping."), "done", "request_refill")
    assert "Give {{test_profile.pet_name}} if asked for the pet name" in steps(test)
    assert "Choose {{test_profile.pet_name}} if asked which pet it is" in steps(test)
    assert test.profile["pet_name"] == "Kip"


def test_what_the_prompt_puts_as_a_question_is_chosen_when_it_is_put() -> None:
    [test, *_] = planned(refills([KIP], "Ask pickup or shipping."), "done", "request_refill")
    assert steps(test)[0] == "Ask for a refill when opening"
    assert "Choose {{test_profile.method}} if offered pickup or shipping" in steps(test)
    assert test.profile["method"] == "shipping"


def test_there_being_none_is_no_refusal_where_the_prompt_says_what_is_done_then() -> None:
    said = refills([KIP], "Ask pickup or shipping.", error="no_refills", message="No refills left.")
    assert planned(said, "refusal", "request_refill") == []


@pytest.mark.parametrize(
    ("condition", "record", "holds"),
    [
        ("nothing is found", {"found": True}, False),
        ("nothing is found", {"found": False}, True),
        ("not for children under five", {"party": {"children": 3}}, None),
        ("fewer than five children", {"party": {"children": 3}}, True),
    ],
)
def test_a_rule_of_nobody_is_denied_and_an_age_is_no_number(
    condition: str, record: dict[str, Any], holds: bool | None
) -> None:
    assert RecordRules("en", {}, None).holds(condition, fields_of(record)) is holds


def test_a_variable_has_one_of_the_values_that_its_description_ends_with() -> None:
    about = "The branch whose number the caller dialled: Kirkstall, Shipley or York"
    model = agent("You answer for {{branchName}}.", variables=[Variable("branchName", about)])
    assert variables_of(model, None, {"phone": "2535550114"}) == {"branchName": "Kirkstall"}


@pytest.mark.parametrize(("amount", "played"), [(745.5, True), (780.5, False)])
def test_the_sum_of_a_link_is_one_that_the_record_has(amount: float, played: bool) -> None:
    model = agent(
        "You send payment links for a cottage agency.\nAsk for the booking number and call find_booking.\n"
        "# Paying\nSend the link with send_payment_link.\n",
        tool("find_booking", ({"booking_number": "CC-40718"}, {"status": "confirmed", "balance": 745.5})),
        tool("send_payment_link", ({"booking_number": "CC-40718", "amount": amount}, {"status": "sent"})),
    )
    assert bool(planned(model, "done", "send_payment_link")) is played


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("If the caller asks for an earlier date, explain the waiting list.", []),
        ("If the caller asks about refunds, explain the waiting list.", ["Ask about refunds when opening"]),
    ],
)
def test_what_is_earlier_than_something_said_before_opens_no_call(rule: str, asked: list[str]) -> None:
    assert [steps(test)[0] for test in planned(agent(f"You answer for a shop.\n\n{rule}"), "case")] == asked
