"""What callers ask of a look-up: about what they have, by names that people use."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import Tool
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

ORDER = {"order_number": "BK4471"}


def aims(*tools: Tool, prompt: str = "A boat costs 40 dollars a day.") -> list[str]:
    model = agent(f"You answer for a boat hire. {prompt} Ask for the order number.", *tools)
    return [test.aim for test in planned(model, "fact")]


def order(answer: dict[str, Any], name: str = "get_order") -> Tool:
    return tool(name, (ORDER, answer))


def test_what_stands_in_a_record_of_the_callers_own_is_asked_for() -> None:
    assert aims(order({"total": 88.0})) == ["Ask for the total of an order"]


def test_whether_something_can_be_had_and_what_that_would_come_to_is_no_goal_of_its_own() -> None:
    asked = {"start_date": "2026-07-04", "boat": "canoe"}
    for answer in ({"available": True, "total": 88.0}, {"available": True, "deadline": "2026-07-01"}):
        assert aims(tool("check_boat", (asked, answer), enums={"boat": ["canoe", "kayak"]})) == []
    assert aims(order({"available": True, "total": 88.0})) == ["Ask for the total of an order"]


def test_a_sum_that_is_only_worked_out_is_none_whatever_the_prompt_calls_its_money() -> None:
    quoted = tool("check_boat", ({"boat": "canoe"}, {"total": 88.0}), enums={"boat": ["canoe", "kayak"]})
    for money in ("40 dollars", "$40", "40 pounds"):
        assert aims(quoted, prompt=f"A boat costs {money} a day.") == []


def test_a_view_of_a_thing_is_asked_for_as_the_thing_and_a_bare_amount_as_what_it_is_of() -> None:
    balance = {"balance": {"amount": 84.5}, "data": {"status": "open"}}
    model = agent(
        "You answer for a boat hire. A boat costs 40 dollars a day. Ask for the order number.",
        order(balance, "get_order_summary"),
    )
    asked = {steps(test)[0]: outcome(test)[0] for test in planned(model, "fact")}
    assert asked == {
        "Ask for the balance of your order when opening": (
            "The main agent should state that the balance of the order is `84.50 dollars`."
        ),
        "Ask for the status of your order when opening": (
            "The main agent should state that the status of the order is `open`."
        ),
    }


def test_what_a_look_up_says_of_itself_is_no_status_of_a_thing() -> None:
    assert "Ask for the status of an order" not in aims(order({"status": "found", "stage": "received"}))
    assert aims(order({"status": "shipped"})) == ["Ask for the status of an order"]


def test_a_thing_that_is_not_on_its_way_has_no_status_under_its_whole_name_either() -> None:
    prompt = "A boat costs 40 dollars a day. Tell the order status, or the boat status."
    assert aims(order({"boat_status": "afloat"}, "get_boat"), prompt=prompt) == []
    assert aims(order({"order_status": "shipped"}), prompt=prompt) == ["Ask for the order status of an order"]


def test_a_free_text_that_the_record_holds_is_that_of_the_own_record() -> None:
    first = {"order_number": "BK4471"}, {"total": 88.0, "patient_initials": "MK"}
    other = {"order_number": "BK4472"}, {"total": 91.0, "patient_initials": "RO"}
    model = agent(
        "You answer for a boat hire. A boat costs $40. Ask for the order number.",
        tool("get_order", first, other, free=("patient_initials",)),
    )
    given = [test.calls[-1].input for test in planned(model, "fact")]
    assert {(one["order_number"], one.get("patient_initials")) for one in given} == {
        ("BK4471", "MK"),
        ("BK4472", "RO"),
    }


def test_what_is_not_found_is_named_by_what_was_asked_anew() -> None:
    account = {"account_number": "20417", "pin": "6631"}, {"status": "verified", "holder": "Denise Halloran"}
    known = {"account_number": "20417", "order_number": "BK4471"}
    missed = known | {"order_number": "BK9999"}
    model = agent(
        "You answer for a boat hire. A boat costs $40. Ask for account number and PIN, call verify_account.",
        tool("verify_account", account),
        tool("get_order", (known, {"total": 88.0}), (missed, {"status": "not_found"})),
    )
    assert [test.aim for test in planned(model, "no_record", "get_order")] == [
        "Ask for the total of your order with an order number that no record has"
    ]
