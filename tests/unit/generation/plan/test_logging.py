"""What an agent only notes down is no goal of a call by the name of its tool."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, planned, tool


@pytest.mark.parametrize(
    ("deed", "wish", "is_goal"),
    [
        ("create_ticket", "", False),
        ("create_ticket", "You help callers open a ticket for a broken lift. ", True),
        ("book_ticket", "", True),
        ("create_booking", "", True),
    ],
)
def test_a_ticket_is_opened_for_who_calls_about_it_alone(deed: str, wish: str, is_goal: bool) -> None:
    model = agent(
        f"You answer for a museum. {wish}Ask for the phone number and call find_account.",
        tool("find_account", ({"phone": "2075550134"}, {"account_id": "ac_1", "full_name": "Ada Rowe"})),
        tool(deed, ({"account_id": "ac_1"}, {"status": "created"})),
    )
    assert bool(planned(model, "done", deed)) is is_goal
