"""Callers whose facts agree with no record twice, what is full, what is owed, and a no that is kept to."""

from __future__ import annotations

from typing import Any

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

PRIYA: dict[str, Any] = {"customer_id": "cu_1", "full_name": "Priya Raman", "zip": "97214", "balance_due": 0}
TOM: dict[str, Any] = {"customer_id": "cu_2", "full_name": "Tom Becker", "zip": "97202", "balance_due": 42.5}
BOOKED = {"customer_id": "cu_1", "day": "2026-12-08"}, {"status": "booked", "pickup_number": "PU-6614"}
FULL = {"customer_id": "cu_1", "day": "2026-12-09"}, {"error": "day_full", "message": "This day is full."}
NOBODY = {"phone": "5035550100"}, {"found": False, "message": "No account with this number."}
DOWN = {"phone": "5035550199"}, {"error": "unavailable", "message": "Temporarily unavailable."}


def laundry(*rules: str) -> AgentModel:
    return agent(
        "You answer for a laundry. Prices are in $.\n"
        "# Identify the caller\nAsk for the phone number and call find_customer. Then ask for the ZIP code"
        f" and compare it with the account.\n{chr(10).join(f'- {rule}' for rule in rules)}\n"
        "# Booking a pickup\n- Ask for the day.\n- Read back the day and get a yes before you call"
        " book_pickup.\n",
        tool("find_customer", ({"phone": "5035550142"}, PRIYA), ({"phone": "5035550187"}, TOM), NOBODY, DOWN),
        tool("book_pickup", BOOKED, FULL),
    )


def test_a_fact_that_does_not_match_is_given_again_and_ends_where_the_second_failure_does() -> None:
    model = laundry(
        "If it does not match, ask once more; if it is wrong again, do not share anything about the account"
        " and transfer the caller to the care team."
    )
    [test] = planned(model, "mismatch")
    assert steps(test)[-3:] == [
        "Give {{test_profile.stated_zip}} if asked for the ZIP code",
        "Give {{test_profile.stated_zip}} again if asked for the ZIP code a second time",
        "End the call when told about the transfer to the care team",
    ]
    assert outcome(test)[:3] == [
        "The main agent should ask for the ZIP code once more.",
        "The main agent should transfer the testing agent to the care team.",
        "The main agent should not share anything about the account.",
    ]


def test_a_mismatch_after_which_other_facts_may_do_gives_no_test() -> None:
    assert not planned(laundry("If it does not match, ask for the street."), "mismatch")


def test_a_mismatch_whose_end_is_not_read_gives_no_test() -> None:
    assert not planned(laundry("If it does not match, ask once more."), "mismatch")


def test_a_number_that_no_record_has_is_given_again_and_ends_with_what_the_prompt_says_then() -> None:
    model = laundry(
        "If no account is found, ask the caller to repeat the number once. If there is still none, say that"
        " an account can be opened in the app."
    )
    [test] = planned(model, "no_record")
    assert steps(test)[-2:] == [
        "Give {{test_profile.phone}} again if asked for the phone number a second time",
        "End the call when told that an account can be opened in the app",
    ]
    assert "The main agent should say that an account can be opened in the app." in outcome(test)


def test_a_caller_who_is_asked_to_come_back_later_ends_the_call() -> None:
    [test] = planned(
        laundry("If a tool is unavailable, apologize and ask the caller to try again in an hour."), "outage"
    )
    assert steps(test)[-1] == "End the call when asked to try again in an hour"
    assert not any("again if asked" in step for step in steps(test))


def test_what_is_full_ends_with_what_the_prompt_offers_then() -> None:
    [test] = planned(laundry("If the day is full, say so and offer the next day."), "refusal")
    assert steps(test)[-1] == "End the call when offered the next day"
    assert outcome(test)[:2] == [
        "The main agent should say that the day is full.",
        "The main agent should offer the next day.",
    ]


def test_a_record_that_owes_something_is_refused_with_the_sum() -> None:
    model = laundry(
        "If the record shows an unpaid balance, do not book. Say the amount that is owed and transfer the"
        " call to billing."
    )
    [test] = planned(model, "ruled_out")
    assert outcome(test)[:2] == [
        "The main agent should state that the balance due is `$42.50`.",
        "The main agent should transfer the call to billing.",
    ]
    assert steps(test)[-1] == "End the call when told about the transfer to billing"
    assert test.profile["zip"] == "97202"


def test_who_says_no_at_the_read_back_changes_nothing() -> None:
    test = planned(laundry(), "declined")[0]
    assert steps(test)[-2:] == [
        "Say that you will think about it if asked what to change",
        "End the call when told that the pickup is not booked, or asked what else is needed",
    ]


ORDERS = tool(
    "get_order",
    ({"customer_id": "cu_1", "order_number": "BB-48213"}, {"status": "in cleaning"}),
    ({"customer_id": "cu_1", "order_number": "BB-40000"}, {"found": False, "message": "No such order."}),
    ({"customer_id": "cu_2", "order_number": "BB-48377"}, {"error": "timeout", "message": "No answer."}),
)


def test_an_order_that_is_not_found_is_said_not_to_be_and_nothing_of_it_is_made_up() -> None:
    model = agent(
        "You answer for a laundry.\n# Orders\nAsk for the phone number and call find_customer, then ask for"
        " the order number and call get_order. Tell the status.\n",
        tool("find_customer", ({"phone": "5035550142"}, PRIYA), ({"phone": "5035550187"}, TOM)),
        ORDERS,
    )
    missed, down = planned(model, "no_record")[0], planned(model, "outage")[0]
    assert outcome(missed) == [
        "The main agent should state that it finds no record for {{test_profile.order_number}}.",
        "The main agent should not give the status of the order.",
    ]
    assert "Give {{test_profile.order_number}} again if asked for the order number a second time" in steps(
        missed
    )
    assert outcome(down)[1] == "The main agent should not give the status of the order."


def test_who_asks_for_something_by_its_own_number_is_somebody_whom_the_agent_can_find() -> None:
    model = agent(
        "You answer for a workshop.\n# Customer\n- Ask for the phone number and look it up with"
        " find_customer.\n# Repairs\n- Ask for the ticket number and call get_repair. Tell the status.\n",
        tool("find_customer", ({"phone": "5035550142"}, PRIYA)),
        tool("get_repair", ({"ticket_number": "RP4410"}, {"status": "in progress"})),
    )
    [test] = [one for one in planned(model, "fact") if not one.variation_of][:1]
    assert test.profile["phone"] == "5035550142"
    assert [call.tool for call in test.calls if call.optional] == ["find_customer"]


def test_a_choice_that_is_allowed_only_with_something_else_is_no_success() -> None:
    ordered = {"status": "ordered", "order_reference": "RP-1"}
    model = agent(
        "You answer for a bus line.\n# Replacement\nAsk whether the pass was lost or stolen. Stolen is free,"
        " but only with a police reference. Read back the reason, get a yes and call order_replacement.\n",
        tool(
            "order_replacement",
            ({"pass_number": "HV-48213", "reason": "lost"}, ordered),
            ({"pass_number": "HV-48213", "reason": "stolen"}, ordered),
            enums={"reason": ["lost", "stolen"]},
        ),
    )
    assert {test.calls[-1].input["reason"] for test in planned(model, "done")} == {"lost"}


PENALTIES = tool(
    "get_penalty",
    ({"notice_number": "PN3301942"}, {"amount": 40.0, "stage": "notice", "notice_date": "2026-05-01"}),
    ({"notice_number": "PN3190056"}, {"amount": 135.0, "stage": "court", "notice_date": "2025-11-13"}),
)
WAIVE = tool("waive_penalty", ({"notice_number": "PN3301942"}, {"status": "reduced", "new_balance": 28.8}))


def tolls() -> AgentModel:
    return agent(
        "You answer for a toll bridge. Amounts are in £.\n# Penalty charges\n- Ask for the notice number and"
        " call get_penalty.\n- If the notice is older than 28 days, no reduction.\n- If the stage is court,"
        " don't discuss it. Transfer to the arrears team.\n- Read back the notice number, get a yes, call"
        " waive_penalty. Give the new balance.\n",
        PENALTIES,
        WAIVE,
    )


def test_what_a_rule_has_nothing_told_of_is_not_told() -> None:
    told = planned(tolls(), "fact")
    assert {call.input["notice_number"] for test in told for call in test.calls} == {"PN3301942"}
    [ruled] = planned(tolls(), "ruled_out", "get_penalty")
    assert outcome(ruled)[0] == "The main agent should transfer the call to the arrears team."
    assert steps(ruled)[-1] == "End the call when told about the transfer to the arrears team"


def test_a_noun_that_is_also_a_state_is_no_state_and_the_result_that_is_ordered_is_given() -> None:
    [done] = [test for test in planned(tolls(), "done", "waive_penalty") if not test.variation_of]
    assert outcome(done)[0].endswith("is waived, and give the new balance `£28.80`.")


def test_a_no_at_the_read_back_is_one_to_what_is_read_back() -> None:
    [declined] = planned(tolls(), "declined", "waive_penalty")
    assert "The main agent should read back the notice number and ask for a yes." in outcome(declined)


def test_the_second_fact_that_everybody_is_asked_for_is_asked_for_before_the_deed() -> None:
    assert (
        "The main agent should ask for the phone number and the ZIP code before it states that the pickup is"
        " booked."
    ) in outcome(planned(laundry(), "done")[0])
