"""A boat yard: bookings that are held until they are paid, fees that the agent works out, new callers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

FREE = (
    {"date": "2026-07-15", "boat_type": "canoe"},
    {"free": [{"session": "morning", "price": 35}, {"session": "full_day", "price": 55}]},
)
CHECK = tool("check_boats", FREE, enums={"boat_type": ["canoe", "cruiser"]}, about="What is free on a day.")
WANTED = {"date": "2026-07-15", "boat_type": "canoe", "session": "morning"}
RECORD = {"surname": "Lund", "bookings": [{"booking_ref": "TB4410", "date": "2026-07-18"}]}
FIND = tool("find_booking", ({"booking_ref": "TB4410"}, RECORD))


def _book(answer: dict[str, Any], *, free: tuple[str, ...] = ()) -> Tool:
    enums = {"boat_type": ["canoe", "cruiser"], "session": ["morning", "full_day"]}
    made = tool("make_booking", (WANTED, answer), free=free, enums=enums)
    assert made.parameters is not None
    made.parameters["required"] = [*WANTED, *free]
    return made


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("held", "is held"),
        ("held_awaiting_payment", "is held"),
        ("ordered", "is ordered"),
        ("awaiting_payment", "is waiting for the payment"),
        ("awaiting_documents", "is waiting for the documents"),
        ("booked", "is made"),
    ],
)
def test_what_is_not_over_yet_is_told_as_it_is_left(status: str, left: str) -> None:
    model = agent("You book boats for callers.", CHECK, _book({"status": status}))
    done = planned(model, "done", "make_booking")[0]
    assert outcome(done)[0] == (
        f"The main agent should state that the booking on {{{{test_profile.date}}}} {left}."
    )
    assert done.steps[-1].moment.what == f"that the booking {left}"


@pytest.mark.parametrize("status", ["under_review", "waitlisted", "not_booked", "already_booked"])
def test_a_state_that_may_be_no_success_is_none(status: str) -> None:
    assert not planned(agent("You book boats.", CHECK, _book({"status": status})), "done", "make_booking")


def test_who_says_no_is_told_neither_that_it_is_held_nor_that_it_is_made() -> None:
    prompt = "You book boats. Read back the boat and only book once they've said yes."
    [declined] = planned(agent(prompt, CHECK, _book({"status": "held"})), "declined")
    assert outcome(declined)[0].endswith("is held or made.")


def test_one_of_a_list_that_is_called_free_is_offered_by_what_it_is() -> None:
    done = planned(agent("You book boats.", CHECK, _book({"status": "held"})), "done", "make_booking")[0]
    assert "Choose {{test_profile.session}} when offered sessions" in steps(done)


def test_how_many_come_and_who_they_are_has_an_answer_where_no_example_has_it() -> None:
    free = ("party_size", "dogs", "lead_name", "mobile")
    done = planned(agent("You book boats.", CHECK, _book({"status": "held"}, free=free)), "done")[0]
    assert done.profile["party_size"] == 2 and done.profile["dogs"] == 0
    assert {key for key in free if any(f"test_profile.{key}" in s.action for s in done.steps)} == set(free)


def test_a_number_out_of_the_range_of_its_parameter_is_not_invented() -> None:
    made = _book({"status": "held"}, free=("party_size",))
    assert made.parameters is not None
    made.parameters["properties"]["party_size"] = {"type": "integer", "minimum": 3}
    assert not planned(agent("You book boats.", CHECK, made), "done", "make_booking")


@pytest.mark.parametrize(("about", "made"), [("Anything to know. Empty if nothing.", True), ("", False)])
def test_a_text_that_may_be_left_out_is_not_missed(about: str, made: bool) -> None:
    booking = _book({"status": "held"}, free=("wishes",))
    assert booking.parameters is not None
    booking.parameters["properties"]["wishes"] = {"type": "string", "description": about}
    assert bool(planned(agent("You book boats.", CHECK, booking), "done", "make_booking")) is made


def test_what_is_wrong_is_a_story_that_nobody_knows() -> None:
    booking = _book({"status": "held"}, free=("wishes",))
    assert booking.parameters is not None
    about = "What is wrong, and anything about access. Empty if nothing."
    booking.parameters["properties"]["wishes"] = {"type": "string", "description": about}
    assert not planned(agent("You book boats.", CHECK, booking), "done", "make_booking")


def _changes(*made: tuple[dict[str, Any], dict[str, Any]]) -> Tool:
    about = {"fee_agreed": "Fee in pounds that the caller has agreed to, 0 if free"}
    return tool("change_booking", *made, described=about)


RULE = "You change bookings. Tell them any fee and get a yes to it, then change it. Changes cost £15."
DEAR = ({"booking_ref": "TB4410", "new_date": "2026-07-25", "fee_agreed": 15}, {"status": "changed"})
CHEAP = ({"booking_ref": "TB4410", "new_date": "2026-08-25", "fee_agreed": 0}, {"status": "changed"})


def test_a_fee_is_the_agents_own_and_is_agreed_to_before_the_deed() -> None:
    tests = planned(agent(RULE, FIND, _changes(DEAR, CHEAP)), "done", "change_booking")
    dear = next(test for test in tests if test.calls[-1].input["fee_agreed"] == 15)
    free = next(test for test in tests if test.calls[-1].input["fee_agreed"] == 0)
    assert "fee_agreed" not in dear.profile
    assert any("the fee is `£15` and get a yes before" in line for line in outcome(dear))
    assert not any("get a yes" in line for line in outcome(free))


def test_which_of_two_fees_is_right_is_not_known() -> None:
    other = (DEAR[0] | {"fee_agreed": 0}, DEAR[1])
    assert not planned(agent(RULE, FIND, _changes(DEAR, other)), "done", "change_booking")


def test_what_a_rule_gives_back_is_no_choice_of_the_callers() -> None:
    cancel = tool(
        "cancel_booking",
        ({"booking_ref": "TB4410", "settlement": "half_credit"}, {"status": "cancelled"}),
        ({"booking_ref": "TB4411", "settlement": "nothing"}, {"status": "cancelled"}),
        enums={"settlement": ["half_credit", "nothing"]},
    )
    done = planned(agent("You cancel bookings.", FIND, cancel), "done", "cancel_booking")
    assert done and not any("settlement" in step for test in done for step in steps(test))


def test_a_booking_is_not_moved_to_the_day_that_it_is_on() -> None:
    same = (DEAR[0] | {"new_date": "2026-07-18"}, DEAR[1])
    assert not planned(agent(RULE, FIND, _changes(same, CHEAP)), "done", "change_booking")[1:]


VERIFY = (
    "# Who is calling\nAsk for the booking reference and use find_booking.\n# Bookings\nCall make_booking."
)


@pytest.mark.parametrize(("more", "found"), [("", False), (" Do it for every caller.", True)])
def test_who_wants_a_new_booking_has_no_reference_of_an_old_one(more: str, found: bool) -> None:
    prompt = VERIFY.replace("use find_booking.", f"use find_booking{' for every caller' if more else ''}.")
    tests = planned(agent(prompt, FIND, CHECK, _book({"status": "held"})), "done", "make_booking")
    assert bool(tests) is not found
    assert all(name != "find_booking" for test in tests for name, _ in calls(test))


@pytest.mark.parametrize(
    ("asks", "steps_of"),
    [("Ask if the person hiring is old enough.", "make_booking"), ("", "")],
)
def test_only_who_hires_is_asked_whether_they_are_old_enough(asks: str, steps_of: str) -> None:
    model = agent(f"You book boats. {asks}", FIND, CHECK, _book({"status": "held"}), _changes(DEAR, CHEAP))
    asked = {
        test.key.split(":")[1].split("/")[0]
        for test in planned(model, "done")
        if "Say yes if asked whether you are old enough" in steps(test)
    }
    assert asked == ({steps_of} if steps_of else set())


@pytest.mark.parametrize(
    "rule",
    [
        "Tell people the charge first and only carry on if they agree.",
        "Say the amount before changing it and ask if they agree.",
        "Tell them any fee and get a yes to it, then change it.",
    ],
)
def test_a_charge_that_is_told_first_is_agreed_to_before_the_deed(rule: str) -> None:
    prompt = f"You move bookings. Changes cost £15.\n# Changes\n{rule}\nUse change_booking."
    tests = planned(agent(prompt, FIND, _changes(DEAR, CHEAP)), "done", "change_booking")
    [dear] = [test for test in tests if test.calls[-1].input["fee_agreed"] == 15]
    assert any("the fee is `£15` and get a yes before it states" in line for line in outcome(dear))


def test_nobody_asks_for_the_dates_of_a_person() -> None:
    record = {"mobile": "07700900142", "departure_date": "2026-08-01", "status": "active"}
    get = tool("get_patient", ({"mobile": "07700900142"}, record))
    prompt = (
        "Ask for the mobile number and use get_patient. Mind the departure date and whether it is active."
    )
    assert not planned(agent(prompt, get), "fact")


GIVES = "# Cancelling\nSay the amount in pounds and get a definite yes, then cancel_booking. Fees are £64.\n"


def _cancelled(answer: dict[str, Any], family: str, rule: str = "") -> list[str]:
    cancel = tool("cancel_booking", ({"booking_ref": "TB4410"}, {"status": "cancelled"} | answer))
    prompt = f"Ask for the booking reference and use find_booking.\n{GIVES}{rule}"
    [test] = planned(agent(prompt, FIND, cancel), family, "cancel_booking")
    return [*steps(test), *outcome(test)]


def test_what_is_given_in_the_place_of_money_is_told_and_no_lack_of_a_refund() -> None:
    told = " ".join(_cancelled({"refund": 0, "voucher": 16}, "done"))
    assert "the voucher is `£16` and get a yes before it states" in told and "no refund" not in told


def test_who_hears_that_nothing_is_given_back_would_rather_not() -> None:
    told = _cancelled({"refund": 0}, "declined")
    assert "Say that you would rather not cancel the booking then when told that there is no refund" in told


@pytest.mark.parametrize(
    "rule",
    [
        "If they could move instead, mention it once.",
        "If a move would cost them less, mention it once.",
        "If moving to another day is still possible, mention that once.",
    ],
)
def test_what_is_mentioned_in_place_of_a_deed_is_turned_down(rule: str) -> None:
    assert "Say no if offered to move the booking instead" in _cancelled({"refund": 16}, "done", rule)
