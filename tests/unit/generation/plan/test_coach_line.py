"""A coach line: what is new needs no look-up, what is there does; an answer that refuses to refund."""

from __future__ import annotations

from tests.unit.generation.plan.agents import agent, calls, planned, steps, tool

BOOKINGS = (("LK4821", "Harrow", "Simon Harrow"), ("LK6033", "Brandt", "Tilda Brandt"))
FIND = tool(
    "find_booking",
    *(
        ({"booking_reference": number, "surname": surname}, {"lead_passenger": name, "phone_booking_fee": 0})
        for number, surname, name in BOOKINGS
    ),
)
REFUND = tool(
    "refund_booking",
    ({"booking_reference": "LK4821"}, {"status": "refunded", "refund_to": "original card"}),
    ({"booking_reference": "LK6033"}, {"status": "refused", "message": "Saver fares are not refundable."}),
)
ASSIST = tool(
    "request_assistance",
    ({"booking_reference": "LK4821"}, {"status": "confirmed", "assistance_number": "AS-2291"}),
)
PROMPT = """You answer for a coach line.
# Identification
- For an existing booking ask for the booking reference and the surname, then call find_booking.
- No identification is needed for timetable questions or new bookings.
# Refunds
Call refund_booking.
# Assistance
Identify the booking first. Call request_assistance.
"""
MODEL = agent(PROMPT, FIND, REFUND, ASSIST)


def test_what_is_done_to_a_booking_comes_behind_its_look_up() -> None:
    for name in ("refund_booking", "request_assistance"):
        [test, *_] = planned(MODEL, "done", name)
        assert [made for made, _ in calls(test)] == ["find_booking", name]
        assert "Give {{test_profile.surname}} when asked for the last name" in steps(test)


def test_an_answer_that_refuses_to_refund_is_no_refund() -> None:
    assert {
        test.calls[-1].input["booking_reference"] for test in planned(MODEL, "done", "refund_booking")
    } == {"LK4821"}


def test_a_fee_for_booking_by_phone_is_nobodys_phone_number() -> None:
    assert all(0 not in test.profile.values() for test in planned(MODEL))
