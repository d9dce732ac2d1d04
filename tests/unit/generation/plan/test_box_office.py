"""A box office and a kennel: what is settled first, how many are left, secret words, who collects."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, planned, steps, tool

JOAN = {"account_id": "A-204", "full_name": "Joan Prewett", "postcode": "WX4 2QL"}
FIND = tool("find_account", ({"phone": "07700900214"}, JOAN))


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


def theatre(first: str = "", shows: list[dict[str, Any]] | None = None) -> AgentModel:
    listed = ({"show": "Salt Road"}, {"performances": shows or SHOWS})
    search = tool("search_performances", listed, enums={"show": ["Salt Road", "Small Hours"]})
    hold = tool(
        "hold_seats",
        (SEATS, {"status": "held", "hold_ref": "H-77120"}),
        described={"performance_id": "From search_performances.", "quantity": COUNTED},
        enums={"area": ["stalls", "circle"]},
    )
    return agent(f"{RULES}{first}{READ_BACK}", FIND, search, hold)


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
