"""Which look-ups a deed comes with: those that its playbook or a rule needs, of its own thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.generation.plan.agents import agent, planned, tool

ADA = {"member_id": "me_1", "name": "Ada Rowe"}
FIND = "Ask for the phone number and call find_member.\n"
BOOK = ("book_meal", ({"member_id": "me_1", "date": "2027-03-09"}, {"status": "booked"}))
BALANCE = tool("get_balance", ({"member_id": "me_1"}, {"arrears": 18.6}))


def calls(rule: str) -> list[tuple[str, bool]]:
    model = agent(
        f"You answer for a canteen.\n{FIND}# Meals\n- Ask for the day, then call book_meal.\n- {rule}\n"
        "# Balance\n- Questions about the account: call get_balance.\n",
        tool("find_member", ({"phone": "2075550134"}, ADA)),
        BALANCE,
        tool(*BOOK),
    )
    return [(call.tool, call.optional) for call in planned(model, "done")[0].calls]


def test_a_look_up_of_another_playbook_stands_ready_where_a_rule_of_the_deed_needs_its_answer() -> None:
    assert calls("With arrears of more than 30 dollars a meal cannot be booked.") == [
        ("find_member", False),
        ("get_balance", True),
        ("book_meal", False),
    ]


def test_a_look_up_of_another_playbook_is_left_out_where_no_rule_speaks_of_it() -> None:
    assert calls("On a Sunday a meal cannot be booked.") == [("find_member", False), ("book_meal", False)]


def test_of_several_look_ups_of_a_kind_only_the_one_about_the_same_thing_is_demanded() -> None:
    orders = [{"order_id": "FH-88120", "status": "open"}, {"order_id": "FH-88341", "status": "sent"}]
    model = agent(
        "You answer for a shop.\nAsk for the phone number and call find_customer.\n"
        "# Cancelling\n- Call list_orders, then get_order. After a yes call cancel_order.\n",
        tool("find_customer", ({"phone": "2075550134"}, {"customer_id": "cu_1", "name": "Ada Rowe"})),
        tool("list_orders", ({"customer_id": "cu_1"}, {"orders": orders})),
        tool("get_order", *(({"order_id": o["order_id"]}, o | {"items": 2}) for o in orders)),
        tool("cancel_order", ({"order_id": "FH-88341"}, {"status": "cancelled"})),
    )
    test = planned(model, "done")[0]
    demanded = [call.input for call in test.calls if call.tool == "get_order" and not call.optional]
    assert demanded == [{"order_id": "FH-88341"}]


def test_a_message_that_is_left_with_people_is_no_look_up_that_a_deed_waits_for() -> None:
    message = tool("office_callback", ({"topic": "billing"}, {"status": "left"}), free=("details",))
    schema = {**(message.parameters or {}), "required": ["topic", "details"]}
    model = agent(
        "You answer for a shop.\nAsk for the phone number and call find_customer.\n"
        "# Orders\n- Call order_bin. Anything later is a message by office_callback.\n",
        tool("find_customer", ({"phone": "2075550134"}, {"customer_id": "cu_1", "name": "Ada Rowe"})),
        tool("order_bin", ({"customer_id": "cu_1"}, {"status": "ordered"})),
        replace(message, parameters=schema),
    )
    assert planned(model, "done", "order_bin")


def test_a_day_after_the_last_one_of_a_record_is_not_asked_for() -> None:
    def days(until: str) -> int:
        boat = {"member_id": "me_1", "name": "Ada Rowe", "insured_until": until}
        model = agent(
            "You answer for a yard.\nAsk for the phone number and call find_member.\n"
            "# Lifts\n- Ask for the day. After a yes call book_lift.\n",
            tool("find_member", ({"phone": "2075550134"}, boat)),
            tool("book_lift", ({"member_id": "me_1", "date": "2027-06-23"}, {"status": "booked"})),
        )
        return len(planned(model, "done"))

    assert (days("2027-06-24"), days("2027-06-20")) == (1, 0)


def test_a_free_text_that_no_example_has_is_the_callers_own_though_an_answer_has_the_same() -> None:
    booked = {"booking_id": "BK-1", "items": "wardrobe"}
    model = agent(
        "You answer for a council.\nAsk for the phone number and call find_member.\n"
        "# Collections\n- Ask what the items are and for the day. After a yes call book_collection.\n",
        tool("find_member", ({"phone": "2075550134"}, ADA | {"bookings": [booked]})),
        tool(
            "book_collection",
            ({"member_id": "me_1", "date": "2027-03-15"}, {"status": "booked"}),
            free=["items"],
        ),
    )
    assert any("{{test_profile.items}}" in step.action for step in planned(model, "done")[0].steps)


def test_a_look_up_that_a_prompt_without_headings_orders_is_made_for_its_only_deed() -> None:
    model = agent(
        "You answer for a bike shop.\n"
        "When the caller wants to book a repair, ask for the phone number and the day.\n"
        "Look for free times with find_slots before you offer a time.\n"
        "Ask for a yes before you call book_repair.\n",
        tool("find_slots", ({"date": "2027-04-06"}, {"slots": ["9:30 AM", "2:00 PM"]})),
        tool(
            "book_repair",
            ({"phone": "5185550141", "date": "2027-04-06", "time": "9:30 AM"}, {"status": "booked"}),
        ),
    )
    assert [(call.tool, call.optional) for call in planned(model, "done")[0].calls] == [
        ("find_slots", False),
        ("book_repair", False),
    ]


SLOTS = tool(
    "find_slots", ({"zip": "85004"}, {"slots": [{"slot_id": "slot_67", "start": "2027-03-04T08:30"}]})
)
JOB = tool(
    "find_job",
    ({"phone": "6025550148"}, {"job_id": "job_16", "last_name": "Hensley"}),
    ({"phone": "6025550185"}, {"found": False, "message": "No job was found."}),
)
TAKE = tool("book_job", ({"slot_id": "slot_67", "last_name": "Hensley"}, {"status": "booked"}))
UPDATE = tool("move_job", ({"job_id": "job_16", "slot_id": "slot_67"}, {"status": "moved"}))


def test_look_ups_come_in_the_order_of_the_deeds_own_playbook() -> None:
    prompt = (
        "You answer for a shop.\n# New damage\n- Ask for the ZIP code, call find_slots, then book_job.\n"
        "# Existing job\n- Ask for the phone number and use find_job.\n"
        "- To move it, find a new slot with find_slots, then move_job.\n"
    )
    model = agent(prompt, SLOTS, JOB, TAKE, UPDATE)
    [done] = [test for test in planned(model, "done", "move_job") if not test.variation_of]
    assert [call.tool for call in done.calls] == ["find_job", "find_slots", "move_job"]
    [unknown] = planned(model, "no_record", "move_job")
    assert [call.tool for call in unknown.calls if not call.optional] == ["find_job"]


def test_who_asks_for_less_on_the_way_to_a_deed_goes_the_way_of_its_playbook() -> None:
    cars = tool("find_car", ({"year": 2019}, {"car_id": "car_86"}))
    taken = {"slot_id": "slot_67", "car_id": "car_86", "last_name": "Hensley"}
    book = tool("book_job", (taken, {"status": "booked"}))
    prompt = (
        "You answer for a shop.\n# Booking\n- Ask for the year and call find_car.\n"
        "- Ask for the ZIP code and call find_slots.\n- Ask for the last name, then book_job.\n"
        "# Rules\n- No discounts.\n"
    )
    [test, *_] = planned(agent(prompt, SLOTS, cars, book), "ban")
    assert [call.tool for call in test.calls] == ["find_car", "find_slots"]


def test_a_day_that_two_look_ups_are_asked_with_is_not_changed_for_one_of_them() -> None:
    estimate = tool("get_estimate", ({"move_date": "2026-05-12"}, {"estimate_id": "E-1", "total": 400}))
    search = tool(
        "search_dates",
        ({"move_date": "2026-05-12"}, {"windows": [{"window_id": "W-1", "time": "10:00"}]}),
        ({"move_date": "2026-05-13"}, {"windows": []}),
    )
    book = tool("book_move", ({"estimate_id": "E-1", "window_id": "W-1"}, {"status": "booked"}))
    model = agent("You book moves. Callers book a move.", estimate, search, book)
    assert planned(model, "done") and not planned(model, "alternative")


@pytest.mark.parametrize("number", ["booking number", "booking reference"])
def test_a_number_named_after_a_deed_is_no_order_for_that_deed(number: str) -> None:
    prompt = (
        "You book moves.\n# New moves\nAsk for the date and call book_move.\n"
        f"# Existing moves\nAsk for the {number} and call get_booking.\n"
    )
    found = tool(
        "get_booking", ({"booking_number": "TR-48213"}, {"status": "confirmed", "date": "2026-05-12"})
    )
    book = tool("book_move", ({"date": "2026-05-14"}, {"status": "booked"}))
    assert planned(agent(prompt, found, book), "done", "book_move")


@pytest.mark.parametrize(
    ("order", "made"), [("Look up the booking as in the part above.", True), ("Look up the weather.", False)]
)
def test_a_look_up_without_a_name_is_that_of_the_one_tool_for_its_thing(order: str, made: bool) -> None:
    model = agent(
        f"You answer for movers.\n# Existing moves\n- Ask for the number.\n# Claims\n- {order}\n"
        "- Ask what was damaged.\n- Then call open_claim.\n",
        tool("get_booking", ({"booking_number": "TR-48213"}, {"status": "done", "date": "2026-05-12"})),
        tool("open_claim", ({"booking_number": "TR-48213"}, {"status": "opened"})),
    )
    (look_up,) = [call for call in planned(model, "done")[0].calls if call.tool == "get_booking"]
    assert look_up.optional is not made
