"""What the prompt wants said in a call in which a deed gets done."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.unit.generation.plan.agents import agent, outcome, planned, tool

HAVE = ({"phone": "2075550134"}, {"member_id": "mb_1", "full_name": "Ada Rowe", "late_cancels_30d": 2})


def cancelled(prompt: str) -> list[str]:
    """The outcome of the happy path."""
    gym = agent(
        f"You answer for a gym.\nAsk for the phone number.\n\n{prompt}",
        tool("find_member", HAVE),
        tool("cancel_class", ({"member_id": "mb_1"}, {"status": "cancelled"})),
        tool("book_class"),
    )
    return outcome(planned(gym, "done", "cancel_class")[0])


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (
            "# Cancelling a class\nIf late_cancels_30d is 2, warn that a third cancellation costs a fee.",
            "warn that a third cancellation costs a fee",
        ),
        ("Before cancel_class, read back the class and the day.", "read back the class and the day"),
        (
            "If there is nothing, say so. On a yes, call cancel_class. Tell the member that a place opens.",
            "tell the testing agent that a place opens",
        ),
        ("# Cancelling a class\n- Remind the member that towels are extra.", "remind the testing agent that"),
    ],
)
def test_what_this_record_its_call_or_its_playbook_demands_is_asserted(prompt: str, line: str) -> None:
    assert any(text.startswith(f"The main agent should {line}") for text in cancelled(prompt))


@pytest.mark.parametrize(
    "prompt",
    [
        "# Cancelling a class\nIf late_cancels_30d is 3, warn that a third cancellation costs a fee.",
        "# Booking a class\n- Remind the member that towels are extra.",
        "If there is nothing, say so. Tell the member that a place opens.",
    ],
)
def test_what_may_not_hold_in_this_call_is_not_asserted(prompt: str) -> None:
    asked, done = sorted(cancelled(prompt))
    assert asked.startswith("The main agent should ask for the phone number before")
    assert done == "The main agent should state that the class is cancelled."


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (
            "Read back the class, the day and the fee, and wait for a yes. Then call cancel_class.",
            "read back the class",
        ),
        ("Before cancelling, read back the class, the day and the fee and get a yes.", "read back the class"),
        ("Read it back and wait for a yes, then call cancel_class.", "ask whether to cancel"),
        (
            "Read back the day and wait for a yes. Then call book_class. Then call cancel_class.",
            "ask whether to",
        ),
    ],
)
def test_what_is_read_back_before_the_yes_is_asserted_where_it_is_surely_this_deeds(
    prompt: str, line: str
) -> None:
    asked = [text for text in cancelled(prompt) if "get a yes before" in text]
    assert len(asked) == 1
    assert asked[0].startswith(f"The main agent should {line}")


@pytest.mark.parametrize(
    ("moment", "due"), [("Once they have chosen", True), ("Once they have chosen the express lane", False)]
)
def test_what_is_read_back_once_a_caller_has_chosen_is_due_in_every_such_call(moment: str, due: bool) -> None:
    lines = cancelled(f"# Cancelling a class\n- {moment}, read back the class and the price.")
    assert ("The main agent should read back the class and the price." in lines) is due


def test_what_is_told_to_a_group_is_not_due_for_everybody() -> None:
    lines = cancelled(
        "# Cancelling a class\n- Tell new members to bring a photo.\n- Remind them that it is free."
    )
    assert not any("photo" in line for line in lines)


@pytest.mark.parametrize(
    ("order", "answer", "sums"),
    [
        (
            "Give the new total.",
            {"status": "moved", "new_total": 91.0},
            ["the new total `$91`"],
        ),
        ("Give the total.", {"status": "moved", "total": 91.0}, ["the total `$91`"]),
        ("Give the new total.", {"status": "moved"}, []),
        (
            "Give the price and the new total.",
            {"status": "moved", "new_total": 91.0},
            ["the new total `$91`", "the price `$20`"],
        ),
    ],
)
def test_of_two_sums_of_one_name_the_new_one_is_told_and_no_old_one(
    order: str, answer: dict[str, Any], sums: list[str]
) -> None:
    hire = agent(
        f"You hire out boats; a fee is $15. Ask for the booking code.\n\n# Moving a booking\n- {order}\n",
        tool(
            "find_booking",
            ({"booking_code": "BT4502"}, {"booking_id": "b_1", "total": 76.0, "price": 20.0}),
        ),
        tool("move_booking", ({"booking_id": "b_1", "new_date": "2026-07-04"}, answer)),
    )
    told = outcome(planned(hire, "done", "move_booking")[0])
    found = [
        line
        for text in told
        if "$" in text
        for line in re.findall(r"the [a-z ]+ `[^`]+`", text.replace(" is `", " `"))
    ]
    assert sorted(found) == sorted(sums)
