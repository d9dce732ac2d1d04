"""Invented records of an agent whose tools say much of their ids, their choices and what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.invented.trades import is_plainly, told_in, trade_in
from evalgen.generation.read.invented.variables import variable_of
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PROMPT = """You answer for Hadley Brook, who sell heating oil and boilers. Today is Monday 1 March 2027.
Look the caller up with find_account.
"""
FIND = tool(
    "find_account",
    None,
    "Look up an account. Returns account_id, account holder, each tank (tank_id, size), and open orders with "
    "their ids and times.",
    (),
    lookup_by={**TEXT, "enum": ["account_number", "phone"]},
    value={**TEXT, "description": "Ten-digit phone number, or the account number from a bill"},
)
DATES = tool(
    "get_delivery_dates",
    None,
    "Dates on which a truck can deliver. Returns a list of dates, each with a delivery_slot_id and a window.",
    (),
    account_id={**TEXT, "description": "account_id from find_account"},
)
ORDER = tool(
    "place_order",
    ["account_id", "delivery_slot_id", "amount_type"],
    "Place an order. Returns order_id and a confirmation number, or an error such as credit_hold.",
    (),
    account_id={**TEXT, "description": "account_id from find_account"},
    delivery_slot_id={**TEXT, "description": "delivery_slot_id from get_delivery_dates"},
    amount_type={**TEXT, "enum": ["gallons", "fill"]},
    gallons={"type": "integer", "description": "Number of gallons, left out for a fill."},
)
CANCEL = tool(
    "cancel_order",
    None,
    "Cancel an order.",
    (),
    order_id={**TEXT, "description": "order_id from find_account"},
)
MADE = invented(agent(PROMPT, FIND, DATES, ORDER, CANCEL))


def inputs(name: str) -> list[dict[str, Any]]:
    return [call.input for call in calls(MADE, name)]


def outputs(name: str) -> list[dict[str, Any]]:
    """Of the three callers who are on record."""
    return [call.output for call in calls(MADE, name)[:3]]


def test_an_id_comes_from_the_record_and_not_from_what_it_lists() -> None:
    own = {record["account_id"] for record in outputs("find_account")}
    assert {given["account_id"] for given in inputs("place_order")} <= own


def test_what_is_made_has_an_id_that_no_record_has() -> None:
    held = str([record.get("orders") for record in outputs("find_account")])
    assert all(answer["order_id"] not in held for answer in outputs("place_order"))


def test_each_thing_in_brackets_is_a_list_and_each_date_of_a_list_has_its_day() -> None:
    assert all({"tank_id", "size"} <= one.keys() for r in outputs("find_account") for one in r["tanks"])
    found = [one for answer in outputs("get_delivery_dates") for v in answer.values() for one in v]
    assert all("date" in one for one in found)


def test_what_is_left_out_for_a_choice_is_not_given_with_it_and_an_error_is_no_field() -> None:
    assert all(("gallons" in given) is (given["amount_type"] == "gallons") for given in inputs("place_order"))
    assert not any("credit_hold" in answer for answer in outputs("place_order"))


def test_callers_are_looked_up_by_what_everybody_has() -> None:
    assert {given["lookup_by"] for given in inputs("find_account")} == {"phone"}


def test_a_trade_is_told_by_the_beginning_of_a_prompt_and_its_stories_by_its_words() -> None:
    trades = {"bank": {"words": "charge"}, "home": {"words": "oil|boiler"}}
    assert trade_in(f"{PROMPT}{' ' * 500}{'A charge. ' * 9}", trades) == "home"
    stories = ["The tap drips.", "The boiler is cold."]
    assert told_in(PROMPT.lower(), stories, True) == ["The boiler is cold."]
    assert told_in("pizza", stories, True) == stories


def test_no_story_is_told_of_a_trade_of_which_the_beginning_of_a_prompt_says_nothing() -> None:
    trades = {"utility": {"words": "power|water"}, "home": {"words": "oil|boiler"}}
    prompt = f"You answer for a tree company.{' ' * 500}Is the tree near a power line, or in the water?"
    assert trade_in(prompt, trades) == "utility"
    assert not is_plainly("utility", prompt, trades) and is_plainly("home", PROMPT, trades)
    assert not told_in("the power went off", ["The power went off."], False)


@pytest.mark.parametrize("example", ["2026-11-30T14:05", "2026-01-09T09:05"])
def test_a_moment_in_the_form_of_machines_keeps_its_noughts(example: str) -> None:
    about = f"Local date and time at the start of the call, in the format {example}"
    assert variable_of("currentDateTime", about, PROMPT, "en", 0) == "2027-03-01T09:00"
