"""What is asked, compared or settled by rules before a deed: answered, or the deed gives no test."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import Field
from evalgen.generation.read.record_rules import RecordRules
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

STUDENT: dict[str, Any] = {
    "student_id": "st_1",
    "full_name": "Olivia Brandt",
    "date_of_birth": "2002-05-17",
    "account_status": "active",
}
LESSON = {"booking_id": "L-1", "start": "2026-11-13T17:00"}


def school(rule: str, *, status: str = "active", found_by: str = "find_student", **more: Any) -> AgentModel:
    student = {**STUDENT, "account_status": status, **more}
    return agent(
        f"You book driving lessons.\n# Every call\n1. Ask for the phone number and call {found_by}.\n"
        "2. Nobody is found: ask once for another number.\n3. Several students are found: ask which one.\n"
        f"4. They want to stop: be kind.\n5. {rule}\n"
        "# Lessons\n- Get a yes before you call book_lesson.\n",
        tool(found_by, ({"phone": "2535550114"}, {"students": [student]})),
        tool("book_lesson", ({"student_id": "st_1"}, {"status": "booked"})),
    )


def test_what_is_compared_with_the_record_is_answered_far_from_the_look_up_and_out_of_a_list_of_one() -> None:
    rule = "Ask who is calling, then ask for the date of birth and compare it with the record."
    [test, *_] = planned(school(rule), "done", "book_lesson")
    assert {"Give {{test_profile.full_name}} if asked for the full name"} <= set(steps(test))
    assert test.profile["full_name"] == "Olivia Brandt"


def test_a_heading_that_says_who_somebody_is_asks_for_what_stands_below_it() -> None:
    model = agent(
        "You exchange tickets.\n# Step 1. Find the order\nAsk for the order number and call find_order.\n"
        "# Step 2. Check who it is\nAsk for the surname, then the postcode. Compare them with the record.\n"
        "# Step 3. Exchange\nGet a yes before you exchange with exchange_tickets.\n",
        tool(
            "find_order",
            (
                {"order_number": "704118"},
                {
                    "orders": [
                        {"order_number": "704118", "booker": {"surname": "Marsh", "postcode": "LS8 2QT"}}
                    ]
                },
            ),
        ),
        tool("exchange_tickets", ({"order_number": "704118"}, {"status": "exchanged"})),
    )
    [test, *_] = planned(model, "done", "exchange_tickets")
    assert {test.profile["surname"], test.profile["postcode"]} == {"Marsh", "LS8 2QT"}


@pytest.mark.parametrize(("status", "played"), [("active", True), ("closed", False)])
def test_a_record_for_which_an_unread_rule_holds_gives_no_deed(status: str, played: bool) -> None:
    model = school('If the account status is "closed", do nothing on it.', status=status)
    assert bool(planned(model, "done", "book_lesson")) is played


@pytest.mark.parametrize(("metered", "played"), [(True, True), (False, False)])
def test_a_word_with_un_says_that_a_flag_is_not_set(metered: bool, played: bool) -> None:
    rule = "If the account is unmetered there is nothing to do, and no lesson is worth it."
    assert bool(planned(school(rule, metered=metered), "done", "book_lesson")) is played


@pytest.mark.parametrize(
    ("rule", "played"),
    [
        (
            "Ask for the last four characters of the meter's serial number and check them on the record.",
            False,
        ),
        ("Ask for the date of birth and check it against the record.", True),
    ],
)
def test_the_end_of_a_number_that_callers_cannot_read_off_the_record_gives_no_test(
    rule: str, played: bool
) -> None:
    tests = planned(school(rule, phone="2535550114"), "done", "book_lesson")
    assert bool(tests) is played
    assert not any("last4" in key for test in tests for key in test.profile)


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        (
            "Confirm the last three digits of the mobile first.",
            "Say that the number is right if asked whether the phone number is right",
        ),
        (
            "Ask whether they are the policyholder themselves.",
            "Say yes if asked whether you are the policyholder",
        ),
    ],
)
def test_what_the_right_caller_confirms_is_confirmed_if_asked(rule: str, step: str) -> None:
    [test, *_] = planned(school(rule), "done", "book_lesson")
    assert step in steps(test)


def bookings(sections: str) -> AgentModel:
    return agent(
        "You answer for a school. Ask for the phone number and call find_student.\n"
        f"{sections}\nGet a yes before you cancel with cancel_booking.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("list_bookings", ({"student_id": "st_1"}, {"bookings": [LESSON]})),
        tool("book_lesson", ({"student_id": "st_1", "slot_id": "s_1"}, {"status": "booked"})),
        tool("book_exam", ({"student_id": "st_1", "session_id": "e_1"}, {"status": "booked"})),
        tool("cancel_booking", ({"booking_id": "L-1"}, {"status": "cancelled"})),
    )


def test_what_cancels_any_of_several_things_is_asked_for_by_its_own_name() -> None:
    model = bookings("You cancel exams.\n# Cancel an exam\nUse cancel_booking.")
    [test, *_] = planned(model, "done", "cancel_booking")
    assert steps(test)[0] == "Ask to cancel a booking when opening"


def test_what_cancels_things_that_have_a_playbook_each_gives_no_test() -> None:
    model = bookings("# Cancel an exam\nUse cancel_booking.\n# Cancel a lesson\nHours go back.")
    assert not planned(model, "done", "cancel_booking")


@pytest.mark.parametrize(
    ("rules", "played"),
    [
        ("- Ended 14 days ago: warranty.\n- Same fault as before: repair_guarantee.", False),
        ("- Say the price of a warranty visit.", True),
    ],
)
def test_a_choice_that_the_rules_end_in_is_the_agents_and_gives_no_test(rules: str, played: bool) -> None:
    model = agent(
        f"You book repairs. Ask for the phone number and call find_customer.\n# Booking\n{rules}\n"
        "Get a yes before you book with book_visit.\n",
        tool("find_customer", ({"phone": "07700900118"}, {"customer_id": "c_1", "full_name": "Ada Rowe"})),
        tool(
            "book_visit",
            ({"customer_id": "c_1", "cover": "warranty"}, {"status": "booked"}),
            enums={"cover": ["warranty", "repair_guarantee"]},
        ),
    )
    assert bool(planned(model, "done", "book_visit")) is played


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("closed or archived", True),
        ("closed to callers, and once it was archived", None),
        ("open carry on at 4.2 closed no exchange for anyone", None),
        ("archived orders cannot be closed", False),
    ],
)
def test_states_hold_together_only_where_they_stand_side_by_side(rule: str, holds: bool | None) -> None:
    words: tuple[str, ...] = ("state",)
    known = {words: frozenset({"open", "closed", "archived"})}
    rules = RecordRules("en", known, None)
    assert rules.holds(rule, [Field(("state",), words, "closed")]) is holds


@pytest.mark.parametrize(("state", "refused"), [("on", False), ("postponed", True)])
def test_a_state_that_is_a_preposition_too_is_not_named_by_one(state: str, refused: bool) -> None:
    model = agent(
        "You exchange tickets. Ask for the order number and call find_order.\n# Exchange\n"
        f"- Tickets for a performance {state} a gala night cannot be exchanged.\n- Use exchange_tickets.\n",
        tool(
            "find_order",
            ({"order_number": "704118"}, {"order_number": "704118", "performance_status": state}),
            ({"order_number": "704119"}, {"order_number": "704119", "performance_status": "moved"}),
        ),
        tool("exchange_tickets", ({"order_number": "704118"}, {"status": "exchanged"})),
    )
    assert bool(planned(model, "ruled_out", "exchange_tickets")) is refused


SESSIONS = {"sessions": [{"session_id": "e_1", "start": "2026-12-03T09:00"}]}


@pytest.mark.parametrize("given", [{"exam_type": "drive", "month": "December"}, {"student_id": "st_1"}])
def test_only_what_is_looked_up_for_somebody_is_in_their_name(given: dict[str, str]) -> None:
    model = agent(
        "You answer for a school. Ask for the phone number and call find_student.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("list_sessions", (given, SESSIONS)),
    )
    assert bool(planned(model, "listed")) is ("student_id" in given)


def test_callers_whom_no_record_has_are_not_told_that_there_are_no_students() -> None:
    model = agent(
        "You book lessons. Ask for the phone number and call find_student.\n# Lessons\nUse book_lesson.\n",
        tool(
            "find_student",
            ({"phone": "2535550114"}, {"students": [STUDENT]}),
            ({"phone": "2535550199"}, {"students": []}),
        ),
        tool("book_lesson", ({"student_id": "st_1"}, {"status": "booked"})),
    )
    assert not planned(model, "nothing_on_file")


@pytest.mark.parametrize(("then", "sure"), [("customer care", False), ("transfer to customer care", True)])
def test_an_order_that_goes_on_without_a_verb_is_not_sure(then: str, sure: bool) -> None:
    model = agent(
        "You look up jobs. Ask for the job number and call get_job.\n"
        f"- Job not found: ask them to read the number again once, then {then}.\n",
        tool("get_job", ({"job_number": "J-1"}, {"status": "open"})),
    )
    assert any(s.sure and "read the number" in s.text for s in model.prompt.statements) is sure


def test_a_number_that_the_sentence_before_names_is_never_said() -> None:
    model = agent(
        "You book lessons. Ask for the phone number and call find_student.\n"
        "- Slot numbers and booking numbers are for you only. Never say them.\n# Lessons\nUse book_lesson.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("book_lesson", ({"student_id": "st_1"}, {"status": "booked", "booking_number": "L-4821"})),
    )
    [test, *_] = planned(model, "done", "book_lesson")
    assert not any("L-4821" in line for line in outcome(test))


@pytest.mark.parametrize(("said", "played"), [("the parcel is damaged", True), ("cannot be", False)])
def test_what_points_at_what_was_told_before_opens_no_call(said: str, played: bool) -> None:
    model = agent(f"You answer for a shop. If the caller says that {said}, transfer to the shop.\n")
    assert any(test.aim == f"Say that {said}" for test in planned(model)) is played


def test_of_an_either_or_neither_branch_is_sure() -> None:
    model = agent(
        "You look up jobs. Ask for the job number and call get_job.\n"
        "If the tool fails, transfer to dispatch for a ride today, otherwise ask them to call back.\n",
        tool("get_job", ({"job_number": "J-1"}, {"status": "open"})),
    )
    assert not any(s.sure and "otherwise" in s.text for s in model.prompt.statements)


def test_what_only_somebody_else_is_asked_no_outcome_has_asked() -> None:
    model = agent(
        "You book lessons.\n# Callers\nAsk for the phone number and call find_student. Ask for the date of "
        "birth and compare it with the record.\nSomebody named as a contact may call too. Ask for their full "
        "name and compare it with the record.\n# Lessons\nGet a yes before you call book_lesson.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("book_lesson", ({"student_id": "st_1"}, {"status": "booked"})),
    )
    [test, *_] = planned(model, "done", "book_lesson")
    [asked] = [line for line in outcome(test) if "date of birth" in line]
    assert "full name" not in asked


@pytest.mark.parametrize(("party", "answered"), [({}, True), ({"party_size": 3}, False)])
def test_how_many_people_come_is_said_once(party: dict[str, int], answered: bool) -> None:
    model = agent(
        "You book rooms. Ask for the phone number and call find_student.\n# Rooms\n"
        "Ask for the site and how many people, and get a yes before you call book_room.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("book_room", ({"student_id": "st_1", **party}, {"status": "booked"})),
    )
    [test, *_] = planned(model, "done", "book_room")
    assert any("there are two of you" in step for step in steps(test)) is answered


@pytest.mark.parametrize(("day", "asked"), [("2027-01-14", True), (None, False)])
def test_what_a_record_has_no_value_of_is_no_fact_of_it(day: str | None, asked: bool) -> None:
    model = agent(
        "You answer for a school. Callers ask for their casting date. Ask for the phone number and call "
        "find_student, then get_enrollment.\n",
        tool("find_student", ({"phone": "2535550114"}, STUDENT)),
        tool("get_enrollment", ({"student_id": "st_1"}, {"course": "Clown School", "casting_date": day})),
    )
    found = [line for test in planned(model, "fact") for line in outcome(test) if "casting date" in line]
    assert bool(found) is asked and not any("None" in line for line in found)
