"""What callers want, where no tool tells of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.reading.model import read_agent
from tests.agents_on_disk import definition_of


def goals(prompt: str) -> list[str]:
    agent = replace(definition_of("restaurant_line"), description=prompt, tools=())
    return [goal.phrase for goal in read_agent(agent).goals]


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("You freeze and cancel memberships.", ["cancel your membership", "freeze your membership"]),
        ("You are the voice of Blue Pizza that takes orders for pickup.", ["place an order"]),
        ("Book appointments and answer questions about prices.", ["ask about prices", "book an appointment"]),
        ("Help customers track their parcels.", ["track your parcel"]),
        ("You are a helpful assistant.", ["get some information"]),
    ],
)
def test_a_line_that_says_what_the_agent_does_says_what_its_callers_want(
    prompt: str, wanted: list[str]
) -> None:
    assert sorted(goals(prompt)) == wanted


def test_sections_with_rules_are_what_callers_ask_about_and_those_about_the_agent_are_not() -> None:
    prompt = (
        "# Voice\nStay calm. Never shout. Prices may be said.\n\n"
        "# Freezing\nA freeze costs 5 euros. It may last up to 6 months.\n\n"
        "# Where is my parcel\nIf it is lost, open a ticket. Never guess where it is."
    )
    found = goals(prompt)
    assert "ask about freezing" in found
    assert not any("voice" in goal for goal in found)


def test_a_question_as_a_heading_is_asked_and_not_quoted() -> None:
    prompt = "# Playbooks\n## Where is my truck\nGive the time. Never guess.\n\n## How do I renew\nSay how."
    assert {"find out where your truck is", "find out how to renew"} <= set(goals(prompt))
