"""Deeds of which it is not known how a good agent ends them: no test plays them to an end."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

FOUND = ({"phone": "2075550134"}, {"client_id": "C-30114", "full_name": "Laura Hensley"})
SLOTS = ({"date": "2027-05-21"}, {"slots": ["09:30", "11:30"]})


def salon(prompt: str = "", described: dict[str, str] | None = None, **taken: Any) -> AgentModel:
    enums = {name: ["none", "half"] for name in taken if isinstance(taken[name], str)}
    return agent(
        f"You answer for a salon. Ask for the phone number.\n{prompt}",
        tool("find_client", FOUND),
        tool(
            "cancel_visit",
            ({"client_id": "C-30114", **taken}, {"status": "cancelled"}),
            described=described,
            enums=enums,
        ),
    )


@pytest.mark.parametrize(
    ("taken", "described"),
    [
        ({"fee": "half"}, {}),
        ({"total_fee": 30}, {}),
        ({"payment": "half"}, {"payment": "What is owed ahead under the salon's rules."}),
        ({"level": "half"}, {"level": "The level that applies."}),
    ],
)
def test_what_the_agent_works_out_by_rules_leaves_the_deed_undecided(
    taken: dict[str, Any], described: dict[str, str]
) -> None:
    assert not planned(salon(described=described, **taken), "done")


def test_a_choice_of_callers_leaves_it_decided() -> None:
    assert planned(salon(described={"notice": "How the client wants to hear of it."}, notice="half"), "done")


def test_what_is_made_is_not_looked_up_before_it_is_there() -> None:
    def kitchen(deed: str) -> AgentModel:
        return agent(
            "You answer for a kitchen that takes orders. Find the order with find_order.",
            tool("find_order", ({"order_number": "FR-92114", "phone": "2075550134"}, {"guests": 12})),
            tool(deed, ({"order_number": "FR-92114"}, {"status": "confirmed"})),
        )

    assert planned(kitchen("cancel_order"), "done")
    assert not planned(kitchen("create_order"), "done")


CHECK = ({"date": "2027-05-21", "guests": 12}, {"answer": "open"})
ORDER = ({"name": "Ida Moss", "date": "2027-05-21", "guests": 12}, {"status": "placed"})


@pytest.mark.parametrize(("prompt", "certain"), [("Then check_kitchen.", False), ("Be quick.", True)])
def test_a_check_that_takes_what_the_deed_takes_has_an_answer_or_the_deed_gives_no_test(
    prompt: str, certain: bool
) -> None:
    check = tool("check_kitchen", ({"date": "2027-05-28", "guests": 40}, {"answer": "full"}))
    check.parameters["required"] = ["date", "guests"]  # type: ignore[index]  # it has a schema
    model = agent(f"You answer for a kitchen and place orders. {prompt}", check, tool("place_order", ORDER))
    assert bool(planned(model, "done", "place_order")) is certain


def test_a_wish_has_the_words_of_the_prompt_and_not_of_a_tools_name_alone() -> None:
    def house(prompt: str) -> AgentModel:
        return agent(
            f"You answer for a house. {prompt}",
            tool("find_tenant", ({"phone": "2075550134"}, {"tenant_id": "T-3108"})),
            tool("order_access_item", ({"tenant_id": "T-3108"}, {"status": "ordered"})),
        )

    assert planned(house("Ordering an access item costs nothing."), "done")
    assert not planned(house("A lost fob is replaced with order_access_item."), "done")


def test_of_tests_that_differ_in_their_record_alone_few_are_planned() -> None:
    orders = [({"order_number": f"LM-4021{n}"}, {"status": f"packed {n}"}) for n in range(9)]
    model = agent("You answer for a shop. Ask for the order number.", tool("get_order", *orders))
    assert len(planned(model, "fact")) == 4


def test_a_yes_is_ready_where_seven_steps_stand_before_it() -> None:
    taken = {"name": "Ida Moss", "color": "red", "size": "9", "street": "Elm Road", "phone": "2075550134"}
    model = agent(
        "You answer for a shop that places orders. Ask for all of it.",
        tool("place_order", ({**taken, "note_card": "yes"}, {"status": "placed", "order_number": "FR-18"})),
    )
    assert any("Say yes if asked" in step for step in steps(planned(model, "done")[0]))


@pytest.mark.parametrize(
    ("title", "asks"), [("7. Cancelling", False), ("Confirmation", True), ("Before any change", True)]
)
def test_a_yes_that_one_part_wants_is_wanted_for_no_other_deed(title: str, asks: bool) -> None:
    model = agent(
        "You answer for a campground. Ask for the booking code.\n\n# Links\nSend the payment link when they "
        f"ask.\n\n# {title}\nSay what it costs, get a clear yes.",
        tool("find_booking", ({"booking_code": "HB-4021"}, {"booking_code": "HB-4021", "guest": "Ida Moss"})),
        tool("send_payment_link", ({"booking_code": "HB-4021"}, {"status": "sent"})),
        tool("cancel_booking", ({"booking_code": "HB-4021"}, {"status": "cancelled"})),
    )
    lines = [line for test in planned(model, "done", "send_payment_link") for line in outcome(test)]
    assert lines and any("get a yes" in line for line in lines) is asks


def test_a_day_that_no_look_up_was_asked_with_is_not_known_to_be_free() -> None:
    move = tool("move_visit", ({"client_id": "C-30114", "new_date": "2027-05-21"}, {"status": "moved"}))
    look = ({"date": "2027-05-28"}, {"slots": ["09:30"]})
    ask = "You answer for a salon. Ask for the phone number and the new date."
    assert planned(agent(ask, tool("find_client", FOUND), move), "done")
    assert not planned(agent(ask, tool("find_client", FOUND), move, tool("check_openings", look)), "done")
