"""A lending desk: rules about one kind of thing, sums that are owed, loans that are not renewed."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Variable
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

ITEMS = ("camera", "projector", "ukulele")


def member(number: int, surname: str, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    loan = {"loan_id": f"L-{number}", "item": "camera", "due": "2026-12-03"} | more.pop("loan", {})
    held = {"surname": surname, "age": 34, "balance_owed": 0, "loans": [loan]} | more
    return {"card_number": f"HS-4021{number}"}, {"found": True, "member": held}


def desk(rule: str, *members: Any) -> AgentModel:
    return agent(
        "You answer for a lending desk. Ask for the card number and the surname, then call find_member. "
        "Do not go on where the surname does not match the record.\n# Borrowing\n"
        f"- Reserve with reserve_item.\n- {rule}\n# Renewing\n- Renew with renew_loan.\n",
        tool("find_member", member(1, "Okafor"), *members),
        tool(
            "reserve_item",
            *(
                ({"card_number": f"HS-4021{n}", "item": item, "day": "2026-12-05"}, {"status": "reserved"})
                for n, item in ((1, "projector"), (2, "ukulele"))
            ),
            enums={"item": ITEMS},
        ),
        tool("renew_loan", *(({"loan_id": f"L-{n}"}, {"status": "renewed"}) for n in (1, 2))),
    )


YOUNG = member(2, "Brandt", age=16)


def test_a_rule_about_one_choice_is_played_with_that_choice() -> None:
    [test] = planned(desk("Members under 18 cannot borrow cameras.", YOUNG), "ruled_out", "reserve_item")
    assert test.profile["surname"] == "Brandt"
    assert test.profile["item"] == "camera"


def test_a_rule_about_one_choice_leaves_the_others_to_whom_it_refuses() -> None:
    cards = {"HS-40211", "HS-40212"}
    for rule, served in (
        ("Members under 18 cannot borrow cameras.", cards),
        ("Members under 18 cannot borrow anything.", {"HS-40211"}),
    ):
        tests = planned(desk(rule, YOUNG), "done", "reserve_item")
        assert {dict(calls(test))["reserve_item"]["card_number"] for test in tests} == served


@pytest.mark.parametrize(
    ("rule", "refused", "served"),
    [
        (
            "If a member owes more than $15, do not reserve anything.",
            {"balance_owed": 22.5},
            {"balance_owed": 5},
        ),
        ("If the account is locked, do not reserve anything.", {"locked": True}, {"locked": False}),
        ("Members whose account has been closed cannot reserve.", {"status": "closed"}, {"status": "open"}),
    ],
)
def test_states_of_a_record_are_understood_in_the_prompts_words(
    rule: str, refused: dict[str, Any], served: dict[str, Any]
) -> None:
    assert planned(desk(rule, member(2, "Silva", **refused)), "ruled_out", "reserve_item")
    assert not planned(desk(rule, member(2, "Silva", **served)), "ruled_out", "reserve_item")


@pytest.mark.parametrize(
    ("rule", "refused", "served"),
    [
        ("Loans can be renewed twice.", {"times_renewed": 2}, {"times_renewed": 1}),
        (
            "A loan that somebody else has reserved cannot be renewed.",
            {"reserved_by_other": True},
            {"reserved_by_other": False},
        ),
        (
            "Loans more than 10 days overdue are not renewed on the phone.",
            {"days_overdue": 17},
            {"days_overdue": 3},
        ),
    ],
)
def test_a_fact_that_says_what_is_not_done_refuses_the_things_it_is_true_of(
    rule: str, refused: dict[str, Any], served: dict[str, Any]
) -> None:
    [test] = planned(desk(rule, member(2, "Silva", loan=refused)), "ruled_out", "renew_loan")
    assert test.profile["surname"] == "Silva"
    assert not planned(desk(rule, member(2, "Silva", loan=served)), "ruled_out", "renew_loan")


def test_what_is_not_done_is_no_state_of_the_record() -> None:
    rule = "A loan whose item is lost is not renewed here."
    held = member(2, "Silva", loan={"status": "active"}), member(3, "Novak", loan={"status": "renewed"})
    assert not planned(desk(rule, *held), "ruled_out", "renew_loan")


def test_how_many_there_may_be_and_what_is_offered_instead_refuse_nothing() -> None:
    rule = (
        "No more than two renewals in a row: if times_renewed is 2, say so and offer to reserve it instead."
    )
    once, twice = ({"times_renewed": n} for n in (1, 2))
    assert planned(desk(rule, member(2, "Silva", loan=once)), "done", "reserve_item")
    for model in (desk(rule, member(2, "Silva", loan=once)), desk(rule, member(2, "Silva", loan=twice))):
        assert not planned(model, "ruled_out", "reserve_item")


def test_what_is_done_instead_of_what_a_fact_rules_out_is_asserted_with_the_refusal() -> None:
    rule = "Members under 18 cannot borrow cameras. Offer them the list of instruments instead."
    [test] = planned(desk(rule, YOUNG), "ruled_out", "reserve_item")
    assert outcome(test)[:2] == [
        "The main agent should state that the item cannot be reserved.",
        "The main agent should offer the testing agent the list of instruments.",
    ]


def test_an_order_of_another_kind_behind_such_a_fact_holds_for_everybody() -> None:
    rule = "Members under 18 cannot borrow cameras. Ask which day they would like."
    [test] = planned(desk(rule, YOUNG), "ruled_out", "reserve_item")
    assert not any("which day" in line for line in outcome(test))


def towed(*rules: str) -> AgentModel:
    return agent(
        f"You answer for a parking office. Ask for the plate and call lookup_tow.\n{chr(10).join(rules)}\n",
        tool(
            "lookup_tow",
            (
                {"plate": "WDX3308"},
                {"found": True, "lot": "Harbor lot", "release_fee": 145, "status": "towed"},
            ),
            ({"plate": "JQP9164"}, {"error": "tow_system_unavailable"}),
        ),
        tool("transfer_to_clerk", ({"reason": "system_error"}, {"status": "transferring"})),
    )


def test_a_second_failure_ends_in_the_transfer_that_a_code_names() -> None:
    model = towed(
        "- If a look-up does not work, say so and try one time more; if it fails again, transfer with the "
        "reason system_error."
    )
    [test] = planned(model, "outage", "lookup_tow")
    assert [name for name, _ in calls(test)] == ["lookup_tow", "lookup_tow", "transfer_to_clerk"]
    assert outcome(test)[1] == "The main agent should transfer the call."


def test_a_ban_of_a_deed_keeps_nothing_of_a_record_back() -> None:
    for rule, told in (
        ("If the status is towed, do not file a second report.", True),
        ("If the status is towed, do not give the release fee.", False),
    ):
        assert bool(planned(towed(f"- {rule}"), "fact", "lookup_tow")) is told


REFUSED = {"error": "annual_limit", "days_left": 1}


@pytest.mark.parametrize(
    ("rule", "played"),
    [
        ("Ask which item they would like.", True),
        ("If the days asked for go over what is left, say how many days are left and offer them.", False),
    ],
)
def test_a_refusal_with_a_value_that_the_prompt_goes_by_is_not_played_as_a_plain_one(
    rule: str, played: bool
) -> None:
    model = agent(
        f"You answer for a lending desk. Ask for the card number and call find_member.\n- {rule}\n",
        tool("find_member", member(1, "Okafor")),
        tool(
            "rent_item",
            ({"card_number": "HS-40211", "item": "camera", "days": 2}, {"status": "rented"}),
            ({"card_number": "HS-40211", "item": "camera", "days": 5}, REFUSED),
        ),
    )
    assert bool(planned(model, "refusal", "rent_item")) is played


def test_a_flag_that_only_one_of_two_equal_examples_sets_is_not_played() -> None:
    model = agent(
        "You answer for a lending desk. Ask for the card number and call find_member.\n",
        tool("find_member", member(1, "Okafor")),
        tool(
            "cancel_membership",
            ({"card_number": "HS-40211"}, {"status": "cancelled", "fee": 15}),
            ({"card_number": "HS-40211", "waive_fee": True}, {"status": "cancelled", "fee": 0}),
        ),
    )
    tests = planned(model, "done", "cancel_membership")
    assert tests
    assert all("waive_fee" not in given for test in tests for _, given in calls(test))


def test_what_is_told_before_the_reference_is_asserted_with_its_value() -> None:
    model = agent(
        "You answer for a parking office. Ask for the plate and call find_permit.\n# Renewals\n"
        "- Get a yes before you renew.\n- Give the new expiry date and the reference.\n",
        tool(
            "find_permit", ({"plate": "KTR4821"}, {"permit_number": "RP-21874", "expires_on": "2026-12-01"})
        ),
        tool(
            "renew_permit",
            (
                {"permit_number": "RP-21874"},
                {"status": "renewed", "reference": "RNW-50771", "new_expiry": "2027-12-01", "agent_id": 7},
            ),
        ),
    )
    [test] = planned(model, "done", "renew_permit")
    assert "The main agent should state that the new expiry is `December 1`." in outcome(test)
    assert "give the reference `RNW-50771`" in outcome(test)[0]


@pytest.mark.parametrize(
    ("rules", "confirmed"),
    [
        (
            "After 8 PM the day before there is an $8 fee. Say it before you cancel; get a yes to the fee.",
            False,
        ),
        ("Inside 24 hours it is $60. Tell them, get a yes, then do it.", False),
        ("It costs $15 a month. Tell them before you do it and get a yes.", True),
        ("Get a yes before you cancel.", True),
    ],
)
def test_a_yes_to_a_fee_that_is_due_at_some_time_only_is_none_to_the_deed(
    rules: str, confirmed: bool
) -> None:
    model = agent(
        f"You answer for a laundry. Ask for the phone number and call find_order.\n# Cancelling\n- {rules}\n",
        tool("find_order", ({"phone": "2075550134"}, {"order_id": "o_1", "status": "scheduled"})),
        tool("cancel_pickup", ({"order_id": "o_1"}, {"status": "cancelled"})),
    )
    assert bool(planned(model, "declined", "cancel_pickup")) is confirmed


@pytest.mark.parametrize(
    ("rule", "played"), [("less than 24 hours before collection", False), ("of cameras", True)]
)
def test_a_fee_that_hangs_on_a_day_which_a_variable_says_is_not_played(rule: str, played: bool) -> None:
    model = agent(
        "You answer for a lending desk. Today is {{today}}. Ask for the card number and call find_member.\n"
        f"# Cancelling\n- Reservations {rule} cost $5 to cancel.\n- Get a yes before you cancel.\n",
        tool("find_member", ({"card_number": "HS-1"}, {"reservation_id": "R-1", "collection": "2026-12-05"})),
        tool("cancel_reservation", ({"reservation_id": "R-1"}, {"status": "cancelled", "fee": 5})),
        variables=[Variable("today", "Today's date")],
    )
    assert bool(planned(model, "done", "cancel_reservation")) is played


def test_what_a_variable_says_already_is_given_if_asked_and_the_agent_need_not_ask_for_it() -> None:
    model = agent(
        "You answer for a parking office. The plate on file for the number is {{callerPlate}}: offer it and "
        "let the caller confirm it.\n# Identify\nAsk for the plate and the last four digits of the license, "
        "then call find_permit.\n# Renewing\n- Get a yes before you renew.\n",
        tool(
            "find_permit",
            ({"plate": "KTR4821", "license_last4": "6640"}, {"permit_number": "RP-2", "zone": "C"}),
        ),
        tool("renew_permit", ({"permit_number": "RP-2"}, {"status": "renewed"})),
        variables=[Variable("callerPlate", "")],
    )
    [test] = planned(model, "done", "renew_permit")
    assert test.variables == {"callerPlate": "KTR4821"}
    assert "Give {{test_profile.plate}} if asked for the plate" in steps(test)
    asked = next(line for line in outcome(test) if "digits" in line)
    assert "plate" not in asked


@pytest.mark.parametrize(
    ("rule", "played"), [("System down: say so, take a message.", False), ("System down: say so.", True)]
)
def test_what_is_done_where_something_fails_is_not_refused_where_it_fails(rule: str, played: bool) -> None:
    model = agent(
        f"You answer for electricians. Ask for the phone number and call find_customer.\n- {rule}\n",
        tool(
            "find_customer",
            ({"phone": "8455550134"}, {"customer_id": "c_1", "full_name": "Ada Rowe"}),
            ({"phone": "8455550199"}, {"error": "unavailable", "message": "The service is down."}),
        ),
        tool(
            "leave_message", ({"customer_id": "c_1", "message": "Please call me back."}, {"status": "sent"})
        ),
    )
    assert bool(planned(model, "outage", "leave_message")) is played


def test_a_last_name_that_may_be_asked_for_is_that_of_the_caller_of_the_test() -> None:
    rule, nobody = "Ask for the full name, too.", ({"card_number": "HS-49999"}, {"found": False})
    tests = planned(desk(rule, nobody), "no_record", "reserve_item")
    assert tests
    for test in tests:
        names = [value for key, value in test.profile.items() if "name" in key]
        assert len({str(name).split()[-1] for name in names}) == 1
