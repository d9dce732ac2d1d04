"""Invented records and answers keep to what prompt and tools say: their fields, days, rules and trade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.read.invented import Invented
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PROMPT = """You answer for a workshop that looks after violins. Today is Tuesday 3 February 2026.
Harwick: Monday to Friday 9 to 5.30, Saturday 9 to 1. Olden: Monday, Friday 9 to 4. Tarn: Friday 9.30 to 4.
Strings: up to 4 sets, one order every 30 days by the last order on record.
A new bow is made only when the record shows a bow order marked paid.
"""
PLACE = {**TEXT, "enum": ["harwick", "olden", "tarn"]}
OWNER = {**TEXT, "description": "owner_id from find_owner."}
VISIT = {**TEXT, "description": "visit_id from the owner's record."}
FIND = tool(
    "find_owner",
    None,
    "Finds an owner. Gives status 'found' with owner_id, care_plan (true/false), last_string_order (date or "
    "null), bow_order (null, or its status: asked, paid, made), visits (visit_id, place, start, times_moved) "
    "and repairs (item, stage, expected_date, which may be null). Gives status 'not_found' when none does.",
    (),
    surname=TEXT,
)
SLOTS = tool("find_slots", None, "Gives slots, each with slot_id and start.", (), place=PLACE, day=TEXT)
SLOT = {**TEXT, "description": "slot_id from find_slots."}
MOVE = tool(
    "move_visit",
    None,
    "Moves a visit. Gives status 'moved' with reference, start, place and times_moved; or status 'refused' "
    "with reason 'slot_taken', 'has_this_kind' or 'out_of_time'.",
    (),
    visit_id=VISIT,
    slot_id=SLOT,
)
CANCEL = tool(
    "cancel_visit",
    None,
    "Cancels a visit. Gives status 'cancelled' with reference and fee_eur (0 or 20).",
    (),
    visit_id=VISIT,
)
ORDER = tool(
    "order_strings",
    None,
    "Orders strings. Gives status 'ordered' with order_reference and ready_or_sent_on (date); or status "
    "'refused' with reason 'ordered_lately' (with next_from), 'post_needs_care_plan' or 'sold_out'.",
    (),
    owner_id=OWNER,
    delivery={**TEXT, "enum": ["post", "collect"]},
    place=PLACE,
)
TOOLS = (FIND, SLOTS, MOVE, CANCEL, ORDER)
OPEN = {"harwick": range(6), "olden": (0, 4), "tarn": (4,)}


def _made(*tools: Tool, prompt: str = PROMPT) -> Invented:
    return invented(agent(prompt, *(tools or TOOLS)))


def _records(prompt: str = PROMPT) -> list[dict[str, Any]]:
    found = [call.output for call in calls(_made(prompt=prompt), "find_owner")]
    return [record for record in found if "owner_id" in record]


def test_a_number_is_called_as_the_description_calls_it_and_reasons_of_a_refusal_are_no_fields() -> None:
    made = _made()
    assert set(calls(made, "move_visit")[0].output) == {
        "status",
        "reference",
        "start",
        "place",
        "times_moved",
    }
    assert set(calls(made, "cancel_visit")[0].output) == {"status", "reference"}
    assert set(calls(made, "order_strings")[0].output) == {"status", "order_reference", "ready_or_sent_on"}


def test_a_record_has_the_state_of_one_that_is_found_and_else_the_other_one() -> None:
    states = [call.output["status"] for call in calls(_made(), "find_owner") if "status" in call.output]
    assert set(states) == {"found", "not_found"}


def test_what_brackets_say_of_how_a_value_is_written_is_no_value() -> None:
    lasts = [record["last_string_order"] for record in _records()]
    assert all(date.fromisoformat(last) < date(2026, 2, 3) for last in lasts)


def test_what_may_be_had_once_in_so_many_days_was_had_longer_ago() -> None:
    lasts = [date.fromisoformat(record["last_string_order"]) for record in _records()]
    assert all((date(2026, 2, 3) - last).days > 30 for last in lasts)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("True only if the 20 euro charge applies and the caller agreed to it.", {False}),
        ("True if the caller agreed to the late fee.", {True}),
    ],
)
def test_a_yes_to_a_late_fee_is_given_only_where_it_applies(about: str, said: set[bool]) -> None:
    deed = tool(
        "cancel_visit",
        None,
        "",
        (),
        visit_id=VISIT,
        late_fee_accepted={"type": "boolean", "description": about},
    )
    assert {call.input["late_fee_accepted"] for call in calls(_made(FIND, deed), "cancel_visit")} == said


def test_a_deed_whose_yes_rests_on_an_uncertain_charge_is_left_out() -> None:
    about = "True only if a fee applies and the caller agreed to it."
    deed = tool(
        "cancel_visit", None, "", (), visit_id=VISIT, fee_accepted={"type": "boolean", "description": about}
    )
    assert calls(_made(FIND, deed), "cancel_visit") == ()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Less than 48 hours before: a 35 euro fee, no move twice.", {False}),
        ("Less than 48 hours before: a 35 euro fee.\nA second move: a 35 euro fee.", set()),
    ],
)
def test_a_sum_that_the_prompt_takes_at_short_notice_alone_is_none_of_days_ahead(
    rule: str, said: set[bool]
) -> None:
    about = "True if the 35 euro fee applies and the caller agreed to it."
    flag = {"type": "boolean", "description": about}
    deed = tool("cancel_visit", None, "", (), visit_id=VISIT, fee_accepted=flag)
    made = calls(_made(FIND, deed, prompt=f"{PROMPT}{rule}\n"), "cancel_visit")
    assert {call.input["fee_accepted"] for call in made} == said


def test_things_of_a_shop_are_had_only_where_the_prompt_is_of_one_or_speaks_of_them() -> None:
    repairs = [one for record in _records() for one in record["repairs"]]
    assert repairs and all(set(one) == {"stage", "expected_date"} for one in repairs)
    spoken = [one for record in _records(PROMPT + "We mend a desk lamp too.\n") for one in record["repairs"]]
    assert {one["item"] for one in spoken} == {"a desk lamp"}


def test_each_place_is_open_on_the_days_of_its_own_sentence() -> None:
    made = _made()
    visits = [one for record in _records() for one in record["visits"]]
    slots = [one | call.input for call in calls(made, "find_slots") for one in call.output.get("slots", ())]
    assert visits and {"olden", "tarn"} <= {one["place"] for one in (*visits, *slots)}
    for one in (*visits, *slots):
        assert datetime.fromisoformat(one["start"]).weekday() in OPEN[one["place"]]


def test_what_is_ready_at_a_place_is_so_on_a_day_on_which_that_is_open() -> None:
    for call in calls(_made(), "order_strings"):
        ready = date.fromisoformat(call.output["ready_or_sent_on"])
        assert ready.weekday() in OPEN[call.input["place"]]


def test_a_move_counts_itself() -> None:
    assert {one["times_moved"] for record in _records() for one in record["visits"]} == {0}
    assert {call.output["times_moved"] for call in calls(_made(), "move_visit")} == {1}


def test_a_sum_that_is_nothing_or_something_is_nothing_where_the_deed_is_done_without_it() -> None:
    flag = {"type": "boolean", "description": "True only if the late fee applies and the caller agreed."}
    deed = replace(CANCEL, parameters=tool("cancel_visit", visit_id=VISIT, late_fee_accepted=flag).parameters)
    assert {call.output["fee_eur"] for call in calls(_made(FIND, deed), "cancel_visit")} == {0}


@pytest.mark.parametrize(
    ("rule", "plan"),
    [
        ("Collection only unless care_plan is true.", True),
        ("Strings can be posted only if the care plan is on.", True),
        ("Collection only unless care_plan is false.", False),
        ("Tell who is on the care plan what it costs.", False),
    ],
)
def test_a_record_has_what_a_rule_wants_of_it_for_a_deed(rule: str, plan: bool) -> None:
    order = tool("order_strings", None, "Orders strings.", (), owner_id=OWNER)
    made = _made(FIND, order, prompt=f"{PROMPT}{rule}\n")
    assert {call.output["care_plan"] for call in calls(made, "find_owner") if "care_plan" in call.output} == {
        plan
    }


def test_what_a_refusal_is_called_by_and_the_state_that_a_rule_names_are_rules_too() -> None:
    assert {(record["care_plan"], record["bow_order"]) for record in _records()} == {(True, "paid")}
