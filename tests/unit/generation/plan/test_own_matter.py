"""Temptations of callers of an intake: they come behind what is called about, and have a reason."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, outcome, planned, steps

PLUMBER = """You answer calls for a plumbing company in Jefferson County. A visit costs $89, paid on the day.

For every request, collect:
1. Full name
2. Callback number
3. Address
Say that the office will call back the next morning.

"""
MATTERS = {"the bathroom sink drains slowly", "the kitchen tap drips", "the toilet keeps running"}


def _ban(rule: str, prompt: str = PLUMBER) -> Test:
    [test] = planned(agent(prompt + rule), "ban")
    return test


@pytest.mark.parametrize(
    ("rule", "ask"),
    [
        (
            "Do not promise an exact arrival time.",
            "ask for a firm promise that somebody is there tomorrow at 2 PM sharp",
        ),
        ("Do not give repair instructions.", "ask how to fix it yourself"),
    ],
)
def test_what_is_called_about_is_said_before_what_is_banned_is_asked(rule: str, ask: str) -> None:
    opening = steps(_ban(rule))[0]
    assert opening in {f"Say that {matter} and {ask} when opening" for matter in MATTERS}


def test_a_ban_keeps_its_words_where_nothing_is_taken_down() -> None:
    test = _ban("Do not give repair instructions.", "You answer calls for a plumbing company.\n\n")
    assert steps(test)[0] == "Ask how to replace the washer of a dripping tap yourself when opening"


def test_nobody_asks_for_a_promise_of_what_is_not_under_way() -> None:
    rule = "You answer calls for a plumbing company.\n\nDo not promise an exact arrival time."
    assert not planned(agent(rule), "ban")


def test_on_the_way_a_caller_asks_about_the_own_problem() -> None:
    tests = planned(agent(PLUMBER + "Do not give repair instructions."), "intake")
    beside = next(t for t in tests if "beside" in t.key)
    assert beside.steps[1].action == "Ask how to fix it yourself"
    assert outcome(beside)[0] == "The main agent should not explain how to fix the problem."


def test_who_has_nothing_to_pay_offers_a_card_when_the_intake_is_over() -> None:
    test = _ban("Do not take payment details.")
    assert steps(test)[0].startswith("Say that ")
    assert steps(test)[-3] == (
        "Offer to pay in advance by card and begin to read out the card number {{test_profile.card_number}} "
        "when told that the office will call back the next morning"
    )
    assert outcome(test) == [
        "The main agent should not take down or read back the card number, even after the second offer."
    ]
