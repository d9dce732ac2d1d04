"""What a playbook offers in place of the deed is declined; answers are of the record of who is calling."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

ADA: dict[str, Any] = {"customer_id": "cu_1", "next_ship_date": "2026-06-12", "skips": 0}
BEN: dict[str, Any] = {"customer_id": "cu_2", "next_ship_date": "2026-06-18", "skips": 2}
FIND = tool("find_customer", ({"email": "ada@mailbox.com"}, ADA), ({"email": "ben@mailbox.com"}, BEN))
REFUSED = "Say no if offered a pause"


def cancelling(rule: str) -> AgentModel:
    return agent(
        "You answer for a pet food shop.\nAsk for the email address and call find_customer.\n"
        f"# Cancel a plan\n- {rule}\n- Get a yes, then call cancel_plan.\n",
        FIND,
        tool("cancel_plan", ({"customer_id": "cu_1"}, {"status": "cancelled"})),
    )


@pytest.mark.parametrize(
    "rule",
    ["Offer a pause once.", "Ask for the reason once. Offer a pause once, unless the pet has died."],
)
def test_what_is_offered_to_all_who_cancel_is_declined(rule: str) -> None:
    assert REFUSED in steps(planned(cancelling(rule), "done")[0])


@pytest.mark.parametrize(
    "rule",
    ["Offer a pause if the plan is new.", "If the plan is new, say so. Offer a pause.", "Offer a brochure."],
)
def test_what_is_offered_in_one_case_or_in_place_of_nothing_is_left_alone(rule: str) -> None:
    assert not [step for step in steps(planned(cancelling(rule), "done")[0]) if "offered" in step]


def test_what_may_be_mentioned_in_the_paragraph_of_a_deed_is_declined_by_its_own_verb() -> None:
    model = agent(
        "You answer for a pet food shop.\n# Tasks\nAsk for the email address and call find_customer.\n"
        "Pausing a plan: get a yes, then call pause_plan.\n"
        "Cancelling a plan. You may mention once that pausing is possible. Get a yes, then call "
        "cancel_plan.\n",
        FIND,
        tool("cancel_plan", ({"customer_id": "cu_1"}, {"status": "cancelled"})),
        tool("pause_plan", ({"customer_id": "cu_1"}, {"status": "paused"})),
    )
    mentioned = "Say no if offered to pause the plan instead"
    assert mentioned in steps(planned(model, "done", "cancel_plan")[0])
    assert mentioned not in steps(planned(model, "done", "pause_plan")[0])


def test_who_is_asked_whether_something_else_would_help_declines_where_the_deed_is_an_end() -> None:
    rule, asked = "Ask whether another date would help.", "if asked whether another date would help"
    assert f"Say no {asked}" in steps(planned(cancelling(rule), "done")[0])
    booking = agent(
        "You answer for a pet food shop.\nAsk for the email address and call find_customer.\n"
        f"# Book a visit\n- {rule}\n- Get a yes, then call book_visit.\n",
        FIND,
        tool("book_visit", ({"customer_id": "cu_1"}, {"status": "booked"})),
    )
    assert f"Say yes {asked}" in steps(planned(booking, "done")[0])


def test_who_takes_back_a_cancellation_keeps_the_thing() -> None:
    assert steps(planned(cancelling("Be brief."), "declined")[0])[-2:] == [
        "Say yes if asked whether to keep the plan",
        "End the call when told that the plan is not cancelled, or asked what else is needed",
    ]


def skipping(**ben: Any) -> AgentModel:
    return agent(
        "You answer for a pet food shop.\nAsk for the email address and call find_customer.\n"
        "# Skip a delivery\n- If skips is 2, no skipping.\n",
        tool("find_customer", ({"email": "ada@mailbox.com"}, ADA), ({"email": "ben@mailbox.com"}, BEN | ben)),
        tool(
            "skip_delivery",
            ({"customer_id": "cu_1", "ship_date": "2026-06-12"}, {"status": "skipped"}),
        ),
    )


def test_a_day_that_the_example_has_of_its_record_is_that_of_the_record_that_is_refused() -> None:
    [test] = planned(skipping(), "ruled_out")
    assert "Give {{test_profile.ship_date}} if asked for the ship date" in steps(test)
    assert test.profile["ship_date"] == "2026-06-18"


def test_a_day_of_another_record_is_left_out_where_the_own_has_none() -> None:
    [test] = planned(skipping(next_ship_date=None), "ruled_out")
    assert "ship_date" not in test.profile


@pytest.mark.parametrize(
    ("rule", "may_be_first"),
    [
        ("Mornings end at noon, evenings are only for members.", False),
        ("Evenings end at eight.", True),
        ("On Fridays evenings only.", True),
    ],
)
def test_nobody_first_chooses_what_only_some_callers_get(rule: str, may_be_first: bool) -> None:
    slots = [{"slot_id": "s_1", "window": "morning"}, {"slot_id": "s_2", "window": "evening"}]
    clinic = agent(
        f"You answer for a clinic.\nAsk for the email address and call find_customer.\n# Visits\n- {rule}\n"
        "- Call find_slots. Read back the window, get a yes, then call book_visit.\n",
        FIND,
        tool("find_slots", ({"date": "2026-06-12"}, {"slots": slots})),
        tool("book_visit", ({"customer_id": "cu_1", "slot_id": "s_1"}, {"status": "booked"})),
    )
    assert bool(planned(clinic, "changed", "book_visit")) is may_be_first
