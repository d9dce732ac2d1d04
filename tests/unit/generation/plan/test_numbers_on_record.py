"""Numbers that the record has and those that callers say, who asks and is not found, and desks by name."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Document
from evalgen.generation.read.documents import read_documents
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

SUBSCRIBER: dict[str, Any] = {
    "customer_id": "MV-1",
    "account_holder": "Harold Brandt",
    "subscription_id": "SUB-3310",
}
PAUSE = {"subscription_id": "SUB-3310", "action": "pause"}
FIND = "Ask for the phone number and the ZIP code and call find_customer."
NOBODY = "If it doesn't match, do not say which of the two was wrong; offer the general desk."


def batteries(rules: str = "", *months: int, packs: int = 2) -> AgentModel:
    paused = ((PAUSE | {"pause_months": n}, {"status": "paused"}) for n in months or (2,))
    return agent(
        f"You answer for a shop.\n# Finding the caller\n{FIND}\n{NOBODY}\n# Subscription\n"
        f"Look at it with get_subscription. Get a clear yes, then use change_subscription.\n{rules}",
        tool(
            "find_customer",
            ({"phone": "4195550142", "zip": "43551"}, SUBSCRIBER),
            ({"phone": "4195550142", "zip": "43615"}, {"found": False, "message": "No customer."}),
        ),
        tool(
            "get_subscription",
            ({"subscription_id": "SUB-3310"}, {"subscription_id": "SUB-3310", "packs_per_shipment": packs}),
            ({"subscription_id": "SUB-0000"}, {"found": False, "message": "No subscription."}),
        ),
        tool(
            "change_subscription",
            *paused,
            enums={"action": ["pause", "resume"]},
            described={"pause_months": "Length of the pause in months."},
        ),
    )


def test_a_small_number_that_a_record_has_by_another_name_is_still_the_callers() -> None:
    [test, *_] = planned(batteries(packs=2), "done", "change_subscription")
    assert test.profile["pause_months"] == 2
    assert any(step.endswith("asked for the number of months") for step in steps(test))


def test_a_number_that_is_taken_from_the_record_is_asked_of_nobody() -> None:
    aims = [test.aim for test in planned(batteries(), "no_record")]
    assert aims and not any("subscription number" in aim for aim in aims)


def test_what_of_several_details_is_wrong_is_kept_back_by_their_names() -> None:
    [test, *_] = planned(batteries(), "no_record", "change_subscription")
    hint = "The main agent should not say whether the phone number or the ZIP code was wrong."
    assert hint in outcome(test)


def test_words_to_say_end_without_their_comma() -> None:
    rule = (
        'If a look-up fails, say, "I\'m sorry, I am slow today," and transfer the call to the general desk.'
    )
    model = agent(
        f"You answer for a shop.\n{FIND}\n# Subscription\nUse change_subscription.\n{rule}",
        tool(
            "find_customer",
            ({"phone": "4195550142", "zip": "43551"}, SUBSCRIBER),
            ({"phone": "7405550111", "zip": "43701"}, {"error": "lookup_failed", "message": "No answer."}),
        ),
        tool("change_subscription", (PAUSE, {"status": "paused"}), enums={"action": ["pause", "resume"]}),
    )
    [test, *_] = planned(model, "outage", "change_subscription")
    assert outcome(test)[0] == 'The main agent should say words like "I\'m sorry, I am slow today".'


def test_who_does_not_get_along_with_things_does_not_say_so_of_himself() -> None:
    rule = (
        "If somebody wants to return hearing aids because they don't get along with them, offer a talk with "
        "the hearing care desk once."
    )
    [test] = planned(batteries(rule), "case")
    assert test.aim == "Ask to return hearing aids because you don't get along with them"
    assert outcome(test) == ["The main agent should offer a talk with the hearing care desk."]


TENANT = {"match": True, "tenancy_ref": "MV-20417", "tenant_name": "Sandra Pope"}
WRONG = ({"postcode": "BS3 1ZZ", "date_of_birth": "1968-05-23"}, {"match": False, "message": "No record."})


def tenants(rules: str) -> AgentModel:
    return agent(
        "You answer for a landlord in Bristol. A key costs £12.\n# Identifying the caller\n"
        "- Ask for the postcode and the date of birth, and check with verify_tenant.\n"
        "- If the check fails, say that you cannot open the record and offer the number 0117 496 0155.\n"
        f"# Rent account\n- Use get_rent_account. Give the balance of the rent account.\n{rules}",
        tool("verify_tenant", ({"postcode": "BS3 4QT", "date_of_birth": "1968-05-23"}, TENANT), WRONG),
        tool(
            "get_rent_account",
            ({"tenancy_ref": "MV-20417"}, {"tenancy_ref": "MV-20417", "balance": 236.8}),
            described={"tenancy_ref": "The tenancy_ref from verify_tenant, exactly as returned."},
        ),
    )


def test_a_look_up_that_takes_what_another_has_found_identifies_nobody() -> None:
    assert tenants("").tools["get_rent_account"].role == "read"


def test_who_asks_and_is_not_found_has_a_test_where_no_deed_has_one() -> None:
    [test] = planned(tenants(""), "no_record")
    assert test.aim == "Ask for the balance of a rent account with details that no record has"
    assert outcome(test) == [
        "The main agent should say that it cannot open the record.",
        "The main agent should offer the number 0117 496 0155.",
        "The main agent should not give the balance of the rent account.",
    ]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("If somebody asks for a refund, use transfer_call to the income desk.", "transfer the call to the"),
        ("If somebody asks for a refund, transfer_call to income_desk.", "transfer the call to the"),
        ("If somebody asks for a refund, offer transfer_call to the income desk.", "offer a transfer to the"),
    ],
)
def test_a_transfer_by_the_name_of_its_tool_is_one_in_words(rule: str, told: str) -> None:
    [test] = planned(tenants(f"- {rule}"), "case")
    assert outcome(test) == [f"The main agent should {told} income desk."]


@pytest.mark.parametrize(
    ("rule", "first", "told"),
    [
        (
            "Smell of gas, or a carbon monoxide alarm sounding: ask the caller to ring 0800 111 999.",
            "Say that there is a smell of gas",
            "ask the testing agent to ring 0800 111 999",
        ),
        (
            "Allocations, noise and anything else about the home: transfer_call to the neighbourhood desk.",
            "Ask about allocations",
            "transfer the call to the neighbourhood desk",
        ),
    ],
)
def test_labels_of_dangers_and_topics_are_what_people_call_about(rule: str, first: str, told: str) -> None:
    [test] = planned(tenants(f"- {rule}"), "case")
    assert steps(test)[0].startswith(first)
    assert outcome(test)[0] == f"The main agent should {told}."


def test_hours_of_all_places_have_no_article() -> None:
    hours = "All branches: Monday to Friday 7 a.m. to 6 p.m., Sunday closed."
    [fact] = read_documents([Document(0, "", f"- {hours}\n")], "en").sure
    assert fact.ask == "what the opening hours of all branches are"


def test_two_sentences_in_one_ask_no_question_together() -> None:
    model = agent(
        "You answer for a school.\nThe payment link comes by text and the seat is held for 48 hours.\n"
    )
    assert planned(model, "question") == []
