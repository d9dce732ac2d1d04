"""Tools, schemas and examples of any shape are planned with as far as they go, in bounded time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.generation.odd import PROMPT, job_for, schema, tool

TEXT = {"type": "string"}
SCHEMAS: dict[str, Any] = {
    "none": None,
    "empty": {},
    "properties are a list": {"properties": [1, 2]},
    "properties are a text": {"properties": "x"},
    "properties are anything": {"properties": {"a": None, "b": 3, "c": [], "d": True}},
    "required is a text": {"properties": {"a": TEXT}, "required": "a"},
    "required holds lists": {"properties": {"a": TEXT}, "required": [["a"], {"a": 1}]},
    "types are lists": schema(a={"type": ["string", "null"]}, b={"type": ["integer", "null"]}),
    "types are no types": schema(a={"type": "banana"}, b={"type": {"x": 1}}),
    "choices are objects": schema(a={"enum": [{"x": 1}, {"x": 2}]}),
    "choices are lists": schema(a={"enum": [[1], [2]]}),
    "choices are a text": schema(a={"enum": "abc"}),
    "choices are nothing": schema(a={"enum": None}),
    "choices are a number": schema(a={"enum": 5}),
    "no choice": schema(a={"enum": []}),
    "pattern is no pattern": schema(a={"type": "string", "pattern": "[("}),
    "pattern is a number": schema(a={"type": "string", "pattern": 5}),
    "arrays of arrays": schema(a={"type": "array", "items": {"type": "array", "items": {"type": "array"}}}),
    "items are a list": schema(a={"type": "array", "items": [TEXT]}),
    "more items than known": schema(a={"type": "array", "items": TEXT, "minItems": 3}),
    "a reference": {**schema(a={"$ref": "#/$defs/x"}), "$defs": {"x": TEXT}},
    "a reference to itself": schema(a={"$ref": "#"}),
    "a reference to nothing": schema(a={"$ref": "#/nope"}),
    "nothing but itself": {"$ref": "#"},
    "bounds are texts": schema(a={"type": "integer", "minimum": "x", "maximum": "y"}),
    "bounds exclude all": schema(a={"type": "number", "minimum": 7, "maximum": 0.5}),
    "bounds are enormous": schema(a={"type": "integer", "minimum": 10**4000}),
    "format and description are numbers": schema(a={"type": "string", "format": 5, "description": 7}),
    "required is nothing that can be compared": {"required": [None, -1], "type": "object"},
    "a hundred inputs": schema(**{f"p{i}": TEXT for i in range(100)}),
}


@pytest.mark.parametrize("bad", SCHEMAS.values(), ids=SCHEMAS)
def test_a_tool_with_any_schema_is_planned_with(bad: Any) -> None:
    job_for(PROMPT, tool("book_visit", bad))


@pytest.mark.parametrize("bad", SCHEMAS.values(), ids=SCHEMAS)
def test_examples_that_have_nothing_to_do_with_the_schema_are_planned_with(bad: Any) -> None:
    calls = [({"a": "text", "zzz": [1, {"b": None}]}, {"visit_id": "V-1234"}), ({}, {"error": "down"})]
    job_for(PROMPT, tool("book_visit", bad, *calls), tool("cancel_visit", None, *calls))


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        pytest.param(r"^(\w+)+:$", "a" * 40),
        pytest.param(
            "^[A-Z]{1000000}$", "A"
        ),
    ],
)  # fmt: skip
def test_a_pattern_that_explodes_is_not_waited_for(pattern: str, value: str) -> None:
    shape = schema(a={"type": "string", "pattern": pattern})
    job_for(
        PROMPT,
        tool("book_visit", shape, ({"a": value}, {"ok": True})),
        tool("cancel_visit", shape),
    )


OUTPUTS: tuple[Any, ...] = (
    "text", "", None, 0, 1.5, True, [], [1, 2], [{"id": "A-1234"}], ["a"], {"": 1}, {"a": None},
    {"a": {"b": [[{"c": [[1]]}]]}}, "Error: down", {"error": "down"}, {"slots": []}, {"found": False},
    {"name": "{0} {x}", "id": "{{test_profile.z}}"}, {"date": "0000-00-00", "start": "2026-13-45T99:99:99"},
)  # fmt: skip


@pytest.mark.parametrize("output", OUTPUTS, ids=repr)
def test_a_mocked_answer_may_be_any_json(output: Any) -> None:
    find = tool("find_customer", schema(phone=TEXT), ({"phone": "+15550100100"}, output))
    book = tool("book_visit", schema(customer_id=TEXT), ({"customer_id": "A-1234"}, output))
    job_for(PROMPT, find, book)


INPUTS: tuple[dict[str, Any], ...] = (
    {},
    {"": "x"},
    {"a": {"b": [1, {"c": None}]}},
    {"d e": "y", "ñ": "z", "名前": "太郎"},
    {"{{x}}": "{y}", "a.b": "1", "a'b": "2", 'a"b': "3"},
    {"__class__": "x", "misstated_name": "Ann Lee", "test_profile": "y"},
    {"date": "2026-99-99", "start": "2026-02-30T25:61:00", "time": "99:99"},
    {"amount": 10**400, "weight": 1e308, "flag": False},
)


@pytest.mark.parametrize("given", INPUTS, ids=lambda given: ",".join(given) or "empty")
def test_a_mocked_input_may_be_any_object(given: dict[str, Any]) -> None:
    find = tool("find_customer", None, (given, {"customer_id": "C-0001", "slots": [given]}))
    book = tool("book_visit", None, ({"customer_id": "C-0001", **given}, {"ok": True}))
    job_for(PROMPT, find, book)


def test_an_example_too_large_for_a_scenario_is_in_none() -> None:
    find = tool("find_customer", None, ({"name": "x" * 50_000}, {"customer_id": "C-0001"}))
    for draft in job_for(PROMPT, find, tool("book_visit", None, ({"day": "Monday"}, {"ok": True}))).drafts:
        assert len(repr(draft)) < 45_000


def test_calls_that_answer_each_other_in_a_circle_do_not_go_round_for_ever() -> None:
    one = tool("get_one", None, ({"b_id": "BBB-1"}, {"a_id": "AAA-1"}))
    two = tool("get_two", None, ({"a_id": "AAA-1"}, {"b_id": "BBB-1"}))
    own = tool("get_own", None, ({"c_id": "CCC-1"}, {"c_id": "CCC-1", "again": "CCC-1"}))
    book = tool("book_visit", None, ({"a_id": "AAA-1", "b_id": "BBB-1", "c_id": "CCC-1"}, {"ok": True}))
    job_for(PROMPT, one, two, own, book)


def test_thousands_of_examples_of_one_record_are_read_in_bounded_time() -> None:
    find = tool(
        "find_customer",
        None,
        *(({"phone": f"+1555010{i:04d}"}, {"customer_id": "C-0001"}) for i in range(2000)),
    )
    book = tool(
        "book_visit",
        None,
        *(({"customer_id": "C-0001", "number": i}, {"ref": f"R-{i}"}) for i in range(2000)),
    )
    job_for(PROMPT, find, book)


def test_tools_of_one_name_do_not_stop_the_job() -> None:
    twice = [tool("book_visit"), tool("book_visit", schema(a=TEXT), ({"a": "1"}, {})), tool("book_visit")]
    job_for(PROMPT, *twice)


@pytest.mark.parametrize(
    "name",
    [
        "_",
        "-",
        "__init__",
        "1",
        "v2",
        "get",
        "by_for_from",
        "BOOK",
        "a" * 63,
    ],
)
def test_a_tool_may_have_any_name(name: str) -> None:
    job_for(PROMPT, tool(name, schema(a=TEXT)))
    job_for(PROMPT, tool(name, None, ({"a": "1"}, {"b": 2})))
