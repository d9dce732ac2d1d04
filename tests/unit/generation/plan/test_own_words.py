"""What callers tell in their own words of what they call for, where no mock data has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import Call, agent, planned, steps, tool

PHONE = "3165550111"
KINDS = "hvac_repair for heating and cooling, plumbing_repair for leaks and drains, tank_repair for tanks."
WHAT_IS_WRONG = {"problem": "What's wrong, in the caller's words"}


def with_text(name: str, *calls: Call, described: Mapping[str, str], **more: Any) -> Tool:
    """A deed that requires texts that none of its examples has."""
    made = tool(name, *calls, free=tuple(described), described=described, **more)
    schema = {**(made.parameters or {}), "required": [*calls[0][0], *described]}
    return replace(made, parameters=schema)


def visits(
    kind: str = "plumbing_repair", prompt: str = "", record: Mapping[str, Any] | None = None
) -> list[Test]:
    """The bookings of a visit of a kind that was chosen for the look-up of what is free."""
    window = {"window_id": "w_1", "date": "2026-01-14"}
    desk = agent(
        "You answer for a home service company. Ask for the phone number and call find_customer.\n\n"
        f"{prompt}\n",
        tool("find_customer", ({"phone": PHONE}, {"customer_id": "c_1", **(record or {})})),
        tool(
            "list_windows",
            ({"kind": kind}, {"windows": [window]}),
            described={"kind": KINDS},
            enums={"kind": ["hvac_repair", "plumbing_repair", "tank_repair"]},
        ),
        with_text(
            "book_visit",
            ({"customer_id": "c_1", "window_id": "w_1"}, {"status": "booked", "date": "2026-01-14"}),
            described=WHAT_IS_WRONG,
        ),
    )
    return planned(desk, "done", "book_visit")


def told(tests: list[Test], key: str = "problem") -> list[Any]:
    return [test.profile[key] for test in tests[:1]]


def test_the_kind_that_was_chosen_says_what_is_wrong() -> None:
    booked = visits()
    assert told(booked) == ["the bathroom sink drains slowly"]
    assert "Give {{test_profile.problem}} if asked what is wrong" in steps(booked[0])


def test_of_a_kind_without_a_story_nothing_is_booked() -> None:
    assert visits("tank_repair") == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Water from the bathroom ceiling: have them call 911.", "the kitchen sink drains slowly"),
        ("A sink that smells: tell them to leave the house.", None),
    ],
)
def test_a_story_has_no_word_of_another_line_of_the_prompt(rule: str, said: str | None) -> None:
    assert told(visits(prompt=rule)) == [said] * (said is not None)


def test_a_story_of_another_room_than_the_one_on_record_is_not_told() -> None:
    assert told(visits(record={"room": "kitchen"})) == ["the kitchen sink drains slowly"]


def test_a_kind_that_is_only_for_some_stories_gets_none() -> None:
    assert visits(prompt="Book a plumbing repair on a Sunday only if the house has no water.") == []


def test_a_story_does_not_decide_how_urgent_it_is() -> None:
    def booked(*more: str) -> list[Test]:
        """The visits of a deed that takes these choices besides the kind."""
        deed = with_text(
            "book_visit",
            ({"kind": "plumbing", **dict.fromkeys(more, "routine")}, {"status": "booked"}),
            described={**WHAT_IS_WRONG, "kind": "Plumbing: drains. Electrics: lights."},
            enums={"kind": ["plumbing", "electrics"], **{key: ["urgent", "routine"] for key in more}},
        )
        return planned(agent("You answer for a landlord.", deed), "done")

    assert booked()
    assert not booked("priority")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"item_count": 2, "mattress_count": 0}, "a desk and an armchair"),
        ({"item_count": 2, "mattress_count": 1}, "a desk and a mattress"),
        ({"item_count": 2, "mattress_count": 2}, None),
    ],
)
def test_so_many_items_are_named_as_the_call_counts(counts: Mapping[str, int], said: str | None) -> None:
    desk = agent(
        "You book collections of waste.",
        with_text(
            "book_collection",
            ({"date": "2026-01-14", **counts}, {"status": "booked"}),
            described={"item_list": "Short description of the items"},
        ),
    )
    assert told(planned(desk, "done"), "item_list") == [said] * (said is not None)


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ("a broadband company", "the broadband has not been right since the weekend"),
        ("a company for broadband and internet on ships", None),
    ],
)
def test_without_a_kind_the_story_is_of_the_one_thing_that_the_company_sells(
    company: str, said: str | None
) -> None:
    desk = agent(
        f"You answer for {company}. You book engineer visits.",
        with_text(
            "book_engineer_visit",
            ({"date": "2026-01-14"}, {"status": "booked"}),
            described={"problem": "What the customer is experiencing"},
        ),
    )
    booked = planned(desk, "done")
    assert [test.profile.get("problem") for test in booked[:1]] == [said] * (said is not None)


def test_why_something_is_paused_is_told_if_asked_for_the_reason() -> None:
    desk = agent(
        "You answer for a rink.",
        with_text(
            "freeze_pass",
            ({"start_date": "2026-01-14"}, {"status": "frozen"}),
            described={"reason": "The caller's reason in a few words"},
        ),
    )
    done = planned(desk, "done")
    assert told(done, "reason") == ["a work trip"]
    assert "Give {{test_profile.reason}} if asked for the reason" in steps(done[0])


def test_words_that_a_long_paragraph_has_beside_the_kind_are_not_its_own() -> None:
    rest = "We come to the whole county, in the morning or in the afternoon, on each day of the year. " * 2
    line = "Plumbing repair is for a sink in the bathroom or the kitchen."
    assert told(visits(prompt=line)) == ["the bathroom sink drains slowly"]
    assert visits(prompt=f"{line} {rest}") == []
