"""Invented answers carry the flow: over all agents, and where an id comes from in small ones."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import AgentModel, read_agent
from evalgen.generation.schemas import validator_of
from evalgen.generation.values import key_of, leaves, same
from tests.unit.generation.read.invented_agents import NAMES, agent, calls, invented, stripped, tool

TEXT = {"type": "string"}
PLACEHOLDERS = {"basic", "string", "text", "value", "example", "test", "foo", "placeholder", "n/a", "unknown"}


@cache
def model_of(name: str) -> AgentModel:
    return read_agent(stripped(name))


@cache
def planned_for(name: str) -> tuple[Test, ...]:
    return tuple(ordered(model_of(name), "seed"))


@pytest.mark.parametrize("name", NAMES)
def test_every_input_has_its_schema(name: str) -> None:
    for one in invented(stripped(name)).definition.tools:
        problem = validator_of(one.parameters or {})
        assert [problem(call.input) for call in one.mock_data if problem(call.input)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_value_is_its_key_its_description_or_a_placeholder(name: str) -> None:
    for one in invented(stripped(name)).definition.tools:
        rules = (one.parameters or {}).get("properties", {})
        for call in one.mock_data:
            for path, value in leaves(call.input):
                key, text = key_of(path), str(value).casefold()
                about = str(rules.get(str(path[0]), {}).get("description", "")).casefold()
                assert text not in {key.casefold(), about, key.replace("_", " ").casefold(), *PLACEHOLDERS}


@pytest.mark.parametrize("name", NAMES)
def test_every_deed_that_is_invented_says_that_it_is_done(name: str) -> None:
    model = model_of(name)
    deeds = [model.tools[made] for made in model.invented if model.tools[made].role == "write"]
    assert [deed.tool.name for deed in deeds if set(deed.calls) != {"success"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_id_of_a_call_stands_in_an_earlier_answer_or_is_the_callers(name: str) -> None:
    for test in planned_for(name):
        known = {same(v) for v in (*test.profile.values(), *test.variables.values())}
        for call in test.calls:
            for path, value in leaves(call.input):
                if key_of(path).lower().endswith("id"):
                    assert same(value) in known, (test.aim, call.tool, key_of(path))
            known |= {same(value) for _, value in leaves(call.output)}


@pytest.mark.parametrize("name", NAMES)
def test_the_happy_path_of_some_task_is_planned(name: str) -> None:
    assert any(test.key.startswith("done:") for test in planned_for(name))


@pytest.mark.parametrize("name", NAMES)
def test_generating_from_what_was_invented_gives_the_same(name: str) -> None:
    again = read_agent(model_of(name).definition)
    assert again.definition == model_of(name).definition
    assert tuple(ordered(again, "seed")) == planned_for(name)


def test_ids_come_out_of_the_tool_that_descriptions_name() -> None:
    made = invented(
        agent(
            "To cancel, call get_booking, then cancel_booking with the bookingId that get_booking returned.",
            tool("get_booking", about="Find the booking. Returns bookingId and revision.", phone=TEXT),
            tool(
                "cancel_booking",
                bookingId={**TEXT, "description": "bookingId from get_booking."},
                revision={**TEXT, "description": "Revision number from get_booking."},
            ),
        )
    )
    found, cancelled = calls(made, "get_booking"), calls(made, "cancel_booking")
    for record, call in zip(found, cancelled, strict=False):
        assert call.input == {key: record.output[key] for key in ("bookingId", "revision")}


def test_a_look_up_finds_three_callers_and_not_the_fourth_and_fails_once() -> None:
    made = calls(invented(agent("You help patients.", tool("find_patient", phone=TEXT))), "find_patient")
    assert len({call.input["phone"] for call in made}) == 5
    assert made[3].output["found"] is False
    assert "error" in made[4].output


def test_what_is_booked_was_offered() -> None:
    made = invented(
        agent(
            "You book visits.",
            tool("get_slots", about="Free slots of a day.", day={**TEXT, "description": "YYYY-MM-DD"}),
            tool(
                "book_visit",
                scheduleId={**TEXT, "description": "scheduleId of the slot from get_slots."},
                start={**TEXT, "description": "Start of the slot."},
                end={**TEXT, "description": "End of the slot."},
            ),
        )
    )
    offered = [slot for call in calls(made, "get_slots") for slot in call.output.get("slots", ())]
    assert all(call.input in offered for call in calls(made, "book_visit"))
    assert {"slots": [], "day": calls(made, "get_slots")[3].input["day"]} == calls(made, "get_slots")[
        3
    ].output


def test_an_id_that_nothing_gives_is_named() -> None:
    made = invented(agent("You help.", tool("reset_device", deviceId=TEXT)))
    assert made.warnings == (
        (
            "reset_device: no valid call can be made, so that it is left out: "
            "deviceId: nothing gives this id to the agent or the caller"
        ),
    )


def test_tools_with_mock_data_stay_and_give_their_ids_to_the_others() -> None:
    own = (MockCall({"phone": "2025550101"}, {"customer_id": "c_77", "name": "Ana Prieto"}),)
    made = invented(
        agent(
            "You help customers.",
            tool("find_customer", mocks=own, phone=TEXT),
            tool("block_card", customer_id={**TEXT, "description": "From find_customer."}),
        )
    )
    assert calls(made, "find_customer") == own
    assert [call.input for call in calls(made, "block_card")] == [{"customer_id": "c_77"}]
    assert made.made == ("block_card",)


def test_a_deed_is_done_only_to_records_in_a_state_that_the_prompt_allows() -> None:
    prompt = (
        "When the status is delivery_attempted you offer a redelivery. "
        "When the status is in_transit you give the expected date."
    )
    number: dict[str, Any] = {**TEXT, "pattern": "^SL[0-9]{9}$"}
    made = invented(
        agent(
            prompt,
            tool("trackParcel", about="Look up a parcel: status.", trackingNumber=number),
            tool("scheduleRedelivery", trackingNumber=number),
        )
    )
    states = {c.input["trackingNumber"]: c.output.get("status") for c in calls(made, "trackParcel")}
    asked = [call.input["trackingNumber"] for call in calls(made, "scheduleRedelivery")]
    assert asked
    assert {states[number] for number in asked} == {"delivery_attempted"}


def test_a_record_has_what_the_tool_that_makes_it_takes() -> None:
    made = invented(
        agent(
            "You take bookings for a garage. Booking references start with KA and have five digits.",
            tool(
                "create_booking",
                customer_name=TEXT,
                vehicle=TEXT,
                service={**TEXT, "enum": ["oil_change", "brake_check"]},
                start_time={**TEXT, "description": "ISO 8601 date and time"},
            ),
            tool("find_booking", about="Look up a booking by its reference.", booking_reference=TEXT),
        )
    )
    record = calls(made, "find_booking")[0]
    assert set(record.output) == {"customer_name", "vehicle", "service", "start_time", "status"}
    assert re.fullmatch(r"KA\d{5}", record.input["booking_reference"])


def test_an_answer_has_the_fields_that_its_description_names_and_no_others() -> None:
    made = invented(
        agent(
            "You look after the accounts of a broadband company.",
            tool(
                "getSlots",
                about="Engineer slots of an account: slotId, date, window (AM or PM).",
                accountNumber=TEXT,
            ),
            tool("checkOutage", about="Returns outage true or false and expectedFix.", postcode=TEXT),
            tool("bookEngineer", slotId={**TEXT, "description": "slotId from getSlots"}),
        )
    )
    slots = calls(made, "getSlots")[0].output["slots"]
    assert [set(slot) for slot in slots] == [{"slotId", "date", "window"}] * len(slots)
    assert {slot["window"] for slot in slots} == {"AM", "PM"}
    assert calls(made, "checkOutage")[0].output == {"outage": False}


def test_money_moves_between_two_accounts_of_one_list() -> None:
    made = invented(
        agent(
            "You move money between the accounts of a member.",
            tool(
                "get_accounts",
                about="Returns accounts with account_id, type and balance.",
                member_number=TEXT,
            ),
            tool("transfer_funds", from_account_id=TEXT, to_account_id=TEXT, amount={"type": "number"}),
        )
    )
    held = [one["account_id"] for one in calls(made, "get_accounts")[0].output["accounts"]]
    given = calls(made, "transfer_funds")[0].input
    assert {given["from_account_id"], given["to_account_id"]} == set(held)


def test_openings_are_at_the_time_of_day_that_was_asked_for() -> None:
    made = invented(
        agent(
            "Ask whether they prefer mornings or afternoons and call get_slots.",
            tool(
                "get_slots",
                ["service"],
                "Free slots: slot_id and start_time.",
                service={**TEXT, "enum": ["check-up"]},
                part_of_day={**TEXT, "enum": ["morning", "afternoon"]},
            ),
            tool("book_visit", slot_id={**TEXT, "description": "from get_slots"}),
        )
    )
    for call in calls(made, "get_slots")[:2]:
        hours = {int(slot["start_time"][11:13]) for slot in call.output["slots"]}
        assert all(hour < 12 for hour in hours) == (call.input["part_of_day"] == "morning")


def test_a_number_is_given_only_where_something_says_that_there_is_one() -> None:
    silent = invented(agent("You cancel visits.", tool("cancel_visit", booking_number=TEXT)))
    told = invented(
        agent(
            "Call cancel_visit and give the cancellation number.", tool("cancel_visit", booking_number=TEXT)
        )
    )
    assert set(calls(silent, "cancel_visit")[0].output) == {"status"}
    assert set(calls(told, "cancel_visit")[0].output) == {"status", "cancellation_number"}
