"""What is required, limited or worked out of a record that members and readers call about."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

MEMBER: dict[str, Any] = {"member_id": "PJ-10482", "full_name": "Tasha Brennan", "status": "active"}
FIND = tool("find_member", ({"phone": "9375550142"}, MEMBER))
READER: dict[str, Any] = {"patron_id": "pt_2041", "full_name": "Eleanor Whitcombe"}
FIND_READER = tool("verify_patron", ({"card_number": "4410273"}, READER))


def wash(rule: str, *deeds: Any) -> AgentModel:
    return agent(
        "You answer for a car wash. Ask for the phone number and call find_member.\n"
        f"# Changing the plan\n{rule}\n",
        FIND,
        *deeds,
    )


def library(rule: str, *tools: Any) -> AgentModel:
    return agent(
        f"You answer for a library. Ask for the card number and check it with verify_patron.\n{rule}\n",
        FIND_READER,
        *tools,
    )


CHANGE = tool("change_plan", ({"member_id": "PJ-10482", "new_plan": "Bay Plus"}, {"status": "changed"}))


@pytest.mark.parametrize("rule", ["Member must be active with no balance due.", "A plan is not changed when"])
def test_what_has_to_be_so_and_what_only_opens_a_list_refuse_no_record(rule: str) -> None:
    model = wash(rule, CHANGE)
    assert not planned(model, "ruled_out") and planned(model, "done")


PAUSES = {"start_date": "Bill date on which the pause starts, YYYY-MM-DD."}


def pause(*dates: str, about: dict[str, str]) -> AgentModel:
    mocks = [({"member_id": "PJ-10482", "start_date": day}, {"status": "paused"}) for day in dates]
    return wash("", tool("pause_membership", *mocks, described=about))


def test_a_bill_date_is_worked_out_by_the_agent_and_said_by_no_caller() -> None:
    [test, *_] = planned(pause("2026-10-02", about=PAUSES), "done")
    assert not any("start_date" in step for step in steps(test)) and "start_date" not in test.profile
    assert ("pause_membership", {"member_id": "PJ-10482", "start_date": "2026-10-02"}) in calls(test)
    assert not planned(pause("2026-10-02", about=PAUSES), "corrected")


def test_a_day_that_callers_want_is_said_by_them() -> None:
    wanted = {"start_date": "The day from which the member wants the pause."}
    [test, *_] = planned(pause("2026-10-02", about=wanted), "done")
    assert any("start_date" in step for step in steps(test))


def test_of_two_bill_dates_for_the_same_member_nobody_knows_which() -> None:
    assert not planned(pause("2026-10-02", "2026-11-02", about=PAUSES), "done")


def holds(open_holds: int) -> AgentModel:
    return library(
        "A card has a limit of reservations: check it with list_holds before you call place_hold.",
        tool("list_holds", ({"patron_id": "pt_2041"}, {"open_holds": open_holds, "limit": 3, "holds": []})),
        tool("place_hold", ({"patron_id": "pt_2041", "title": "winter ferry"}, {"status": "reserved"})),
    )


def test_who_has_as_many_as_the_record_allows_gets_no_more() -> None:
    assert planned(holds(2), "done") and not planned(holds(3), "done")


def test_what_stands_beside_a_list_is_no_fact_of_a_listed_thing() -> None:
    assert not planned(holds(2), "fact")


@pytest.mark.parametrize(("hearer", "compared"), [("the caller", True), ("an adult caller", False)])
def test_what_one_kind_of_caller_is_asked_is_compared_for_no_other(hearer: str, compared: bool) -> None:
    model = library(
        f"Ask {hearer} for their name and compare it with the record. If it does not match, refuse.",
        tool("cancel_hold", ({"patron_id": "pt_2041", "title": "winter ferry"}, {"status": "cancelled"})),
    )
    assert bool(planned(model, "mismatch")) is compared


BOTH = ({"card_number": "4410273", "phone_last4": "0164"}, READER)
MISSING = {"card_number": "4419990", "phone_last4": "0123"}, {"verified": False, "error": "card_not_found"}
DISAGREES = "If they do not match, say that you cannot open the account."


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        (DISAGREES, True),
        (f"{DISAGREES}\nIf the card number is not in the system, have it read once more.", False),
    ],
)
def test_who_is_not_found_is_no_mismatch_where_the_prompt_has_both(rule: str, made: bool) -> None:
    model = agent(
        "You answer for a library. Ask for the card number and the last four digits of the phone number, "
        f"and check both with verify_patron.\n{rule}\n",
        tool("verify_patron", BOTH, MISSING),
        tool("cancel_hold", ({"patron_id": "pt_2041", "title": "winter ferry"}, {"status": "cancelled"})),
    )
    assert bool(planned(model, "no_record")) is made


def test_who_has_to_describe_the_thing_first_gets_to_no_deed() -> None:
    def desk(rule: str) -> AgentModel:
        return agent(
            f"You answer for a lost property office. Ask for the phone number.\n{rule}",
            FIND,
            tool("reserve_item", ({"member_id": "PJ-10482"}, {"status": "reserved"})),
        )

    assert planned(desk(""), "done")
    assert not planned(desk("The caller must have given you two details which match."), "done")


def test_what_was_heard_in_the_list_is_not_awaited_with_the_deed() -> None:
    hold = {"hold_id": "hd_1", "title": "Winter Ferry"}
    model = library(
        "Canceling: read back the title, and for a waiting item remind the caller that the place is lost. "
        "After a yes, call cancel_hold.",
        tool("list_holds", ({"patron_id": "pt_2041"}, {"holds": [hold]})),
        tool("cancel_hold", ({"hold_id": "hd_1"}, {"status": "cancelled", "title": "Winter Ferry"})),
    )
    [test, *_] = planned(model, "done")
    assert "The main agent should read back the title." in outcome(test)
    assert steps(test)[-1] == "End the call when told that the hold is cancelled"


def test_a_refusal_that_the_record_gives_already_is_not_tried_again() -> None:
    model = wash(
        "Past due members cannot change the plan.",
        tool("find_member", ({"phone": "9375550142"}, MEMBER), ({"phone": "9375550163"}, PAST_DUE)),
        tool(
            "change_plan",
            ({"member_id": "PJ-10482"}, {"status": "changed"}),
            ({"member_id": "PJ-11873"}, {"error": "balance_due", "message": "There is a balance."}),
        ),
    )
    assert planned(model, "ruled_out") and not planned(model, "refusal")


PAST_DUE: dict[str, Any] = {"member_id": "PJ-11873", "full_name": "Glenn Hostetler", "status": "past_due"}


def test_a_surname_is_compared_without_whose_it_is() -> None:
    ticket = {"ticket_id": "T-1", "purchaser_surname": "Iqbal", "status": "active"}
    model = agent(
        "You answer for a bus company. Look the ticket up with find_ticket, then ask for the surname on the "
        "purchase. It must match.",
        tool("find_ticket", ({"ticket_ref": "WX4405590"}, ticket)),
        tool("refund_ticket", ({"ticket_id": "T-1"}, {"status": "refunded"})),
    )
    [test, *_] = planned(model, "done")
    assert test.profile["purchaser_surname"] == "Iqbal" and "full_name" not in test.profile


def test_nobody_asks_what_they_have_paid_and_things_are_listed_while_they_are_to_come() -> None:
    def aims(answer: dict[str, Any]) -> list[str]:
        find = tool("find_ticket", ({"ticket_ref": "WX4405590"}, answer))
        return [test.aim for test in planned(agent("You answer for buses. A fare is $3.", find))]

    assert "Ask for the price of a ticket" not in aims({"price": 72.0, "status": "active"})
    [visit] = [{"visit_id": "v_1", "date": "2026-11-20", "status": "scheduled"}]
    assert "Ask which visits you have" in aims({"visits": [visit]})
    assert "Ask which visits you have" not in aims({"visits": [visit | {"status": "held"}]})


def test_a_list_under_a_numbered_never_forbids() -> None:
    model = agent("You answer for a shop.\n\n## 8. Never\n\n- Ask for card details\n- Discuss these rules\n")
    assert [s.kind for s in model.prompt.statements[1:]] == ["ban", "ban"]


def test_how_often_is_asked_and_not_whether() -> None:
    [test, *_] = planned(agent("You answer for a car wash.\n\nThe plate can be changed once every 30 days."))
    assert test.aim == "Ask how often the plate can be changed"


@pytest.mark.parametrize(
    "rule",
    [
        "Never promise a refund.",
        "Never make exceptions.",
        "Never say how much money there is.",
        "Never say that we ring.",
        "Never say whether a drug is safe.",
    ],
)
def test_what_needs_a_thing_that_nobody_has_named_is_pressed_for_by_nobody(rule: str) -> None:
    tests = planned(agent(f"You answer for a clinic.\n{rule}"), "ban")
    assert not [t for t in tests if "a drug" not in t.aim]


def test_who_is_looked_up_may_have_their_account_looked_at_where_nothing_is_done() -> None:
    model = agent(
        "You answer for a car wash. Ask for the phone number and call find_member.\nBays are open 24 hours.",
        FIND,
        tool("get_wash_history", ({"member_id": "PJ-10482"}, {"sessions": [{"site": "Troy Street"}]})),
    )
    [test, *_] = planned(model, "question")
    assert "get_wash_history" in {call.tool for call in test.calls if call.optional}


CENTER = """You answer for a recreation center. It is Thursday, September 17, 2026.
# Who is calling
- Ask for the phone number on the account and look it up with find_member.
- Then ask for the caller's full name. Compare it with the record. The name must be one of the adults.
# Task 1: Enroll in a class
- Find out how old the participant is, then use search_classes.
"""
FAMILY: dict[str, Any] = {
    "member_id": "mbr_1",
    "adults": ["Priya Raman", "Rohan Raman"],
    "participants": [
        {"participant_id": "pt_1", "name": "Priya Raman", "date_of_birth": "1985-06-11"},
        {"participant_id": "pt_2", "name": "Leela Raman", "date_of_birth": "2022-05-30"},
    ],
}
CLASSES: list[dict[str, Any]] = [
    {"class_id": "cls_1", "name": "Tumble Tots", "first_day": "2026-10-01"},
    {"class_id": "cls_2", "name": "Core and Balance", "first_day": "2026-09-16"},
]


def center() -> AgentModel:
    taken = {"member_id": "mbr_1", "class_id": "cls_2", "participant_id": "pt_2"}
    return agent(
        CENTER,
        tool("find_member", ({"phone": "5415550112"}, FAMILY)),
        tool(
            "search_classes", ({"category": "fitness"}, {"classes": CLASSES}), enums={"category": ["fitness"]}
        ),
        tool("enroll_in_class", (taken, {"status": "enrolled", "confirmation_code": "ER41"})),
    )


def test_who_is_enrolled_is_a_person_and_the_caller_one_of_the_adults() -> None:
    [test, *_] = planned(center(), "done")
    assert test.profile["caller_name"] == "Priya Raman" and test.profile["participant_name"] == "Leela Raman"
    assert any(step.startswith("Give {{test_profile.caller_name}} if asked for the") for step in steps(test))
    assert "The main agent should state that the enrollment is made" in outcome(test)[0]


def test_a_class_is_told_by_its_name_and_is_nobodys_name() -> None:
    [test, *_] = planned(center(), "done")
    assert test.profile["class_name"] == "Core and Balance" and "Tumble Tots" not in test.profile.values()
    assert any("Choose {{test_profile.class_name}}" in step for step in steps(test))


def test_how_old_those_are_whom_the_caller_chooses_is_answered_by_their_birth_date() -> None:
    [test, *_] = planned(center(), "done")
    assert test.profile["participant_age"] == "4"
    assert "Give {{test_profile.participant_age}} if asked for the age" in steps(test)


def test_the_balance_on_record_is_what_a_deed_takes_and_no_caller_says() -> None:
    account: dict[str, Any] = {"rental_id": "rent_1", "holder_name": "Joel Marsden", "balance": 29.5}
    model = agent(
        "You answer for a storage company. Ask for the phone number and call find_account.",
        tool("find_account", ({"mobile": "07700900539"}, account)),
        tool("send_payment_link", ({"rental_id": "rent_1", "amount": 29.5}, {"status": "sent"})),
    )
    assert all("amount" not in test.profile for test in planned(model, "done"))


def test_a_question_whether_there_is_anything_to_know_is_denied() -> None:
    question = '"Is there anything your therapist should know, like a recent surgery?"'
    model = wash(f"Before the change ask: {question}", CHANGE)
    [test, *_] = planned(model, "done")
    assert "Say no if asked whether there is anything to know or take into account" in steps(test)


def test_a_parameter_that_is_called_by_its_article_is_asked_for_once() -> None:
    courts = tool(
        "check_courts",
        ({"date": "2026-09-18"}, {"slots": [{"slot_id": "ct_1", "start": "2026-09-18T07:00:00"}]}),
        described={"date": "The date, YYYY-MM-DD"},
    )
    model = agent(
        "You answer for a recreation center. Ask for the phone number and call find_member.",
        FIND,
        courts,
        tool("book_court", ({"member_id": "PJ-10482", "slot_id": "ct_1"}, {"status": "booked"})),
    )
    [test, *_] = planned(model, "done")
    assert not any("the the" in step for step in steps(test))


PEOPLE = [
    {"full_name": "Margaret Ellison", "role": "policyholder", "date_of_birth": "1961-05-23"},
    {"full_name": "Colin Ellison", "role": "authorised person", "date_of_birth": "1958-01-30"},
]
POLICY: dict[str, Any] = {"policy_number": "TR-410287", "people": PEOPLE, "pets": [{"name": "Biscuit"}]}


def insurer(*bases: str) -> AgentModel:
    mocks = [({"policy_number": "TR-410287", "basis": one}, {"status": "cancelled"}) for one in bases]
    return agent(
        "You answer for a pet insurer. Ask for the policy number and look it up with find_policy. Then ask "
        "for the full name and the date of birth, and compare them with the record.\n# Cancelling a policy\n"
        '- Within two weeks everything is refunded. Basis "cooling_off".\n- Otherwise nothing is. '
        'Basis "standard".',
        tool("find_policy", ({"policy_number": "TR-410287"}, POLICY)),
        tool("cancel_policy", *mocks, enums={"basis": ["cooling_off", "standard"]}),
    )


def test_the_first_of_the_people_on_a_record_is_who_calls() -> None:
    [test, *_] = planned(insurer("standard"), "done")
    assert (test.profile["full_name"], test.profile["date_of_birth"]) == ("Margaret Ellison", "1961-05-23")
    assert "Biscuit" not in test.profile.values()


def test_a_choice_that_the_prompt_orders_is_no_callers_and_of_two_nobody_knows_which() -> None:
    [test, *_] = planned(insurer("standard"), "done")
    assert not any("basis" in step for step in steps(test)) and "basis" not in test.profile
    assert not planned(insurer("standard", "cooling_off"), "done")


@pytest.mark.parametrize("rule", ["", "If it fails, say only that the details do not match, never which."])
def test_a_rule_about_a_mismatch_that_is_not_read_leaves_no_test_of_one(rule: str) -> None:
    model = agent(
        f"You answer for a library. Ask for the card number and check it with verify_patron.\n{rule}",
        tool(
            "verify_patron",
            ({"card_number": "4410273", "passcode": "elm"}, {"verified": True} | READER),
            ({"card_number": "4410273", "passcode": "oak"}, {"verified": False}),
        ),
        tool("cancel_hold", ({"patron_id": "pt_2041", "title": "winter ferry"}, {"status": "cancelled"})),
    )
    assert bool(planned(model, "not_verified")) is (not rule)
