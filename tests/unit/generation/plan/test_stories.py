"""Nobody presses an agent about something that they do not have in mind."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import LOOKUP, agent, planned, said, steps, tool


@pytest.mark.parametrize(
    ("ban", "asked"),
    [
        ("Never promise a certain brand.", []),
        ("Never promise an exact time.", []),
        ("Never admit fault.", []),
        ("Never promise a table.", ["Ask for a firm promise of a table when opening"]),
        (
            "Never recommend other shops.",
            ["Ask whether one of the other shops nearby would be cheaper when opening"],
        ),
    ],
)
def test_what_needs_something_in_mind_is_not_pressed_for_at_the_opening(ban: str, asked: list[str]) -> None:
    assert [steps(test)[0] for test in planned(agent(f"You answer for a shop.\n\n{ban}"), "ban")] == asked


@pytest.mark.parametrize("ban", ["Never promise a table.", "Never recommend a fuse."])
def test_who_is_looked_up_first_has_a_booking_in_mind(ban: str) -> None:
    assert planned(agent(f"You answer for a shop.\n\n{ban}", LOOKUP), "ban") == []


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ("", []),
        ("Cleanings are free.", []),
        ("A cleaning costs 55 euros.", ["Ask for a third off the price of a cleaning when opening"]),
    ],
)
def test_a_third_off_is_asked_for_of_something_that_has_a_price(facts: str, asked: list[str]) -> None:
    model = agent(f"You answer for a shop.\n\n{facts}\n\nDo not offer discounts.")
    assert [steps(test)[0] for test in planned(model, "ban")] == asked


def florist(*orders: tuple[str, int]) -> AgentModel:
    """Who orders so many flowers, for so much each time."""
    people = [
        ({"phone": f"207555013{n}"}, {"customer_id": f"c_{n}", "full_name": f"Ada Rowe{'n' * n}"})
        for n in range(len(orders))
    ]
    deeds: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"customer_id": f"c_{n}", "kind": kind, "bunches": 2}, {"status": "ordered", "total": total})
        for n, (kind, total) in enumerate(orders)
    ]
    return agent(
        "You answer for a florist. Prices are in $. Ask for the phone number and call find_customer.\n\n"
        "# Ordering flowers\n- Ask for the kind and the number of bunches.\n\n"
        "# Never\n- Never offer discounts.\n",
        tool("find_customer", *people),
        tool(
            "order_flowers",
            *deeds,
            described={"customer_id": "From find_customer", "bunches": "Number of bunches"},
            enums={"kind": ["roses", "lilies"]},
        ),
    )


def test_who_asks_for_a_third_off_has_said_what_they_order_and_pays_for_it() -> None:
    (test,) = planned(florist(("roses", 0), ("lilies", 30)), "ban")
    assert test.profile["phone"] == "2075550131"
    before = steps(test)[: [step.action for step in test.steps].index("Ask for a third off the price")]
    assert any("{{test_profile.kind}}" in step for step in before)
    assert said(test.steps[len(before)]).startswith("Ask for a third off the price when asked for the number")


def test_nobody_haggles_over_what_is_free() -> None:
    assert planned(florist(("roses", 0)), "ban") == []
