"""Tools called by half a noun, a yes to what was found, and names, facts and rules of what is found."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool


def waste_line(rule: str = "", **booking: Any) -> AgentModel:
    """Callers are found by their address; what is missed is reported at once."""
    return agent(
        "You answer the waste line of a council: missed collections, bulky collections.\n"
        "# Finding the address\n- Ask for the postcode and call find_address.\n- Read the street line back.\n"
        "- Get a yes before you go on.\n# Missed collections\n- Ask which bin. Log it with report_missed.\n"
        f"# Bulky collections\n- Get a clear yes, then call book_bulky.\n{rule}\n",
        tool("find_address", ({"postcode": "AC4 2LN"}, {"address_id": "ad_1", "street_line": "Mill Road"})),
        tool("report_missed", ({"address_id": "ad_1", "bin": "grey"}, {"status": "logged"})),
        tool(
            "book_bulky",
            ({"address_id": "ad_1", **booking}, {"status": "booked"}),
            described={"band": "small for 1 to 3 items, large for 4 to 6 items."} if booking else None,
            enums={"band": ["small", "large"]} if booking else None,
        ),
    )


def test_a_tool_that_is_called_by_half_a_noun_is_about_the_whole_one() -> None:
    assert steps(planned(waste_line(), "done", "report_missed")[0])[0].startswith(
        "Ask to report a missed collection"
    )
    assert steps(planned(waste_line(), "done", "book_bulky")[0])[0].startswith(
        "Ask to book a bulky collection"
    )


def test_a_yes_to_what_was_found_is_none_to_the_deed() -> None:
    [reported, *_] = planned(waste_line(), "done", "report_missed")
    assert "Say yes if asked whether the street line is right" in steps(reported)
    assert not any("get a yes" in line for line in outcome(reported))
    assert any("get a yes" in line for line in outcome(planned(waste_line(), "done", "book_bulky")[0]))


def test_a_choice_that_a_description_counts_out_is_the_agents_and_gives_no_test() -> None:
    assert planned(waste_line(band="small"), "done", "book_bulky") == []


STAY: dict[str, Any] = {
    "confirmation_number": "KF-39870",
    "guest_first_name": "Tom",
    "guest_last_name": "Vandersloot",
    "arrival_date": "2026-08-14",
    "booked_through": "TrailNest",
}
DIRECT = {"confirmation_number": "KF-40118", "guest_last_name": "Albrecht", "booked_through": "direct"}


def campground(rule: str, **told: str) -> AgentModel:
    return agent(
        "You book stays at a campground.\nAsk for the phone number and call find_reservations. Then ask for "
        f"the full name and compare it with the record.\n# Cancelling\nUse cancel_reservation.\n{rule}",
        tool(
            "find_reservations",
            ({"phone": "6165550130"}, {"reservations": [STAY]}),
            ({"phone": "6165550144"}, {"reservations": [STAY | DIRECT]}),
            ({"phone": "6165550199"}, {**told, "reservations": [], "message": "No reservation found."}),
        ),
        tool("cancel_reservation", ({"confirmation_number": "KF-39870"}, {"status": "cancelled"})),
    )


def test_who_is_asked_for_a_whole_name_has_the_one_whose_parts_are_on_record() -> None:
    rule = "Bookings with booked_through TrailNest cannot be cancelled."
    [test] = planned(campground(rule), "ruled_out", "cancel_reservation")
    assert test.profile["full_name"] == "Tom Vandersloot"
    assert test.aim == "Cancel a reservation that is booked through TrailNest"


def test_a_list_that_is_empty_where_nobody_is_found_is_nothing_else() -> None:
    assert planned(campground("If nothing is found, transfer to the office."), "nothing_on_file") == []


def test_an_empty_list_is_nothing_else_beside_what_was_asked() -> None:
    tries = "After two tries without a match, stop looking."
    assert planned(campground(tries, phone="6165550199"), "nothing_on_file") == []
    assert planned(campground("", phone="6165550199"), "nothing_on_file")


def test_facts_hold_no_tool_and_no_tag() -> None:
    model = agent(
        "You answer for a shop.\n<fees>\nA repair costs $20.\nParking is free with add_extra.\n</fees>\n",
        tool("add_extra", ({"order_number": "1"}, {"status": "added"})),
    )
    told = [line for test in planned(model, "question") for line in outcome(test)]
    assert told and not any("add_extra" in line or "fees>" in line for line in told)


def test_a_refusal_is_not_explained_by_a_rule_about_something_else() -> None:
    prompt = (
        "You send payment links. Ask for the booking number and call find_booking.\n# Paying\n"
        "Send it with send_payment_link.\nIf the status is unpaid, offer to text the link again.\n"
        "A text that could not be delivered means paying at the counter.\n"
    )
    refused = {"error": "text_not_delivered", "message": "The text could not be delivered."}
    model = agent(
        prompt,
        tool("find_booking", ({"booking_number": "CC-40718"}, {"status": "unpaid", "mobile": "2025550142"})),
        tool("send_payment_link", ({"booking_number": "CC-40718"}, refused)),
    )
    assert planned(model, "refusal", "send_payment_link") == []


def test_what_any_kind_of_thing_is_called_is_no_goal_where_a_parameter_says_its_kind() -> None:
    def cancelling(key: str) -> AgentModel:
        return agent(
            "You answer for a shop. Ask for the order number.",
            tool(
                "cancel_item",
                ({"order_number": "1042", key: "visit"}, {"status": "cancelled"}),
                enums={key: ["order", "visit"]},
            ),
        )

    assert planned(cancelling("item_type"), "done") == []
    assert planned(cancelling("speed"), "done") != []


def studio(*lessons: str, **answer: Any) -> AgentModel:
    student = {"first_name": "Owen", "next_lessons": [{"lesson_id": one} for one in lessons]}
    contacts = [{"name": "Denise Halvorsen", "role": "account_holder"}, {"name": "Mark Halvorsen"}]
    return agent(
        "You answer for a music studio.\n# Who calls\nAsk for the phone number and call find_account. Ask "
        "for the full name and compare it with the account.\n# Cancelling a lesson\nTell the caller the "
        "credit, get a yes, use cancel_lesson.\n# Failing\nIf a tool fails, transfer to the fitting desk.\n",
        tool("find_account", ({"phone": "6085550112"}, {"contacts": contacts, "students": [student]})),
        tool(
            "cancel_lesson",
            ({"lesson_id": "LS-7001"}, {"status": "cancelled", **answer}),
            ({"lesson_id": "LS-7002"}, {"error": "unavailable", "message": "The service is down."}),
        ),
    )


def test_the_first_of_those_who_may_call_about_a_record_is_its_caller() -> None:
    [test, *_] = planned(studio("LS-7001"), "done", "cancel_lesson")
    assert "Give {{test_profile.full_name}} if asked for the full name" in steps(test)
    assert test.profile["full_name"] == "Denise Halvorsen"


def test_which_of_several_things_inside_another_is_meant_is_not_certain() -> None:
    assert planned(studio("LS-7001", "LS-7003"), "done", "cancel_lesson") == []


def test_a_sum_that_is_no_number_is_no_sum() -> None:
    [test, *_] = planned(studio("LS-7001", credit="makeup"), "done", "cancel_lesson")
    assert not any("`makeup`" in line for line in outcome(test))
    [test, *_] = planned(studio("LS-7001", credit_minutes=30), "done", "cancel_lesson")
    assert not any("30" in line for line in outcome(test))
    [test, *_] = planned(studio("LS-7001", credit=25), "done", "cancel_lesson")
    assert any("25" in line for line in outcome(test))


def test_whoever_fits_is_not_asserted_as_a_place() -> None:
    [test] = planned(studio("LS-7002"), "outage", "cancel_lesson")
    assert "The main agent should transfer the call." in outcome(test)
    assert not any("fitting" in text for text in (*outcome(test), *steps(test)))


def test_two_facts_in_one_sentence_are_no_answer_to_a_question_for_one() -> None:
    model = agent("You answer for cottages.\n- Arrival is from 4pm, departure by 10am.\n")
    assert planned(model, "question") == []


def test_what_a_playbook_compares_is_answered_in_its_deed() -> None:
    model = agent(
        "You book van pickups. Ask for the phone number and call find_customer.\n# Van pickups\n"
        "- Ask for the street number and street and compare.\n- Get a yes, then call book_van_pickup.\n",
        tool(
            "find_customer", ({"phone": "6145550142"}, {"customer_id": "C-1", "address": "312 Tulane Road"})
        ),
        tool("book_van_pickup", ({"customer_id": "C-1"}, {"status": "booked"})),
    )
    [test, *_] = planned(model, "done", "book_van_pickup")
    assert "Give {{test_profile.address}} if asked for the address" in steps(test)


def test_a_miss_is_no_mismatch_where_the_prompt_has_both() -> None:
    model = agent(
        "You answer for ferries.\n# Find the booking\n1. Ask for the booking reference and the surname, call "
        "find_booking.\n2. If the postcode does not match, say you cannot open the booking.\n"
        "3. If no booking is found, offer the bookings team.\n# Cancelling\nUse cancel_booking.\n",
        tool(
            "find_booking",
            ({"reference": "TSF48213", "surname": "Rennie"}, {"booking_id": "b_1", "postcode": "KW1 5AB"}),
            ({"reference": "TSF40000", "surname": "Rennie"}, {"error": "not_found"}),
        ),
        tool("cancel_booking", ({"booking_id": "b_1"}, {"status": "cancelled"})),
    )
    tests = planned(model, "no_record")
    assert not any("cannot open" in line for test in tests for line in outcome(test))


@pytest.mark.parametrize(("label", "told"), [("", True), ("Another date: there is no moving. ", False)])
def test_what_stands_behind_a_case_that_is_not_read_holds_in_that_alone(label: str, told: bool) -> None:
    model = agent(
        "You answer for bulky collections. Ask for the booking number and call find_booking.\n"
        f"# Cancelling\n- Use cancel_booking.\n- {label}Refund window closed: warn that nothing is paid.\n",
        tool("find_booking", ({"booking_number": "BB-1"}, {"booking_id": "b_1", "refund_window": "closed"})),
        tool("cancel_booking", ({"booking_id": "b_1"}, {"status": "cancelled"})),
    )
    [test, *_] = planned(model, "done", "cancel_booking")
    assert any("nothing is paid" in line for line in outcome(test)) is told
