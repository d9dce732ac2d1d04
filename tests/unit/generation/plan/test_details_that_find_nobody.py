"""Details that find nobody, in the prompt's own words for it, up to the second try."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

NO_MATCH = {"error": "no_match", "message": "No booking with that code and last name."}
REFUSED = {"verified": False, "message": "No booking with that name and code."}
DESK = tool("transfer_call", ({"desk": "front"}, {"status": "connected"}), enums={"desk": ["front"]})
CANCEL = tool("cancel_booking", ({"booking_code": "SK-4471"}, {"status": "cancelled"}))


def missing(rule: str, family: str = "no_record", answer: dict[str, Any] = NO_MATCH) -> Test:
    """The test of a sauna's agent of details that are not on record."""
    find = tool(
        "verify_guest" if answer is REFUSED else "find_booking",
        ({"booking_code": "SK-4471", "last_name": "Lund"}, {"booking_code": "SK-4471", "status": "booked"}),
        ({"booking_code": "SK-4471", "last_name": "Lind"}, answer),
    )
    prompt = f"You answer for a sauna.\n\n# Identifying guests\nAsk for the code and the last name. {rule}\n"
    return planned(agent(prompt, find, CANCEL, DESK), family, "cancel_booking")[0]


def test_what_may_be_said_and_what_is_done_after_two_tries_are_both_expected() -> None:
    test = missing(
        "If the code and the last name do not match, say only that you cannot find it under those details, "
        "and ask them to check both. After two failed tries, transfer to the front desk. Never tell the "
        "caller which of the two was wrong."
    )
    assert outcome(test) == [
        "The main agent should ask for the booking code and the last name once more.",
        "The main agent should say that no record is found for the details given.",
        "The main agent should transfer the call to the front desk.",
        "The main agent should not state that the booking is cancelled.",
        (
            "The main agent should not tell the testing agent whether the booking code or the last name was "
            "wrong."
        ),
    ]
    assert steps(test)[-2:] == [
        "Give the same details again if asked to check or repeat them",
        "End the call when told about the transfer to the front desk",
    ]
    assert calls(test)[-1] == ("transfer_call", {"desk": "front"})


@pytest.mark.parametrize(("answer", "family"), [(NO_MATCH, "no_record"), (REFUSED, "not_verified")])
def test_a_refusal_in_words_for_a_miss_is_one(answer: dict[str, Any], family: str) -> None:
    rule = (
        "When the details do not match anybody, ask the caller to say the code again and look once more. If "
        "it still does not match, transfer to the front desk."
    )
    told = outcome(missing(rule, family, answer))
    assert told[:2] == [
        "The main agent should ask for the booking code and the last name once more.",
        "The main agent should transfer the call to the front desk.",
    ]


def test_a_last_name_that_is_compared_is_no_name_in_full() -> None:
    rule = "Both have to match the record. If they don't match, transfer to the front desk."
    record = {"booking_code": "SK-4471", "full_name": "Ida Lund", "status": "booked"}
    find = tool("find_booking", ({"booking_code": "SK-4471", "last_name": "Lund"}, record))
    prompt = f"You answer for a sauna.\n\n# Identifying guests\nAsk for the code and the last name. {rule}\n"
    assert planned(agent(prompt, find, CANCEL, DESK), "mismatch") == []


def test_another_try_that_names_one_of_the_details_asks_for_that_alone() -> None:
    test = missing(
        "When the details do not match, ask the caller to say the last name again and try once more, "
        "then transfer to the front desk."
    )
    assert outcome(test)[0] == "The main agent should ask for the last name once more."
