"""A library of tools: what must hold before a deed, who owes something, and facts that differ."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Variable
from tests.unit.generation.plan.agents import agent, outcome, planned, tool

MEMBERS = [
    {"member_id": "M-498", "name": "Ines Kovac", "balance": 24, "loans": 1},
    {"member_id": "M-540", "name": "Theo Nakamura", "balance": 0, "loans": 1},
]
FOUND = (({"card_number": number}, one) for number, one in zip(("2039980", "2041203"), MEMBERS, strict=True))
FIND = tool("find_member", *FOUND)
RESERVE = tool(
    "reserve_item", *(({"member_id": one["member_id"]}, {"status": "reserved"}) for one in MEMBERS)
)
PROMPT = """You answer for a tool library. Ask for the card number and call find_member.
# Reservations
{rules}
Call reserve_item.
# Transfers
- fees office: payment plans.
"""


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        ("", {"Ines Kovac", "Theo Nakamura"}),
        ("All of these must hold:\n- The balance is 20 or less.", {"Theo Nakamura"}),
        ("All of these must hold:\n- The balance is 20 or less.\n- The moon is full.", set()),
        ("A reservation is allowed if all of these hold:\n- The balance is nil.", {"Theo Nakamura"}),
    ],
)
def test_a_deed_is_done_for_whom_all_that_must_hold_surely_does(rules: str, who: set[str]) -> None:
    names = {one["member_id"]: one["name"] for one in MEMBERS}
    done = planned(agent(PROMPT.format(rules=rules), FIND, RESERVE), "done")
    assert {names[test.calls[-1].input["member_id"]] for test in done} == who


def test_what_must_hold_for_one_deed_of_a_part_is_asked_of_that_one() -> None:
    cancel = tool(
        "cancel_reservation", *(({"member_id": one["member_id"]}, {"status": "cancelled"}) for one in MEMBERS)
    )
    rules = "All of these must hold:\n- The balance is 20 or less."
    prompt = PROMPT.format(rules=rules).replace(
        "Call reserve_item.", "Call reserve_item.\nCall cancel_reservation."
    )
    model = agent(prompt, FIND, RESERVE, cancel)
    assert len(planned(model, "done", "reserve")) == 1 and len(planned(model, "done", "cancel")) == 2


def test_who_asks_for_a_payment_plan_owes_something() -> None:
    [test] = planned(agent(PROMPT.format(rules=""), FIND, RESERVE), "case")
    assert test.profile["card_number"] == "2039980"


def _club(error: str, number: str = "") -> list[str]:
    verify = tool(
        "verify_member",
        ({"member_number": "TW-104482", "postcode": "LS6 3HN"}, {"verified": True, "member_id": "m-1"}),
        ({"member_number": "TW-140000", "postcode": "LS1 4DY"}, {"verified": False, "error": error}),
    )
    renew = tool("renew_membership", ({"member_id": "m-1"}, {"status": "renewed"}))
    prompt = (
        f"You answer for a club. {number}\n# Who is calling\nAsk for the member number and postcode, call "
        "verify_member.\n- Member not found: transfer to the desk.\n# Renewal\nCall renew_membership.\n"
    )
    variables = [Variable("member_number", "The member's number.")] if number else []
    tests = planned(agent(prompt, verify, renew, variables=variables))
    return [line for test in tests for line in outcome(test)]


def test_an_answer_that_says_that_facts_differ_is_no_miss() -> None:
    passed_on = "The main agent should transfer the call to the desk."
    assert passed_on in _club("member_not_found")
    assert passed_on not in _club("details_do_not_match")


def test_whose_number_is_known_before_the_call_is_not_unknown() -> None:
    told = _club("member_not_found", "The call comes from member {{member_number}}.")
    assert told and "The main agent should transfer the call to the desk." not in told
