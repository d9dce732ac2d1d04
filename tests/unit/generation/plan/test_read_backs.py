"""What an intake's agent reads back: as much as its prompt names, before the call ends."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, outcome, planned, steps

PROMPT = """You answer calls for a plumbing company in Jefferson County.

For every request, collect:
1. Full name
2. Callback number
3. Address, with ZIP code
4. Whether the caller owns the home or rents it
Say that the office will call back the next morning.
"""


def _ways(read_back: str) -> dict[str, Test]:
    tests = planned(agent(PROMPT + read_back), "intake")[::-1]
    return {test.key.split(":")[1].rpartition("/")[0]: test for test in tests}


@pytest.mark.parametrize(
    ("sentence", "nouns"),
    [
        (
            "Before you end the call, read the name, number and address back and ask if they are correct.",
            "the name, the phone number and the address",
        ),
        ("Read back the address and the ZIP code, then end the call.", "the address and the ZIP code"),
        ("Repeat the callback number back to the caller.", "the phone number"),
        ("Read the details back.", "the name and the phone number"),
        ("Read everything back.", "the name, the phone number, the address and the ZIP code"),
    ],
)
def test_what_the_prompt_names_is_read_back_and_no_more(sentence: str, nouns: str) -> None:
    assert outcome(_ways(sentence)["answered"])[-1] == f"The main agent should read back {nouns}."


def test_something_else_that_is_read_back_is_left_alone() -> None:
    found = _ways("Read the disclaimer back.")
    assert not any("read back" in line for line in outcome(found["answered"]))
    assert "Say yes if asked whether the details are right" in steps(found["answered"])


def test_the_call_does_not_end_before_what_is_read_back() -> None:
    found = _ways("Before you end the call, read the name, number and address back.")
    for way in ("answered", "volunteered"):
        assert steps(found[way])[-2:] == [
            "Say yes when asked whether the details are right",
            "End the call when told that the office will call back the next morning",
        ]


def test_who_has_corrected_something_need_not_be_asked_again() -> None:
    found = _ways("Before you end the call, read the name, number and address back.")
    asked = "when asked whether the details are right"
    assert steps(found["corrected"])[-3:-1] == [
        f"Say that the phone number is wrong and give {{{{test_profile.phone}}}} {asked}",
        "Say yes if asked whether the details are right",
    ]


def test_a_number_that_is_not_read_back_is_not_corrected() -> None:
    assert "corrected" not in _ways("Read back the address and the ZIP code.")
