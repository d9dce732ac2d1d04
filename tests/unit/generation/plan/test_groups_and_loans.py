"""Group bookings, loans and tunings: whose record it is, what changes, what the caller answers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

KINDS = ["self_led", "school_workshop"]
BOOKING: dict[str, Any] = {
    "booking_ref": "GV-30462",
    "organiser": "Graham Tully",
    "deputy": "Anne Tully",
    "visit_type": "self_led",
    "starts": "2027-04-10T10:30:00",
    "adults": 16,
}
SLOT = {"slot_id": "SL-0417-1030", "starts": "2027-04-17T10:30:00"}
SELF_LED = {"date": "2027-04-17", "visit_type": "self_led"}
WORKSHOP = {"date": "2027-05-18", "visit_type": "school_workshop"}
DOWN = {"error": "service_unavailable", "message": "The calendar does not respond."}


def museum(adults: int = 16) -> AgentModel:
    return agent(
        "You answer for a museum.\n\n## Group bookings\nAsk for the booking reference and call "
        "`get_group_booking`. Whoever changes it must be the organiser or the deputy, so ask their name.\n\n"
        "### Changes\n1. Check the new slot with `check_group_slots`.\n2. Tell the caller the new total, "
        "wait for their agreement, then call `amend_group_booking`.",
        tool(
            "check_group_slots",
            (SELF_LED, {**SELF_LED, "slots": [SLOT]}),
            (WORKSHOP, DOWN),
            enums={"visit_type": KINDS},
        ),
        tool("get_group_booking", ({"booking_ref": "GV-30462"}, BOOKING)),
        tool(
            "amend_group_booking",
            (
                {"booking_ref": "GV-30462", "slot_id": SLOT["slot_id"], "adults": adults},
                {"status": "amended", "booking_ref": "GV-30462"},
            ),
            described={"slot_id": "slot_id from check_group_slots."},
        ),
    )


def test_the_caller_is_a_person_of_the_record_that_its_number_opens_whatever_is_looked_up_before() -> None:
    done = planned(museum(), "done")[0]
    assert done.profile["full_name"] == "Graham Tully"


def test_a_number_that_is_to_change_is_told_with_the_request_and_one_that_stays_only_if_asked() -> None:
    assert "{{test_profile.adults}} as the number of adults" in steps(planned(museum(20), "done")[0])[0]
    assert "adults" not in steps(planned(museum(), "done")[0])[0]


def test_a_wish_to_amend_says_that_it_is_for_another_day_where_the_record_has_another_one() -> None:
    assert steps(planned(museum(), "done")[0])[0] == "Ask to move a group booking to another day when opening"


def test_a_failing_look_up_is_of_the_kind_that_the_record_holds() -> None:
    assert not [t for t in planned(museum(), "outage") if t.profile.get("visit_type") == "school workshop"]


def test_a_failing_look_up_is_of_the_choice_that_the_caller_tells_more_about() -> None:
    slots = tool("check_slots", (SELF_LED, {"slots": [SLOT]}), (WORKSHOP, DOWN), enums={"visit_type": KINDS})
    made = ({"slot_id": SLOT["slot_id"], "children": 28}, {"status": "booked"})
    prompt = "You make bookings. Check the slots with check_slots, then call make_booking."
    assert not planned(agent(prompt, slots, tool("make_booking", made)), "outage")
    personal = ({"slot_id": SLOT["slot_id"], "full_name": "Mia Wong"}, {"status": "booked"})
    assert planned(agent(prompt, slots, tool("make_booking", personal)), "outage")


def library(card: str, loans: tuple[str, str]) -> AgentModel:
    books = [{"loan_id": one, "title": title} for one, title in zip(loans, ("Dune", "Emma"), strict=True)]
    found = ({"card_number": "20481133"}, {"card_id": card, "full_name": "Mia Wong"})
    listed = ({"card_id": card}, {"loans": books})
    renewed = ({"loan_id": loans[0]}, {"status": "renewed"})
    return agent(
        "You answer for a library.\n\n# Renew a loan\n- Ask for the library card number.\n- Call find_card.\n"
        "- Call list_loans and ask which book to renew.\n- After a yes, call renew_loan.",
        tool("find_card", found),
        tool("list_loans", listed),
        tool("renew_loan", renewed),
    )


@pytest.mark.parametrize("loans", [("l1", "l2"), ("LN-4410", "LN-4411")])
def test_a_short_id_comes_from_the_list_that_has_it_under_the_same_name(loans: tuple[str, str]) -> None:
    done = planned(library("c1", loans), "done")[0]
    assert "Choose {{test_profile.title}} when asked which loan to renew" in steps(done)
    assert done.profile["title"] == "Dune"


ASKED = "Ask whether the piano was moved in the last two weeks."
FOUND = ({"phone": "8285550131"}, {"customer_id": "cu_301", "name": "Helen Abara"})
MISSED = ({"phone": "8285550199"}, {"found": False})


def tuner(more: str = "", missed: str = "") -> AgentModel:
    return agent(
        f"You answer for a piano workshop.\n\n## Finding the customer\n- Ask for the phone number and call "
        f"`find_customer`.\n{missed}\n\n## Booking a tuning\n1. {ASKED}{more}\n2. Ask for the date and call "
        "`book_tuning`.",
        tool("find_customer", FOUND, MISSED),
        tool("book_tuning", ({"customer_id": "cu_301", "date": "2026-12-08"}, {"status": "booked"})),
    )


@pytest.mark.parametrize(
    ("more", "answer"),
    [
        (" If it was, do not book an earlier date.", "no"),
        (" If so, explain that it has to settle.", "no"),
        (" If it was not, go on.", "yes"),
        (" If it was, continue.", "yes"),
        ("", "yes"),
    ],
)
def test_a_question_that_something_follows_from_is_answered_with_no(more: str, answer: str) -> None:
    asked = [s for s in steps(planned(tuner(more), "done")[0]) if "was moved" in s]
    assert asked == [f"Say {answer} if asked whether the piano was moved in the last two weeks"]


@pytest.mark.parametrize("other", ["ask once for another number", "note the number", "log the call"])
def test_who_is_asked_for_another_number_is_not_said_to_be_transferred(other: str) -> None:
    for test in planned(tuner(missed=f"- If no customer is found, {other}."), "no_record"):
        assert not [line for line in outcome(test) if "transfer" in line]
    (test,) = planned(tuner(missed="- If no customer is found, transfer the call."), "no_record")
    assert "The main agent should transfer the call." in outcome(test)


def test_a_value_in_small_letters_with_underscores_is_said_as_the_prompt_writes_it() -> None:
    model = agent(
        "You book the lift of a boatyard. Ask if it is a haul-out or a launch, and for which day.",
        tool("reserve_lift", ({"day": "2026-12-03", "operation": "haul_out"}, {"status": "reserved"})),
    )
    assert planned(model, "done")[0].profile["operation"] == "haul-out"


WEEK = {"week_of": "2027-10-18"}
OPENINGS = [
    {"slot_id": "FV-1020-0900", "starts": "2027-10-20T09:00:00"},
    {"slot_id": "FV-1022-1300", "starts": "2027-10-22T13:00:00"},
]


def test_openings_of_a_week_are_not_offered_on_its_first_day() -> None:
    model = agent(
        "You book fittings. Ask for the week and call find_openings, then call book_fitting.",
        tool("find_openings", (WEEK, {"openings": OPENINGS}), described={"week_of": "Monday of the week."}),
        tool("book_fitting", ({"slot_id": "FV-1020-0900"}, {"status": "booked"})),
    )
    (chosen,) = [s for s in steps(planned(model, "done")[0]) if s.startswith("Choose")]
    assert chosen.endswith("when offered openings")
