"""Whose name is compared, what is told in figures and when, and days that are too far away."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.document import document_of
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

CHILD: dict[str, Any] = {
    "member_id": "m-1",
    "full_name": "Megan Lloyd",
    "guardian_name": "Sian Lloyd",
    "membership": "full",
    "status": "active",
    "amount_owed": 0,
    "frozen_until": None,
    "bookings": [{"booking_id": "BK-1", "start": "2026-10-10T10:00"}],
}
ADULT = CHILD | {
    "member_id": "m-2",
    "full_name": "Helen Ashworth",
    "guardian_name": None,
    "bookings": [{"booking_id": "BK-2", "start": "2026-10-11T10:00"}],
}
OWES = ADULT | {"member_id": "m-3", "status": "arrears", "amount_owed": 32.5, "bookings": []}
FROZEN = ADULT | {"member_id": "m-4", "status": "frozen", "frozen_until": "2026-10-31", "bookings": []}


def pool(rules: str, late_charge: float = 0) -> AgentModel:
    return agent(
        "You answer for a swimming pool. Today is Thursday 8 October 2026. A swim costs £5.20.\n"
        "# Identifying members\nAsk for the membership number and check it with find_member.\n"
        "If they do not match, say that the details do not match and refuse.\n"
        "Junior members: only the guardian may cancel. Ask for the caller's full name and compare it with "
        f"guardian_name. If it differs, refuse politely.\n# Sessions\n{rules}",
        tool(
            "find_member",
            *(
                ({"membership_number": f"BP{n}"}, one)
                for n, one in enumerate((CHILD, ADULT, OWES, FROZEN), 20001)
            ),
        ),
        tool(
            "cancel_booking",
            ({"booking_id": "BK-1"}, {"status": "cancelled", "late_charge": late_charge, "refund": 0}),
            ({"booking_id": "BK-2"}, {"status": "cancelled", "late_charge": 0, "refund": 0}),
        ),
        tool("book_session", ({"member_id": "m-2", "activity": "aqua fit"}, {"status": "booked"})),
    )


CANCELS = "Read the booking back and ask for a yes before you use cancel_booking.\n"


def test_the_caller_of_a_childs_record_is_whom_the_prompt_compares_with() -> None:
    names = {test.profile["full_name"] for test in planned(pool(CANCELS), "done", "cancel_booking")}
    assert names == {"Sian Lloyd", "Helen Ashworth"}
    assert not any("guardian name" in step for test in planned(pool(CANCELS)) for step in steps(test))


def test_a_name_that_is_compared_for_some_is_wrong_for_no_other_and_has_its_own_refusal() -> None:
    assert planned(pool(CANCELS), "mismatch", "cancel_booking") == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('Status "arrears": no booking. Tell the caller the amount owed.', "the amount owed is `£32.50`"),
        ('Status "frozen": no booking. Give the end date.', "the end date is `October 31`"),
    ],
)
def test_what_a_refusal_has_told_stands_in_the_outcome_with_its_value(rule: str, told: str) -> None:
    rules = f"{CANCELS}Ask for the activity, then use book_session.\n{rule}\n"
    [test] = planned(pool(rules), "ruled_out", "book_session")
    assert f"The main agent should state that {told}." in outcome(test)


def test_a_charge_that_is_said_first_is_expected_before_the_deed() -> None:
    rules = f"{CANCELS}Session today: £3.00 late charge and no refund. Say so first.\n"
    tests = planned(pool(rules, late_charge=3), "done", "cancel_booking")
    test = next(test for test in tests if test.profile["membership_number"] == "BP20001")
    first = "before it states that the booking is cancelled."
    assert f"The main agent should state that the late charge is `£3` {first}" in outcome(test)
    assert f"The main agent should state that there is no refund {first}" in outcome(test)
    assert not any("late charge" in step for step in steps(test))


def test_no_refund_is_said_only_where_the_charge_of_its_rule_is_one_of_this_call() -> None:
    rules = f"{CANCELS}Session today: £3.00 late charge and no refund. Say so first.\n"
    for test in planned(pool(rules), "done", "cancel_booking"):
        assert not any("no refund" in line for line in outcome(test))


TABLE = """Prices:
    Membership    Lane swim    Aqua fit       Badminton court
    Full          included     included       included
    Junior        £2.60        not allowed    £4.75

No booking on holidays."""


def test_cells_below_each_other_are_the_rows_of_a_table() -> None:
    rows = [item for item in document_of(TABLE).items if item.cells]
    assert [(row.cells[0], row.starts[0][1]) for row in rows] == [("Full", 3), ("Junior", 4)]
    assert rows[1].columns == ("Membership", "Lane swim", "Aqua fit", "Badminton court")
    assert [item.text for item in document_of(TABLE).items if not item.cells] == [
        "Prices:",
        "No booking on holidays.",
    ]


def test_a_table_of_prices_refuses_nobody_a_booking() -> None:
    rules = f"{CANCELS}# Booking\nAsk for the activity, then use book_session.\n{TABLE}"
    assert planned(pool(rules), "ruled_out", "book_session") == []


VISIT: dict[str, Any] = {
    "account_id": "PW-1",
    "name": "Denise Holloway",
    "upcoming_visit": {"visit_id": "V-1", "date": "2026-06-02", "times_moved": 0},
}
MOVED = VISIT | {"upcoming_visit": {"visit_id": "V-2", "date": "2026-05-21", "times_moved": 2}}


def pests(rules: str, full_day: str = "2026-06-05", price: int = 85) -> AgentModel:
    def day(day: str, *slots: str) -> tuple[dict[str, str], dict[str, Any]]:
        return {"date": day}, {"date": day, "slots": [{"slot_id": s, "window": s[-5:]} for s in slots]}

    refused = {"error": "outside_range", "message": "More than 14 days from the current date."}
    return agent(
        "You answer for a pest control company. A treatment costs $149. Ask for the phone number and call "
        f"find_account.\n# Moving a visit\nAsk for a day, check get_open_slots, then use reschedule_visit.\n"
        f"{rules}",
        tool("find_account", ({"phone": "9195550114"}, VISIT), ({"phone": "9195550120"}, MOVED)),
        tool(
            "get_open_slots",
            day("2026-06-04", "S-604-08:00"),
            day("2026-05-14", "S-514-13:00"),
            day(full_day),
        ),
        tool(
            "reschedule_visit",
            ({"visit_id": "V-1", "new_slot_id": "S-604-08:00"}, {"status": "moved", "date": "2026-06-04"}),
            ({"visit_id": "V-1", "new_slot_id": "S-514-13:00"}, refused),
        ),
        tool(
            "book_visit",
            (
                {"account_id": "PW-1", "slot_id": "S-604-08:00"},
                {"status": "booked", "date": "2026-06-04", "price": price},
            ),
        ),
    )


RANGE = "The new date may be at most 14 days earlier or later than the current date.\n"


@pytest.mark.parametrize(
    ("rule", "full_day", "made"), [(RANGE, "2026-05-15", False), (RANGE, "2026-06-05", True)]
)
def test_a_day_that_a_move_may_not_reach_is_not_looked_up(rule: str, full_day: str, made: bool) -> None:
    model = pests(rule, full_day)
    assert bool(planned(model, "nothing_free", "reschedule_visit")) is made
    assert bool(planned(model, "alternative", "reschedule_visit")) is made


def test_who_is_told_a_fee_before_a_look_up_has_a_yes_to_it_where_that_ends_the_call() -> None:
    fee = "A visit tomorrow: $35 late fee. Tell them the fee before you move it.\n"
    [test, *_] = planned(pests(fee), "nothing_free", "reschedule_visit")
    assert steps(test)[-2] == "Say yes if asked whether to reschedule the visit"
    [test, *_] = planned(pests(""), "nothing_free", "reschedule_visit")
    assert not any(step.startswith("Say yes") for step in steps(test))


def test_a_move_that_is_refused_for_its_day_is_refused_to_that_day() -> None:
    [test] = planned(pests(RANGE), "refusal", "reschedule_visit")
    assert outcome(test)[0] == (
        "The main agent should state that the visit cannot be rescheduled to {{test_profile.date}}."
    )


def test_what_was_done_too_often_is_named_so_and_ends_as_the_next_sentence_says() -> None:
    rules = "A visit can be moved twice. If `times_moved` is already 2, transfer to customer care.\n"
    [test] = planned(pests(rules), "ruled_out", "reschedule_visit")
    assert test.aim == "Move a visit that was moved 2 times before"
    assert "The main agent should transfer the call to customer care." in outcome(test)


@pytest.mark.parametrize("price", [85, 0])
def test_a_price_that_is_said_before_the_go_ahead_stands_in_figures(price: int) -> None:
    rules = '# Extra visits\nState the price, including "no charge", before you ask for the go-ahead. '
    [test, *_] = planned(pests(f"{rules}Then use book_visit.\n", price=price), "done", "book_visit")
    assert not any("no charge" in line for line in outcome(test))
    assert any("the price is `$85`" in line for line in outcome(test)) is bool(price)


def test_what_the_agent_needs_of_an_address_is_asked_by_nobody() -> None:
    model = pests("City and ZIP are not needed. A termite inspection is free for members.\n")
    assert not any("ZIP" in step for test in planned(model) for step in steps(test))
