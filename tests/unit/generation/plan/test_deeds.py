"""A deed that succeeds, and its turns."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Tool
from tests.unit.generation.plan.agents import agent, calls, clinic, outcome, planned, steps, tool


def test_a_booking_is_led_from_the_request_to_the_number_that_the_answer_gives() -> None:
    (test,) = planned(clinic(), "done", "book_appointment")
    number = "the confirmation number"
    assert steps(test) == [
        "Ask to book an appointment when opening",
        "Give {{test_profile.phone}} when asked for the phone number",
        "Ask for {{test_profile.date}} when asked for the day",
        "Choose the slot at {{test_profile.time}} when offered slots on {{test_profile.date}}",
        "Say yes when asked whether to book the appointment",
        f"Ask for {number} if told that the appointment is booked, without {number}",
        "End the call when told the confirmation number",
    ]
    assert outcome(test)[0] == (
        "The main agent should state that the appointment on {{test_profile.date}} at {{test_profile.time}} "
        "is booked, and give the confirmation number `CW-9K2M`."
    )
    assert test.profile | {"full_name": "James Carter"} == test.profile


def test_the_calls_of_a_booking_carry_the_values_of_one_record_and_know_their_order() -> None:
    (test,) = planned(clinic(), "done", "book_appointment")
    assert calls(test) == [
        ("lookup_patient", {"phone": "2025550188"}),
        ("check_availability", {"date": "2026-07-08"}),
        ("book_appointment", {"patient_id": "p_2", "datetime": "2026-07-08T11:30:00"}),
    ]
    assert test.calls[-1].after == ("c1", "c2")


def test_every_assertion_rests_on_a_call_or_a_line_and_is_caused_by_a_step() -> None:
    for test in planned(clinic()):
        ids = {call.id for call in test.calls}
        for assertion in test.assertions:
            assert 1 <= assertion.caused_by_step <= len(test.steps)
            assert assertion.rests_on
            assert all(g.lines or g.call in ids for g in assertion.rests_on), test.key


def test_a_no_at_the_read_back_forbids_the_deed() -> None:
    test = planned(clinic(), "declined", "cancel_appointment")[0]
    assert "Say no when asked whether to cancel the appointment" in steps(test)
    assert [f.tool for f in test.forbidden] == ["cancel_appointment"]
    assert "cancel_appointment" not in [name for name, _ in calls(test)]


def test_without_a_rule_for_a_yes_nothing_is_said_of_a_read_back() -> None:
    model = agent("You cancel orders of Fir Books.", _cancel("W-118"))
    (test,) = planned(model, "done")
    assert not planned(model, "declined")
    assert steps(test)[-1] == "End the call when told that the order is cancelled"


def test_one_of_several_is_told_from_the_others_by_day_and_time() -> None:
    test = planned(clinic(), "done", "cancel_appointment")[0]
    chosen = "Choose the appointment on {{test_profile.date}} at {{test_profile.time}}"
    assert f"{chosen} when asked which appointment to cancel" in steps(test)
    assert (test.profile["date"], test.profile["time"]) == ("2026-07-02", "2:15 PM")


def test_a_slot_is_named_by_its_start_and_never_by_its_end() -> None:
    slot = {"scheduleId": "sch_9", "start": "2026-12-01T14:00:00", "end": "2026-12-01T15:00:00"}
    model = agent(
        "You book visits for Larch Dental.",
        tool(
            "get_slots", ({"day": "2026-12-01"}, {"slots": [slot, {**slot, "start": "2026-12-01T16:00:00"}]})
        ),
        tool("book_visit", (slot, {"visit_id": "v_80", "status": "CONFIRMED"})),
    )
    (test,) = planned(model, "done")
    assert test.profile["time"] == "2:00 PM"


def test_an_id_that_a_look_up_returns_is_never_asked_of_the_caller_however_short() -> None:
    model = agent(
        "You manage bookings. To cancel, call get_booking and then cancel_booking.",
        tool("get_booking", ({"phone": "5550100177"}, {"bookingId": "bk_771", "revision": "3"})),
        tool(
            "cancel_booking",
            ({"bookingId": "bk_771", "revision": "3"}, {"status": "CANCELED"}),
            described={"revision": "Revision number from get_booking."},
        ),
    )
    (test,) = planned(model, "done")
    assert [name for name, _ in calls(test)] == ["get_booking", "cancel_booking"]
    assert not any("revision" in step or "booking number" in step.lower() for step in steps(test))


def test_values_of_a_list_are_given_in_one_step() -> None:
    riders = {"tour": {"day": "2026-12-05", "riders": [{"name": "Ana Prieto"}, {"name": "Ben Adler"}]}}
    model = agent("You book bike tours.", tool("book_tour", (riders, {"booking_number": "T-118"})))
    (test,) = planned(model, "done")
    told = [step for step in steps(test) if "riders" in step]
    assert told == [
        "Give {{test_profile.rider_1_name}} and {{test_profile.rider_2_name}} when asked for the riders"
    ]


def test_a_flag_or_a_summary_is_the_agents_and_is_not_spoken() -> None:
    given = {"order_number": "W-118", "waive_fee": True, "summary": "wants it stopped"}
    model = agent("You cancel orders.", tool("cancel_order", (given, {"status": "cancelled"})))
    (test,) = planned(model, "done")
    assert not any("fee" in step or "summary" in step for step in steps(test))


def test_the_same_seed_gives_the_same_tests_and_a_smaller_job_is_the_beginning_of_a_larger_one() -> None:
    assert planned(clinic()) == planned(clinic())


def test_another_record_of_the_same_course_is_marked_as_a_variation_and_says_so() -> None:
    model = agent("You cancel orders of Fir Books.", _cancel("W-118", "W-119"))
    first, second = planned(model, "done")
    assert (first.variation_of, second.variation_of) == ("", first.key)
    assert second.aim == "Cancel an order (variation 1)"


def _cancel(*numbers: str) -> Tool:
    return tool("cancel_order", *(({"order_number": number}, {"status": "cancelled"}) for number in numbers))


FOUND = ({"unit_number": "B214"}, {"tenant_id": "tn_1", "last_name": "Okonkwo", "mobile": "2185550144"})
NOBODY = ({"unit_number": "A033"}, {"error": "not_found"})
WANTED = {"name": "Grace Okonkwo", "phone": "2185550144", "topic": "late fee"}


@pytest.mark.parametrize("order", ["", "Call find_tenant with the unit number."])
def test_who_is_calling_is_owed_only_where_the_deed_or_the_prompt_needs_it(order: str) -> None:
    model = agent(
        f"You answer for a storage house and send gate codes. {order}",
        tool("find_tenant", FOUND, NOBODY),
        tool("request_callback", (WANTED, {"status": "queued"})),
        tool("send_gate_code", ({"tenant_id": "tn_1"}, {"sent": True})),
    )
    asks = "should ask for the unit number before"
    for name, needed in (("send_gate_code", True), ("request_callback", bool(order))):
        lines = [one.text for test in planned(model, "done", name) for one in test.assertions]
        assert lines
        assert any(asks in line for line in lines) == needed
        assert bool(planned(model, "no_record", name)) == needed


def test_what_is_compared_two_sentences_later_is_given_too() -> None:
    model = agent(
        "You send gate codes for a storage house. Ask for the unit number and the last name. "
        "Call find_tenant with the unit number. Compare the last name with the one on the record.",
        tool("find_tenant", FOUND),
        tool("send_gate_code", ({"tenant_id": "tn_1"}, {"sent": True})),
    )
    (test, *_) = planned(model, "done", "send_gate_code")
    assert any("last_name" in step.action for step in test.steps)


def test_the_name_of_a_thing_on_record_is_given_where_the_prompt_has_it_asked() -> None:
    stay = {"booking_code": "LP7702", "pet_name": "Moose", "owner_name": "Greg Hanlon"}
    model = agent(
        "You answer for a kennel.\n\n## Changes to a stay\n"
        "- For any question about a booking, ask for the booking code and the pet's name and call "
        "find_stay.\n"
        "- Stays are cancelled with cancel_stay.\n",
        tool("find_stay", ({"booking_code": "LP7702"}, stay)),
        tool("cancel_stay", ({"booking_code": "LP7702"}, {"status": "cancelled"})),
    )
    (test, *_) = planned(model, "done", "cancel_stay")
    assert "Give {{test_profile.pet_name}} if asked for the pet name" in steps(test)
    assert not any("owner_name" in step.action for step in test.steps)
