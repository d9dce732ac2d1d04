"""What a caller answers if asked: not what the agent tells, and not what it asks for another deed."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from tests.unit.generation.plan.agents import agent, planned, steps, tool

RECORD = {
    "customer_id": "c_1",
    "full_name": "Ada Rowe",
    "address_on_file": "12 Elm Street",
    "orders": ["o_1"],
}


def answers(rule: str, deed: str) -> list[str]:
    """The steps of who gets a deed done at a shop with this rule."""
    shop = agent(
        f"You answer for a shop. Ask for the phone number and call find_customer.\n\n{rule}\n",
        tool("find_customer", ({"phone": "2075550134"}, RECORD)),
        tool("order_supplies", ({"customer_id": "c_1"}, {"status": "ordered"})),
        tool(
            "cancel_order",
            ({"order_id": "o_1"}, {"status": "cancelled"}),
            described={"order_id": "From find_customer"},
        ),
    )
    return [step for test in planned(shop, "done", deed) for step in steps(test)]


@pytest.mark.parametrize(
    ("rule", "is_asked"),
    [
        ("Say the total and the address on file before you order.", False),
        ("Always give the address on file.", False),
        ("Ask for the address and compare it with the one on file.", True),
    ],
)
def test_what_the_agent_tells_of_the_record_is_not_asked_for(rule: str, is_asked: bool) -> None:
    asked = [step for step in answers(rule, "order_supplies") if "address_on_file" in step]
    assert asked == ["Give {{test_profile.address_on_file}} if asked for the address"] * is_asked


@pytest.mark.parametrize(
    ("rule", "asked_in"),
    [
        ('Ask "Are you the person who ordered?" before a cancellation.', ["cancel_order"]),
        ('Ask "Are you the account holder?" first.', ["order_supplies", "cancel_order"]),
    ],
)
def test_who_they_are_is_answered_in_the_deeds_before_which_it_is_asked(
    rule: str, asked_in: list[str]
) -> None:
    deeds = ("order_supplies", "cancel_order")
    assert [d for d in deeds if any('Say yes if asked "Are you' in s for s in answers(rule, d))] == asked_in


@pytest.mark.parametrize(
    ("heading", "answer"),
    [
        ("# Ordering\nUse order_supplies.", ["Say no if asked whether anyone uses a wheelchair"]),
        ("# Ordering\nUse order_supplies.\n# Trips", []),
        ("# Calls\nUse order_supplies to order. Use cancel_order to cancel.", []),
    ],
)
def test_a_need_that_few_have_is_denied_where_the_question_is_surely_of_this_deed(
    heading: str, answer: list[str]
) -> None:
    said = answers(f"{heading}\nAsk whether anyone uses a wheelchair.", "order_supplies")
    assert [step for step in said if "wheelchair" in step] == answer


def test_the_number_that_bookings_were_made_under_is_the_callers_and_none_is_invented() -> None:
    booking = {"booking_ref": "BR-40817", "booking_phone": "4135550118", "date": "2027-05-21"}
    model = agent(
        "You answer for a test station. Ask for the plate and call find_car.\n\n# Cancelling\nFor an "
        "existing booking, also ask for the phone number it was made under. Cancel it with cancel_booking.\n",
        tool("find_car", ({"plate": "GHN3051"}, {"owner_name": "Ana Ferreira", "bookings": [booking]})),
        tool("cancel_booking", ({"booking_ref": "BR-40817"}, {"status": "cancelled"})),
    )
    told = [test.profile.get("phone") for test in planned(model, "done", "cancel_booking")]
    assert told and set(told) == {"4135550118"}


@pytest.mark.parametrize(("second", "made"), [("the postcode", False), ("the ZIP code", True)])
def test_nobody_has_two_answers_to_one_question(second: str, made: bool) -> None:
    script = Script(Speech("en"), Speech("en"))
    script.say("ask", wish="for the status of an outage")
    for value, question in (("CB6 9XA", "the postcode"), ("NR21 9DJ", second)):
        script.say("give_standing", value=script.keep("postcode", value), the_input=question)
    script.say("go_on_standing")
    script.say("end_nothing", items="outages")
    found = finish(script, agent("You answer for broadband."), "fact", ("outage",), "Ask for the status")
    assert (found is not None) == made
