"""A tool's name, schema and examples say what it does, about what, and how it can answer."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Tool
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.tools import ToolModel, model_tool, outcome_of
from tests.agents_on_disk import FOLDERS, definition_of

ENGLISH = lexicon_of("en")


def tool_of(name: str, *inputs: str, **properties: Any) -> ToolModel:
    shapes = {**{key: {"type": "string"} for key in inputs}, **properties}
    return model_tool(Tool(1, name, "", {"type": "object", "properties": shapes}), ENGLISH)


@pytest.mark.parametrize(
    ("name", "inputs", "verb", "noun", "effect"),
    [
        ("book_appointment", ["patient_id"], "book", "appointment", "write"),
        ("cancel-reservation", ["reservation_id"], "cancel", "reservation", "write"),
        ("createTicket", ["summary"], "create", "ticket", "write"),
        ("update_user_address", ["user_id"], "update", "user address", "write"),
        ("getOrderStatus", ["orderId"], "get", "order status", "read"),
        ("check_availability", ["date"], "check", "availability", "read"),
        ("look_up_order", ["order_number"], "lookup", "order", "read"),
        ("find_customer", ["phone"], "find", "customer", "identify"),
        ("lookup_patient_by_phone", ["phone_number"], "lookup", "patient", "identify"),
        ("patient_search", ["last_name", "dob"], "search", "patient", "identify"),
        ("verify_identity", ["name", "birth_date"], "verify", "identity", "identify"),
        ("find_customer", [], "find", "customer", "read"),
        ("transfer_call", ["department"], "transfer", "call", "hidden"),
        ("EscalateToHuman", ["reason"], "escalate", "human", "hidden"),
        ("end_call", [], "end", "call", "hidden"),
        ("get_order_v2", ["id"], "get", "order", "read"),
        ("bookVisitV3", [], "book", "visit", "write"),
    ],
)  # fmt: skip
def test_verb_noun_and_effect_come_from_the_name_and_the_inputs(
    name: str, inputs: list[str], verb: str, noun: str, effect: str
) -> None:
    tool = tool_of(name, *inputs)
    assert (tool.verb, tool.noun, tool.effect) == (verb, noun, effect)


@pytest.mark.parametrize(
    ("name", "noun", "kind"),
    [
        ("dob", "date of birth", "birth_date"),
        ("phone", "phone number", "phone"),
        ("callerPhoneNumber", "caller phone number", "phone"),
        ("order_id", "order number", "id"),
        ("email", "email address", "email"),
        ("last_name", "last name", "name"),
        ("start_datetime", "start datetime", "datetime"),
        ("visit_date", "visit date", "date"),
        ("arrival_time", "arrival time", "time"),
        ("reason", "reason", "text"),
    ],
)
def test_an_input_is_called_as_a_caller_would_and_has_a_kind(name: str, noun: str, kind: str) -> None:
    (parameter,) = tool_of("book_visit", name).parameters
    assert (parameter.noun, parameter.kind) == (noun, kind)


def test_required_choices_and_free_text_are_those_of_the_definition() -> None:
    schema = {"properties": {"a": {"enum": ["x", "y"]}, "b": {"type": "string"}}, "required": ["a"]}
    first, second = model_tool(Tool(1, "book_visit", "", schema, ("b",)), ENGLISH).parameters
    assert (first.required, first.choices, first.freetext) == (True, ("x", "y"), False)
    assert (second.required, second.choices, second.freetext) == (False, (), True)


def test_inputs_that_only_examples_have_are_inputs() -> None:
    tool = model_tool(Tool(1, "book_visit", "", None, (), (MockCall({"visits": 2}, {}),)), ENGLISH)
    assert [(p.name, p.noun, p.kind) for p in tool.parameters] == [("visits", "number of visits", "number")]


@pytest.mark.parametrize(
    ("output", "outcome"),
    [
        ({"booked": True}, "success"),
        ({"error": None, "id": 1}, "success"),
        ({"error": "", "id": 1}, "success"),
        ({"status": "cancelled"}, "success"),
        ({"customer_id": "C-1", "visits": []}, "success"),
        ("done", "success"),
        (None, "success"),
        (7, "success"),
        ({"error": "slot_taken"}, "error"),
        ({"result": {"error_code": "E1"}}, "error"),
        ({"status": "failed"}, "error"),
        ({"success": False, "message": "The slot is gone."}, "error"),
        ({"found": False}, "no_match"),
        ({"match": False}, "no_match"),
        ({"message": "No customer found."}, "no_match"),
        ({"error": "customer_not_found"}, "error"),
        ("not found", "no_match"),
        ({"slots": []}, "empty"),
        ({"results": [], "total": 0}, "empty"),
        ([], "empty"),
        ({"data": {"items": []}}, "empty"),
        ({"booked": True, "errors": []},
            "success"),
        ("Error: it is down", "error"),
    ],
)  # fmt: skip
def test_an_answer_has_a_kind_of_outcome(output: Any, outcome: str) -> None:
    assert outcome_of(MockCall({}, output)) == outcome


def test_an_answer_that_only_repeats_what_was_asked_says_nothing_more_than_its_empty_list() -> None:
    output = {"postal_code": "K0H2B0", "trucks": []}
    assert outcome_of(MockCall({"postal_code": "K0H2B0"}, output)) == "empty"
    assert outcome_of(MockCall({"place": "Perth"}, output)) == "success"


@pytest.mark.parametrize("name", FOLDERS)
def test_every_example_of_a_tool_stands_under_its_outcome(name: str) -> None:
    for tool in definition_of(name).tools:
        model = model_tool(tool, ENGLISH)
        sorted_in = [call for calls in model.calls.values() for call in calls]
        assert sorted(map(repr, sorted_in)) == sorted(map(repr, tool.mock_data))
        assert all(outcome_of(call) == o for o, calls in model.calls.items() for call in calls)
        assert model.verb


@pytest.mark.parametrize("name", ["_", "-", "___", "1", "v2", "by", "get", "find_by"])
def test_a_name_of_any_shape_makes_a_tool(name: str) -> None:
    assert tool_of(name, "phone").verb


NO_SCHEMAS: dict[str, Any] = {
    "properties are a list": {"properties": [1, 2]},
    "properties are a text": {"properties": "x"},
    "a property is nothing": {"properties": {"a": None, "b": 3, "c": [], "d": True}},
    "required is a text": {"properties": {"a": {}}, "required": "a"},
    "required holds lists": {"properties": {"a": {}}, "required": [["a"]]},
    "required holds objects": {"properties": {"a": {}}, "required": [{"a": 1}]},
    "types are lists": {"properties": {"a": {"type": ["string", "null"]}}},
    "a type is no type": {"properties": {"a": {"type": "banana"}, "b": {"type": {"x": 1}}}},
    "choices are objects": {"properties": {"a": {"enum": [{"x": 1}, [2]]}}},
    "choices are nothing": {"properties": {"a": {"enum": None}}},
    "choices are a number": {"properties": {"a": {"enum": 5}}},
    "format and description are numbers": {"properties": {"a": {"format": 5, "description": 7}}},
}


@pytest.mark.parametrize("schema", NO_SCHEMAS.values(), ids=NO_SCHEMAS)
def test_what_is_no_schema_is_read_as_far_as_it_goes(schema: dict[str, Any]) -> None:
    assert model_tool(Tool(1, "book_visit", "", schema), ENGLISH).noun == "visit"
