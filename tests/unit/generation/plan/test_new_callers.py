"""Deeds for new callers where the prompt identifies those who have something already."""

from __future__ import annotations

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

RENTAL = {"start_date": "2026-03-03", "boat": "kayak", "full_name": "Ida Moss", "life_vest_hire": True}
EXISTING = (
    "Whenever the caller wants to change, cancel or ask about an existing reservation, ask for the "
    "reservation code and the last name on it, then look it up.\n"
)


def boats(prompt: str) -> AgentModel:
    return agent(
        f"You answer for a boat hire. Offer life vest hire once.\n{prompt}",
        tool(
            "find_reservation",
            (
                {"reservation_code": "BH4471", "last_name": "Lund"},
                {"reservation_code": "BH4471", "last_name": "Lund", "status": "booked"},
            ),
        ),
        tool(
            "book_reservation",
            (RENTAL, {"status": "booked", "confirmation_code": "BH4590"}),
            described={"life_vest_hire": "true if the caller takes it"},
        ),
        tool("cancel_reservation", ({"reservation_code": "BH4471"}, {"status": "cancelled"})),
    )


def test_what_is_made_anew_needs_nobody_identified_where_existing_things_do() -> None:
    model = boats(EXISTING)
    assert [name for name, _ in calls(planned(model, "done", "book")[0])] == ["book_reservation"]
    assert [name for name, _ in calls(planned(model, "done", "cancel")[0])] == [
        "find_reservation",
        "cancel_reservation",
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "For every caller, verify the caller with find_reservation.",
        "Whenever the caller wants to book or cancel an existing reservation, ask for the code and find it.",
    ],
)
def test_what_names_no_existing_thing_or_the_deed_itself_identifies_for_it(prompt: str) -> None:
    assert not planned(boats(prompt), "done", "book")


@pytest.mark.parametrize(("takes", "step"), [(True, "Say yes"), (False, "Say no")])
def test_an_extra_that_the_caller_takes_or_not_by_the_schema_has_its_answer(takes: bool, step: str) -> None:
    made = {**RENTAL, "life_vest_hire": takes}
    book = tool(
        "book_reservation",
        (made, {"status": "booked"}),
        described={"life_vest_hire": "true if the caller takes it"},
    )
    done = planned(agent("You answer for a boat hire. Offer life vest hire once.", book), "done")[0]
    assert f"{step} if offered the life vest hire" in steps(done)


def test_waiting_until_the_caller_agrees_is_a_yes_before_the_deed() -> None:
    rule = "Say the day and the boat, and wait for the caller to agree. Only then book."
    told = outcome(planned(boats(f"{EXISTING}{rule}"), "done", "book")[0])
    assert any("get a yes before it states that the reservation is booked" in line for line in told)
