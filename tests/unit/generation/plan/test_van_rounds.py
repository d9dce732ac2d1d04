"""Rounds of a van: tasks by letters, districts out of postcodes, and states that another look-up answers."""

from __future__ import annotations

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

FIND = tool(
    "find_customer",
    (
        {"phone": "07700900135"},
        {
            "match": True,
            "customer_id": "c_2063",
            "full_name": "Helen Marsh",
            "postcode": "BA2 4JR",
            "account_status": "active",
            "rounds": [
                {"round_id": "PK-7352", "date": "2026-10-16", "window": "12:00-15:00", "status": "scheduled"}
            ],
        },
    ),
)
SLOTS = tool(
    "check_slots",
    (
        {"district": "BA2", "date": "2026-10-17"},
        {"district": "BA2", "date": "2026-10-17", "windows": ["08:00-11:00", "12:00-15:00"]},
    ),
    described={"district": "First half of the postcode on the record, e.g. BS8."},
)
CHANGE = tool(
    "change_round",
    (
        {"round_id": "PK-7352", "action": "move", "new_date": "2026-10-17", "new_window": "08:00-11:00"},
        {"status": "moved", "date": "2026-10-17", "window": "08:00-11:00"},
    ),
    ({"round_id": "PK-7352", "action": "cancel"}, {"status": "cancelled"}),
    enums={"action": ["move", "cancel"], "new_window": ["08:00-11:00", "12:00-15:00"]},
)
BALANCE = tool(
    "get_card_balance",
    ({"customer_id": "c_2063", "card_last4": "4471"}, {"card_last4": "4471", "status": "active"}),
)
PROMPT = """You answer for the van of a laundry. Today is 2026-10-14.
<what_people_call_for>
A. Moving or cancelling a round
B. The balance of a card
</what_people_call_for>
<identification>
1. Ask for the mobile number and call find_customer.
2. Ask for the full name. It has to match the record.
{more}
</identification>
<rounds>
For a move ask for the day, check_slots first, get a yes, then change_round. To cancel, get a yes, then call
change_round.
</rounds>
<cards>
With the four digits, call get_card_balance.
- Active: pass the call on to the office.
</cards>
"""


def van(more: str = "") -> AgentModel:
    return agent(PROMPT.format(more=more), FIND, SLOTS, CHANGE, BALANCE)


def test_what_one_lettered_task_wants_on_top_is_not_asked_of_the_callers_of_another() -> None:
    of_one = van("For B, on top of that, the caller gives their date of birth.")
    assert len(planned(of_one, "done", "change_round")) == len(planned(van(), "done", "change_round")) > 0
    of_all = van("The caller gives their date of birth.")
    assert not planned(of_all, "done", "change_round")


def test_a_state_that_the_part_of_another_look_up_speaks_of_does_not_end_a_deed() -> None:
    told = "Active: pass the call on to the office."
    inside = PROMPT.replace("<rounds>\n", f"<rounds>\n- {told}\n").format(more="")
    assert planned(van(), "done", "change_round")
    assert not planned(agent(inside, FIND, SLOTS, CHANGE, BALANCE), "done", "change_round")


def test_the_district_that_a_look_up_takes_is_the_first_half_of_the_postcode_on_record() -> None:
    moved = next(test for test in planned(van(), "done") if "move" in str(calls(test)))
    assert ("check_slots", {"district": "BA2", "date": "2026-10-17"}) in calls(moved)
    assert not any("BA2" in step or "district" in step for step in steps(moved))


def test_a_thing_that_is_read_back_is_the_right_one() -> None:
    read_back = PROMPT.replace(
        "For a move", "Read it back so that the caller can confirm it is the right one. For a move"
    )
    model = agent(read_back.format(more=""), FIND, SLOTS, CHANGE, BALANCE)
    asked = "Say yes if asked whether it is the round on "
    said, unsaid = ([step for test in planned(one, "done") for step in steps(test)] for one in (model, van()))
    assert any(step.startswith(asked) for step in said)
    assert not any(step.startswith(asked) for step in unsaid)


def test_a_balance_is_not_all_that_is_told_of_a_card_that_is_over() -> None:
    prompt = """You answer for a laundry. Prices are in pounds.
# Cards
Ask for the card number, call get_card_balance.
- Expired: give the remaining balance and say that it has expired.
"""
    found = [
        len(
            planned(
                agent(
                    prompt,
                    tool(
                        "get_card_balance",
                        ({"card_number": "GC15550190"}, {"status": state, "balance": 12.4}),
                    ),
                ),
                "fact",
            )
        )
        for state in ("active", "expired")
    ]
    assert found == [1, 0]


PACKS = """You answer for a mover.
# Flow A: insurance
{cover}
# Flow B: packing material
Ask for the pack and the delivery day, read back pack, price and day, get a yes, add_extra.
"""
EXTRA = tool(
    "add_extra",
    ({"reference": "KB41207", "extra": "cover_standard"}, {"status": "added", "amount": 75}),
    enums={"extra": ["cover_standard", "pack_starter"]},
)


def test_what_one_of_two_uses_of_a_deed_has_read_back_is_not_asserted_of_the_other() -> None:
    one, two = (
        [line for test in planned(agent(PACKS.format(cover=cover), EXTRA), "done") for line in outcome(test)]
        for cover in ("Cover is explained.", "Explain, read back the price, get a yes, add_extra.")
    )
    assert any("pack, price and day" in line for line in one)
    assert two and not any("pack, price and day" in line for line in two)


def _euros(told: str) -> list[str]:
    model = agent(
        f"You answer for a mover. Moves cost from 300 euro.\n# Cancelling\nAsk for the reference. {told}"
        " Only on an explicit yes, cancel_job.",
        tool("cancel_job", ({"reference": "KB41207"}, {"status": "cancelled", "refund_amount": 330})),
    )
    return [line for test in planned(model, "done") for line in outcome(test)]


def test_a_refund_amount_in_euro_is_told_before_the_yes() -> None:
    lines = _euros("Tell them what they get back before they decide.")
    assert any("refund amount is `330 euro`" in line and "before" in line for line in lines)


def test_the_exact_amount_is_not_asserted_beside_the_amount() -> None:
    lines = _euros("Tell the caller the exact amount before anything happens.")
    assert any("330 euro" in line for line in lines) and not any("exact amount" in line for line in lines)
