"""Callers who ask for a person: passed on at once, asked what it is about, offered help first."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

DESK = tool(
    "transfer_call",
    ({"desk": "front"}, {"status": "connected"}),
    ({"desk": "groups"}, {"status": "connected"}),
    enums={"desk": ["front", "groups"]},
)


def asking(rule: str) -> list[Test]:
    prompt = f"You answer the phone of a zoo. Callers ask for tickets.\n\n# Handing over\n{rule}\n"
    return [test for test in planned(agent(prompt, DESK), "case") if "person" in test.aim]


@pytest.mark.parametrize(
    ("rule", "moves", "told"),
    [
        (
            "A caller who asks for a person is transferred the first time they ask, without argument.",
            ["End the call when told about the transfer"],
            ["transfer the call"],
        ),
        (
            "If the caller asks for a person, ask what it is about, once, and transfer to the right one.",
            [
                "Say that you would rather tell that to a person when asked what the call is about",
                "End the call when told about the transfer",
            ],
            ["ask what the call is about", "transfer the call"],
        ),
        (
            "If the caller asks for a person, offer to help once. If they ask again, transfer.",
            ["Ask for a person again when offered help", "End the call when told about the transfer"],
            ["offer to help once", "transfer the call"],
        ),
        (
            "If a caller asks for a person, offer to help once. If they insist, transfer to the groups desk.",
            [
                "Ask for a person again when offered help",
                "End the call when told about the transfer to the groups desk",
            ],
            ["offer to help once", "transfer the call to the groups desk"],
        ),
    ],
)
def test_who_asks_for_a_person_is_played_to_the_transfer(
    rule: str, moves: list[str], told: list[str]
) -> None:
    (test,) = asking(rule)
    assert steps(test)[0].startswith("Ask for a person")
    assert steps(test)[-len(moves) :] == moves
    assert outcome(test) == [f"The main agent should {one}." for one in told]
    assert {call.tool for call in test.calls} == {"transfer_call"}


def test_a_transfer_at_some_hours_alone_is_not_expected_of_a_call_without_an_hour() -> None:
    rule = "If the caller asks for a person, transfer to the front desk, Monday to Saturday 7 AM to 7 PM."
    assert asking(rule) == []


def test_what_follows_an_offer_of_something_else_is_no_second_request() -> None:
    rule = "If the caller asks for a person, offer a call back. If they ask again, transfer."
    (test,) = asking(rule)
    assert outcome(test) == ["The main agent should offer a call back."]
