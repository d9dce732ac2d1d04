"""What holds in one case alone, what stands for all the rest, and what is told before a deed by its sum."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

STUDENT: dict[str, Any] = {
    "student_id": "stu_1",
    "full_name": "Ana Silva",
    "level": "B1",
    "overdue_balance_eur": 0,
    "visits": [{"visit_id": "V-1", "service_level": "routine", "date": "2027-07-16", "status": "booked"}],
}


def school(rules: str, reason: str = "bank", fee: int = 0) -> AgentModel:
    slot = {"slot_id": "S-1", "start": "2026-10-20T10:00:00"}
    slots = [slot, {"slot_id": "S-2", "start": "2026-10-20T11:00:00"}]
    return agent(
        "You answer for a language school. A book costs €20. Ask for the student number and call "
        f"find_student.\n# Letters\nGet a clear yes, then use request_letter.\n{rules}",
        tool("find_student", ({"student_number": "CB-20391"}, STUDENT)),
        tool(
            "request_letter",
            ({"student_id": "stu_1", "purpose": reason}, {"status": "requested", "letter_fee": fee}),
            enums={"purpose": ["bank", "other"]},
        ),
        tool(
            "list_test_slots",
            (
                {"week_starting": "2026-10-19"},
                {"slots": slots},
            ),
            ({"week_starting": "2026-10-12"}, {"slots": []}),
        ),
        tool("book_test", ({"student_id": "stu_1", "slot_id": "S-1"}, {"status": "booked"})),
        tool(
            "get_openings",
            (
                {"service_level": "routine"},
                {"openings": slots},
            ),
            enums={"service_level": ["routine", "urgent"]},
        ),
        tool("move_visit", ({"visit_id": "V-1", "slot_id": "S-1"}, {"status": "moved"})),
    )


@pytest.mark.parametrize(
    "rules",
    [
        (
            "# Moving\nYou cannot make the change, and you say why, when:\n\n"
            "1. There is an overdue balance.\n2. The course ends soon.\n"
        ),
        "# Prices\nThe first two letters on a course are free.\n",
        "# Prices\nThe first change on a course is free.\n",
    ],
)
def test_what_is_so_in_one_case_alone_is_asked_by_nobody(rules: str) -> None:
    assert [test.aim for test in planned(school(rules), "question")] == ["Ask what a book costs"]


@pytest.mark.parametrize(("reason", "made"), [("bank", True), ("other", False)])
def test_nobody_calls_what_they_want_other(reason: str, made: bool) -> None:
    assert bool(planned(school("", reason), "done", "request_letter")) is made


def test_a_week_without_anything_free_is_no_day() -> None:
    assert planned(school("# Tests\nUse list_test_slots, then book_test.\n"), "nothing_free") == []


def test_a_desk_that_fits_is_offered_as_a_transfer() -> None:
    model = agent(
        "You answer for a school. If somebody asks for a refund, offer the desk that fits.\n"
        "Ask for the student number and call find_student.\n",
        tool("find_student", ({"student_number": "CB-20391"}, STUDENT)),
        tool("transfer_call", ({"desk": "accounts"}, {"status": "transferring"})),
    )
    [test] = planned(model, "case")
    assert outcome(test) == ["The main agent should offer a transfer."]
    assert steps(test)[-1] == "End the call when offered a transfer"


def test_a_sum_that_is_stated_and_agreed_to_by_its_amount_alone_comes_before_the_deed() -> None:
    rules = "Third letter: €10.00. State it and get a yes.\n"
    [test, *_] = planned(school(rules, fee=10), "done", "request_letter")
    assert any(
        line.startswith("The main agent should state that the letter fee is `10 €`") for line in outcome(test)
    )
    assert not any("letter fee" in step for step in steps(test))


def test_a_choice_that_the_thing_on_record_has_is_not_asked_of_the_caller() -> None:
    [test, *_] = planned(school("# Moving\nUse get_openings, then move_visit.\n"), "done", "move_visit")
    assert not any("service level" in step for step in steps(test))


def test_a_rule_of_a_deed_is_none_for_who_only_asks_how_things_stand() -> None:
    model = agent(
        "You answer for a garage. Ask for the registration and call find_booking.\n# Moving\n"
        "Completed jobs: transfer to the workshop. Use move_booking.\n",
        tool(
            "find_booking",
            ({"registration": "PL65GWO"}, {"booking_ref": "SV-1", "status": "completed"}),
            ({"registration": "NJ14XBC"}, {"booking_ref": "SV-2", "status": "booked"}),
        ),
        tool("move_booking", ({"booking_ref": "SV-2", "day": "2026-10-20"}, {"status": "moved"})),
    )
    for test in planned(model, "fact"):
        assert not any("transfer" in line for line in outcome(test))


def garage(rule: str) -> AgentModel:
    return agent(
        f"You answer for a garage. Ask for the registration and call find_booking.\n# Afterwards\n{rule}\n",
        tool(
            "find_booking",
            (
                {"registration": "PL65GWO"},
                {"booking_ref": "SV-1", "job_type": "chip_repair", "status": "booked"},
            ),
        ),
    )


@pytest.mark.parametrize(
    ("rule", "passed_on"),
    [
        ('Status "booked": transfer to workshop.', True),
        ("Chip repair that has spread within twelve months: transfer to workshop.", False),
    ],
)
def test_a_state_that_is_said_with_more_passes_nobody_on(rule: str, passed_on: bool) -> None:
    told = [line for test in planned(garage(rule), "fact") for line in outcome(test)]
    assert any("transfer the call" in line for line in told) is passed_on


def test_what_callers_are_asked_for_as_a_proof_is_asked_for_by_none() -> None:
    group = {
        "group_number": "GRP-422",
        "organizer": "Lena Berg",
        "event_date": "2027-02-06",
        "deposit_usd": 90,
    }
    model = agent(
        "You answer for a rink. A lane costs $20.\n# Groups\nAsk for the group number and call get_group. "
        "Then ask for the event date and compare it with the record.\nGive the deposit of the group.\n",
        tool("get_group", ({"group_number": "GRP-422"}, group)),
    )
    assert not any("event date" in test.aim for test in planned(model))


def hires(reason: str) -> AgentModel:
    options = [{"sku": "SK-D12", "name": "Oak desk, 120 cm"}, {"sku": "SK-D07", "name": "Black desk, 100 cm"}]
    return agent(
        "You answer for a furniture hire. Ask for the hire number and call find_hire.\n# Swaps\n"
        "Ask for the reason: a change of mind or a fault. Call list_swap_options and offer the options. "
        "Read back the item (for a swap), the day, and the total cost, and wait for a yes before booking. "
        "Then use book_swap.\n",
        tool("find_hire", ({"hire_number": "CC-41255"}, {"hire_id": "h_255", "full_name": "Tunde Bakare"})),
        tool("list_swap_options", ({"hire_id": "h_255"}, {"options": options})),
        tool(
            "book_swap",
            ({"hire_id": "h_255", "new_sku": "SK-D12", "reason": reason}, {"status": "booked"}),
            described={
                "new_sku": "The sku from list_swap_options.",
                "fault_note": "What is wrong, in the caller's words; only for a fault",
            },
            enums={"reason": ["change_of_mind", "fault"]},
        ),
    )


def test_who_chooses_says_a_name_and_no_code() -> None:
    [test, *_] = planned(hires("change_of_mind"), "done", "book_swap")
    assert test.profile["option_name"] == "Oak desk, 120 cm"


def test_a_choice_that_wants_words_which_nobody_knows_gives_no_test() -> None:
    assert planned(hires("fault"), "done", "book_swap") == []


def test_who_says_no_hears_that_nothing_is_done_or_what_else_is_needed() -> None:
    [test, *_] = planned(school(""), "declined", "request_letter")
    said = "End the call when told that the letter is not requested, or asked what else is needed"
    assert steps(test)[-1] == said
