"""A counter for costume hire: accounts of two kinds, holds beside rentals, refunds, and choices."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

PERSONAL: dict[str, Any] = {
    "account_id": "TB-1",
    "account_type": "personal",
    "full_name": "Marta Ochoa",
    "billing_zip": "97214",
}
CLUB: dict[str, Any] = {
    "account_id": "TB-2",
    "account_type": "club",
    "group_name": "Harbor Players",
    "passcode": "4816",
}
PHONE = "5035550112"
LISTED = {"item_code": "item_code returned by check_stock"}
HOLD = tool("place_hold", ({"account_id": "TB-1", "item_code": "TX-1"}, {"status": "held"}), described=LISTED)
HOLD_OF_CLUB = tool("place_hold", ({"account_id": "TB-2"}, {"status": "held"}))
HOLD_FOR_ONE = tool("place_hold", ({"account_id": "TB-1"}, {"status": "held"}))
PROMPT = (
    "You answer for a costume shop. All prices are in dollars ($).\n"
    "Ask for the phone number and call lookup_account.\n"
)
IDENTITY = (
    "# Identification\n"
    "- Personal account: the caller must give the full name and billing ZIP code, and both must match.\n"
    "- Club account: the caller must give the four-digit passcode.\n"
)


def lookup(record: dict[str, Any]) -> Tool:
    return tool("lookup_account", ({"phone": PHONE}, record))


@pytest.mark.parametrize(
    ("record", "deed", "asked"),
    [(PERSONAL, HOLD_FOR_ONE, "the full name"), (CLUB, HOLD_OF_CLUB, "the passcode")],
)
def test_callers_are_asked_what_is_asked_of_their_kind_of_account(
    record: dict[str, Any], deed: Tool, asked: str
) -> None:
    other = {"the full name": "the passcode", "the passcode": "the full name"}[asked]
    others = ({"phone": "5035550199"}, CLUB if record is PERSONAL else PERSONAL)
    both = tool("lookup_account", ({"phone": PHONE}, record), others)
    [test, *_] = planned(agent(PROMPT + IDENTITY, both, deed), "done")
    assert any(step.endswith(f"for {asked}") for step in steps(test))
    assert not any(step.endswith(f"for {other}") for step in steps(test))


def test_who_pays_nothing_is_not_refused_for_it() -> None:
    rule = "# Holds\nUse place_hold. Club accounts pay no deposit and no peak fee.\n"
    both = tool("lookup_account", ({"phone": PHONE}, PERSONAL), ({"phone": "5035550199"}, CLUB))
    model = agent(PROMPT + rule, both, HOLD_FOR_ONE)
    assert planned(model, "done") and not planned(model, "ruled_out")


STOCK = tool(
    "check_stock",
    (
        {"category": "tuxedo", "size": "40R", "date": "2026-10-16"},
        {
            "items": [
                {"item_code": "TX-1", "description": "Black notch tuxedo"},
                {"item_code": "TX-2", "description": "Blue shawl tuxedo"},
            ]
        },
    ),
    enums={"category": ["tuxedo", "mask"]},
)


def test_what_is_searched_for_is_said_by_the_caller_though_it_is_called_a_category() -> None:
    model = agent(PROMPT + "Use check_stock, then place_hold.", lookup(PERSONAL), STOCK, HOLD)
    [test, *_] = planned(model, "done")
    assert "Choose {{test_profile.category}} if offered tuxedo or mask" in steps(test)


def test_the_yes_behind_another_choice_is_to_that_one() -> None:
    rule = "Use check_stock, read back the item and get a clear yes, then place_hold."
    [test, *_] = planned(agent(PROMPT + rule, lookup(PERSONAL), STOCK, HOLD), "changed")
    first, second = "{{test_profile.first_description}}", "{{test_profile.description}}"
    said = steps(test)
    assert f"Change to {second} when asked to confirm {first}" in said
    assert f"Say yes when asked to confirm {second}" in said


RENTAL: dict[str, Any] = {
    "rental_number": "R20511",
    "account_id": "TB-1",
    "status": "reserved",
    "rental_fee": 94,
    "peak_fee": 0,
}
REFUNDS = "State what will be refunded and get a yes before cancel_rental."


def cancelling(fees: int, refund: int, rule: str = REFUNDS, **record: Any) -> Any:
    answer = {"status": "cancelled", "rental_fee_refund": refund, "peak_fee_refund": 0}
    return agent(
        f"{PROMPT}# Cancelling\nAsk for the rental number and call get_rental. {rule}\n",
        lookup(PERSONAL | {"open_rentals": ["R20511"]}),
        tool("get_rental", ({"rental_number": "R20511"}, RENTAL | {"peak_fee": fees} | record)),
        tool("cancel_rental", ({"rental_number": "R20511"}, answer)),
        HOLD_FOR_ONE,
    )


@pytest.mark.parametrize(("fees", "told"), [(0, False), (10, True)])
def test_nothing_back_is_told_of_what_was_taken_only(fees: int, told: bool) -> None:
    [test, *_] = planned(cancelling(fees, 94), "done", "cancel_rental")
    assert any("no peak fee refund" in line for line in outcome(test)) is told
    assert any("rental fee refund is `$94" in line for line in outcome(test))


@pytest.mark.parametrize(
    ("refund", "reason"), [(94, "asked whether to cancel"), (0, "told that there is no")]
)
def test_nobody_refuses_to_cancel_for_money_that_they_get_back(refund: int, reason: str) -> None:
    [test, *_] = planned(cancelling(0, refund), "declined", "cancel_rental")
    assert any(f"when {reason}" in step for step in steps(test))


def test_several_sums_that_come_back_are_told_as_their_total() -> None:
    answer = {"status": "cancelled", "fee_refund": 94, "deposit_refund": 75, "refund_total": 169}
    model = agent(
        f"{PROMPT}# Cancelling\nAsk for the rental number and call get_rental. {REFUNDS}\n",
        lookup(PERSONAL | {"open_rentals": ["R20511"]}),
        tool("get_rental", ({"rental_number": "R20511"}, RENTAL)),
        tool("cancel_rental", ({"rental_number": "R20511"}, answer)),
    )
    told = outcome(planned(model, "done", "cancel_rental")[0])
    assert any("the refund total is `$169` and get a yes" in line for line in told)
    assert not any("$94" in line or "$75" in line for line in told)


def test_who_has_to_be_one_of_those_on_record_gives_a_name_of_theirs() -> None:
    rule = "# Identification\nThe caller must be one of the authorized contacts and give the passcode.\n"
    record = CLUB | {"authorized_contacts": ["Imogen Vance", "Curtis Bello"]}
    [test, *_] = planned(agent(PROMPT + rule, lookup(record), HOLD_OF_CLUB), "done")
    assert "Imogen Vance" in test.profile.values()
    assert any(step.endswith("asked for the full name") for step in steps(test))


def test_the_only_booking_of_a_caller_is_cancelled_without_its_day() -> None:
    booking = {"reference": "NM1", "start": "2026-05-29T06:00:00"}
    model = agent(
        "You answer for a car park. Ask for the phone number and call find_account.",
        tool("find_account", ({"phone": PHONE}, PERSONAL | {"bookings": [booking]})),
        tool("cancel_booking", ({"reference": "NM1"}, {"status": "cancelled"})),
    )
    assert "The main agent should state that the booking is cancelled." in outcome(planned(model, "done")[0])


@pytest.mark.parametrize(("has", "reason"), [(0, "told the visit charge"), (89, "asked whether to move")])
def test_nobody_refuses_for_a_sum_of_which_their_record_has_another(has: int, reason: str) -> None:
    visit = {"visit_id": "V-1", "date": "2026-01-16"} | ({"visit_charge": has} if has else {})
    model = agent(
        f"{PROMPT}# Moving a visit\nState the visit charge and get a yes before move_visit.\n",
        lookup(PERSONAL | {"visits": [visit]}),
        tool(
            "move_visit",
            ({"visit_id": "V-1", "date": "2026-01-19"}, {"status": "moved", "visit_charge": 149}),
        ),
    )
    [test, *_] = planned(model, "declined", "move_visit")
    assert any(f"when {reason}" in step for step in steps(test))


@pytest.mark.parametrize(("status", "cancels"), [("reserved", True), ("unpaid_hold", False)])
def test_what_another_deed_makes_is_not_cancelled_by_this_name(status: str, cancels: bool) -> None:
    assert bool(planned(cancelling(0, 94, status=status), "done", "cancel_rental")) is cancels


def test_deeds_that_are_verbs_alone_are_planned() -> None:
    find = tool("find_account", ({"phone": PHONE}, PERSONAL | {"status": "open"}))
    deeds = (tool("book", ({"account_id": "TB-1"}, {"status": "booked"})), HOLD_FOR_ONE)
    cancel = tool("cancel", ({"account_id": "TB-1"}, {"status": "cancelled"}))
    assert planned(agent("You answer for a shop. Ask for the phone number.", find, *deeds, cancel), "done")


def test_the_name_of_a_plan_is_nobodys_name() -> None:
    rule = "# Identification\nThe caller must give the full name.\n"
    record = {"account_id": "TB-1", "plan": {"name": "plus"}, "holder": "Marta Ochoa"}
    [test, *_] = planned(agent(PROMPT + rule, lookup(record), HOLD_FOR_ONE), "done")
    assert "plus" not in test.profile.values() and test.profile["full_name"] == "Marta Ochoa"


def test_who_finds_the_record_by_a_reference_is_not_asked_for_what_stands_in_for_it() -> None:
    prompt = (
        "You answer for a car park.\n# Who is calling\n"
        "Take the reference (NM and six digits) or, failing that, the number plate, and run find_booking.\n"
    )
    model = agent(
        prompt,
        tool("find_booking", ({"reference": "NM482116"}, {"reference": "NM482116", "surname": "Raman"})),
        tool("cancel_booking", ({"reference": "NM482116"}, {"status": "cancelled"})),
    )
    [test, *_] = planned(model, "done")
    assert ("cancel_booking", {"reference": "NM482116"}) in calls(test)


def storage(rule: str) -> AgentModel:
    units = [
        {"unit_number": "ML-104", "floor": "ground", "rate": 52.0},
        {"unit_number": "ML-211", "floor": "first", "rate": 48.0},
    ]
    return agent(
        f"You answer for a storage company.\n# Units\n{rule}\n",
        tool("search_units", ({"site": "marsh_lane", "date": "2026-05-28"}, {"units": units})),
        tool("hold_unit", ({"unit_number": "ML-104", "full_name": "Ann Reed"}, {"status": "held"})),
        tool("book_move_out", ({"unit_number": "ML-104", "date": "2026-05-28"}, {"status": "booked"})),
    )


def test_a_thing_is_told_by_the_number_that_is_on_it() -> None:
    rule = 'Use search_units, ask "are you eighteen or over?", then hold_unit.'
    said = steps(planned(storage(rule), "done", "hold_unit")[0])
    assert "Choose {{test_profile.unit_number}} when offered units" in said
    assert 'Say yes if asked "are you eighteen or over?"' in said
    refused = planned(storage(f"{rule} Read the unit back and wait for a yes."), "declined", "hold_unit")
    assert refused and not any("held or held" in line for line in outcome(refused[0]))


def test_why_people_call_and_a_ban_of_another_verb_with_out_refuse_nothing() -> None:
    rules = (
        "People ring us because they owe us money, can't get through the gate, or move out.\n"
        "Don't work out fees yourself."
    )
    told = outcome(planned(storage(rules), "done", "book_move_out")[0])
    assert any("the move out on {{test_profile.date}} is booked" in line for line in told)


CLOSED = {"closed": {"unit_number": "ML-052", "left": "2026-04-02"}}


@pytest.mark.parametrize(("closed", "played"), [({}, True), (CLOSED, False)])
def test_who_had_something_is_not_told_that_nothing_is_on_record(closed: Any, played: bool) -> None:
    found = PERSONAL | {"units": [{"unit_number": "ML-104"}, {"unit_number": "ML-211"}]}
    gone = {"account_id": "TB-9", "full_name": "Colin Strand", "units": []} | closed
    model = agent(
        "You answer for a storage company. Ask for the phone number and call find_account.",
        tool("find_account", ({"phone": PHONE}, found), ({"phone": "5035550199"}, gone)),
        tool("cancel_unit", ({"unit_number": "ML-104"}, {"status": "cancelled"})),
    )
    assert bool(planned(model, "nothing_on_file")) is played
