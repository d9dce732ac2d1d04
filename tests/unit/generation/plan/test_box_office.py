"""A box office and a kennel: what is settled first, how many are left, secret words, who collects."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

JOAN = {"account_id": "A-204", "full_name": "Joan Prewett", "postcode": "WX4 2QL"}
DOWN = ({"phone": "07700900990"}, {"error": "lookup_unavailable", "message": "Does not respond."})
FIND = tool("find_account", ({"phone": "07700900214"}, JOAN), DOWN)


def show(number: str, start: str, stalls: int) -> dict[str, Any]:
    return {
        "performance_id": number,
        "start": start,
        "stalls": {"left": stalls, "price": 32.0},
        "circle": {"left": 40, "price": 24.0},
    }


SHOWS = [show("SR-17", "2026-11-17T19:30", 88), show("SR-18", "2026-11-18T19:30", 0)]
SEATS = {"account_id": "A-204", "performance_id": "SR-17", "area": "stalls", "quantity": 4}
COUNTED = "Number of tickets. For wheelchair spaces always 1."
RULES = """You answer for a theatre.
# Who is calling
- Ask for the phone number and call find_account.
- Ask for full name and postcode and compare them with the record.
- If they do not match, do not share anything about the account and transfer the caller to the box office.
# Booking seats
"""
SETTLED = "- Settle the performance, the area and the number, then identify the caller if you have not.\n"
READ_BACK = "- Read back show, day and time, and get a clear yes. Then call hold_seats.\n"


def theatre(first: str = "", shows: list[dict[str, Any]] | None = None, *more: Tool) -> AgentModel:
    listed = ({"show": "Salt Road"}, {"performances": shows or SHOWS})
    search = tool("search_performances", listed, enums={"show": ["Salt Road", "Small Hours"]})
    hold = tool(
        "hold_seats",
        (SEATS, {"status": "held", "hold_ref": "H-77120"}),
        described={"performance_id": "From search_performances.", "quantity": COUNTED},
        enums={"area": ["stalls", "circle"]},
    )
    return agent(f"{RULES}{first}{READ_BACK}", FIND, search, hold, *more)


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("find_account and check_voucher may be tried a second time after an error", True),
        ("Call check_voucher before you hold seats", False),
    ],
)
def test_what_may_be_tried_again_is_no_look_up_that_a_deed_waits_for(said: str, made: bool) -> None:
    voucher = tool("check_voucher", ({"voucher_code": "GV304417"}, {"status": "active", "balance": 45.0}))
    assert bool(planned(theatre(f"- {said}.\n", None, voucher), "done", "hold_seats")) is made


def test_a_count_that_is_fixed_in_a_case_alone_is_the_callers_to_say() -> None:
    [test] = planned(theatre(), "done")
    assert any("{{test_profile.quantity}}" in line for line in steps(test))
    assert test.profile["quantity"] == 4


def answers(test: Test) -> list[str]:
    return [line for line in steps(test) if "if asked" in line or "if offered" in line]


def test_the_other_facts_that_are_compared_may_be_asked_for_as_well() -> None:
    tests = [t for t in planned(theatre(), "mismatch") if "stated_full_name" in t.profile]
    assert answers(tests[0]) == [
        "Give {{test_profile.stated_full_name}} if asked for the full name",
        "Give {{test_profile.postcode}} if asked for the postcode",
    ]
    assert [name for name, _ in calls(tests[0])] == ["find_account"]


def test_what_is_settled_before_anybody_is_identified_has_its_answers() -> None:
    tests = [t for t in planned(theatre(SETTLED), "mismatch") if "stated_full_name" in t.profile]
    told = " ".join(answers(tests[0]))
    assert all(f"{{{{test_profile.{key}}}}}" in told for key in ("show", "date", "area", "quantity"))
    assert [name for name, _ in calls(tests[0])] == ["find_account", "search_performances"]


@pytest.mark.parametrize(("first", "made"), [("", True), (SETTLED, False)])
def test_who_cannot_be_looked_up_has_settled_first_what_the_prompt_has_settled(
    first: str, made: bool
) -> None:
    assert bool(planned(theatre(first), "outage")) is made


@pytest.mark.parametrize(("left", "made"), [(0, False), (3, False), (4, True)])
def test_the_first_choice_has_as_many_left_as_are_wanted(left: int, made: bool) -> None:
    shows = [SHOWS[0], show("SR-18", "2026-11-18T19:30", left)]
    assert bool(planned(theatre(shows=shows), "changed")) is made


TOO_LATE = ({"booking_ref": "TP48502"}, {"error": "outside_exchange_window", "message": "Too late."})


@pytest.mark.parametrize(
    ("rule", "made"),
    [("It has to start at least 48 hours from now.", False), ("Say that it is final.", True)],
)
def test_a_refusal_for_the_hour_is_not_played_where_the_prompt_has_it_reckoned(rule: str, made: bool) -> None:
    record = {**JOAN, "bookings": [{"booking_ref": "TP48502", "start": "2026-11-13T19:30"}]}
    find = tool("find_account", ({"phone": "07700900214"}, record))
    prompt = f"{RULES.partition('# Booking')[0]}# Exchanging a booking\n- {rule}\n- Call exchange_booking.\n"
    model = agent(
        prompt, find, tool("exchange_booking", TOO_LATE, described={"booking_ref": "From find_account."})
    )
    assert bool(planned(model, "refusal")) is made


HELEN = {"full_name": "Helen Brandt", "pickup_word": "marzipan", "collects": "Nils Brandt"}
TOMAS = {"full_name": "Tomas Vidal", "pickup_word": "cinnamon", "collects": "Lucia Vidal"}


def kennel() -> AgentModel:
    stays = [
        {"reservation_id": "MH-1", "check_in": "2026-11-24", "deposit_paid": 60.0, "status": "booked"},
        {"reservation_id": "MH-2", "check_in": "2026-12-02", "deposit_paid": 0.0, "status": "booked"},
    ]
    find = tool(
        "find_client",
        ({"phone": "8025550163"}, {**TOMAS, "reservations": []}),
        ({"phone": "8025550186"}, {**HELEN, "reservations": stays}),
    )
    cancel = tool("cancel_booking", ({"reservation_id": "MH-1"}, {"status": "cancelled"}))
    collect = tool(
        "change_collection", ({"reservation_id": "MH-1"}, {"status": "changed"}), free=["collects"]
    )
    prompt = (
        "You answer for a kennel.\n# Who is calling\n- Ask for the phone number and call find_client.\n"
        "- Cancelling and changing also need the pick-up word on the record. Ask for it once.\n"
    )
    return agent(prompt, find, cancel, collect)


def test_a_secret_word_on_record_is_known_to_the_caller() -> None:
    [test, *_] = planned(kennel(), "done", "cancel_booking")
    assert "Give {{test_profile.pickup_word}} if asked for the pickup word" in steps(test)
    assert test.profile["pickup_word"] == "marzipan"


def test_a_stay_is_told_from_others_by_its_first_day_and_not_by_a_sum() -> None:
    [test, *_] = planned(kennel(), "done", "cancel_booking")
    assert any("the reservation on {{test_profile.date}}" in line for line in steps(test))
    assert 60.0 not in test.profile.values()


def test_a_person_whom_no_example_names_is_one_of_the_same_record() -> None:
    tests = planned(kennel(), "done", "change_collection")
    assert {test.profile["collects"] for test in tests} == {"Nils Brandt"}


@pytest.mark.parametrize(
    ("ban", "told"),
    [
        ("The prescription of others is private: do not share its dates.", True),
        ("Never tell the next ship date.", False),
    ],
)
def test_what_is_to_be_told_of_a_deed_has_its_value_although_a_ban_shares_a_word(
    ban: str, told: bool
) -> None:
    record = {"full_name": "Dana Whitlock", "subscription_id": "sub_33"}
    find = tool("verify_customer", ({"phone": "6125550142"}, record))
    paused = {"status": "paused", "next_ship_date": "2026-10-26"}
    pause = tool("pause_subscription", ({"subscription_id": "sub_33"}, paused))
    prompt = (
        "You answer for a lens shop.\n# Who is calling\n- Ask for the phone number and use verify_customer.\n"
        "# Pausing a subscription\n- Call pause_subscription. Then tell the new ship date.\n"
        f"# Never\n- {ban}\n"
    )
    [test, *_] = planned(agent(prompt, find, pause), "done")
    gives = "the subscription is paused, and give the new ship date `October 26`"
    assert (gives in " ".join(outcome(test))) is told


STAY = {"reservation_id": "MH-1", "service": "boarding", "check_in": "2026-10-12", "check_out": "2026-10-18"}
SPACE = {"service": "boarding", "start_date": "2026-10-18", "end_date": "2026-10-20"}


def extending(*more: tuple[dict[str, Any], Any]) -> AgentModel:
    find = tool("find_client", ({"phone": "8025550186"}, {**HELEN, "reservations": [STAY]}))
    check = tool("check_space", *more, about="Free capacity for a period. Also use before extending a stay.")
    wanted = {"reservation_id": "MH-1", "check_out_date": "2026-10-20"}
    update = tool("update_departure", (wanted, {"status": "updated", "nights": 8}))
    prompt = (
        "You answer for a kennel.\n# Who is calling\n- Ask for the phone number and call find_client.\n"
        "# Tasks\n## Extending a stay\n- Check space from the current check-out date to the new one.\n"
        "- Get a yes, then call update_departure.\n"
    )
    return agent(prompt, find, check, update)


def test_a_deed_is_asked_for_and_told_by_the_one_task_that_has_it_done_whatever_its_tool_is_called() -> None:
    [test] = planned(extending((SPACE, {"runs": [{"run_type": "standard", "available": 2}]})), "done")
    assert steps(test)[0] == "Ask to extend a stay when opening"
    assert steps(test)[-2:] == [
        "Say yes when asked whether to extend the stay",
        "End the call when told that the stay is extended",
    ]


def test_a_look_up_that_the_playbook_names_in_words_is_made_with_the_days_of_the_record() -> None:
    [test] = planned(extending((SPACE, {"runs": [{"run_type": "standard", "available": 2}]})), "done")
    assert [name for name, _ in calls(test)] == ["find_client", "check_space", "update_departure"]


def test_without_its_answer_for_these_days_the_deed_is_silent() -> None:
    other = {**SPACE, "end_date": "2026-10-25"}
    assert not planned(extending((other, {"runs": []})), "done")
