"""What one body costs stays in proportion to its size, and what is said of it stays short."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.contract.agent_tools import MAX_MOCK_CALLS, MAX_MOCK_CALLS_TOGETHER, MAX_TOOLS
from evalgen.contract.agents import AgentCreate
from evalgen.contract.generate import GenerateRequest
from evalgen.contract.json_values import MAX_DEPTH, BadJsonError, load_json
from evalgen.contract.requests import RequestModel, read_request
from evalgen.errors import MAX_PROBLEMS, InvalidRequest

MEGABYTE = 1024 * 1024


def refused(model: type[RequestModel], fields: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(InvalidRequest) as error:
        read_request(model, {"headers": {}, "body": json.dumps(fields)}, limit=6 * MEGABYTE)
    return error.value.body


def test_reading_json_takes_no_memory_for_the_places_of_its_values() -> None:
    body = json.dumps({"k" * 20_000: [0] * 10_000})
    tracemalloc.start()
    try:
        load_json(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30 * len(body)


@pytest.mark.parametrize("place", ["value", "key"])
def test_a_place_with_a_long_name_is_shown_by_its_end(place: str) -> None:
    broken = {"x": "\ud800"} if place == "value" else {"\ud800": 1}
    with pytest.raises(BadJsonError) as error:
        load_json(json.dumps({"k" * 100_000: {"inner": [1, broken]}}))
    assert len(str(error.value)) < 300
    assert ("inner[1].x holds" if place == "value" else "inner[1] holds") in str(error.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )
)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert load_json(json.dumps(value)) == value


@pytest.mark.parametrize("inner", ["1", "[]", "{}", '{"a": 1}'])
def test_the_deepest_level_may_hold_values_and_none_lies_below_it(inner: str) -> None:
    extra = 1 if inner == '{"a": 1}' else 0
    most = MAX_DEPTH - extra
    assert load_json("[" * most + inner + "]" * most)
    with pytest.raises(BadJsonError, match=f"{MAX_DEPTH} levels"):
        load_json("[" * (most + 1) + inner + "]" * (most + 1))


@pytest.mark.parametrize(
    ("model", "fields", "says"),
    [
        (GenerateRequest, {"tags": [" "] * 10_000}, "Must have at most 32 items; got 10000."),
        (GenerateRequest, {"tool_ids": [1] * 10_000}, "Must have at most 32 items; got 10000."),
        (GenerateRequest, {"personalities": [None] * 10_000}, "Must have at most 100 items; got 10000."),
        (AgentCreate, {"mock_tools": [1] * 10_000}, f"Must have at most {MAX_TOOLS} items; got 10000."),
        (
            AgentCreate,
            {"mock_tools": [{"name": "a", "mock_data": [1] * 5000}]},
            f"[0].mock_data: Must have at most {MAX_MOCK_CALLS} items; got 5000.",
        ),
        (
            AgentCreate,
            {"mock_tools": [{"name": "a", "mock_data": [1] * 1000}] * 11},
            f"Must have at most {MAX_MOCK_CALLS_TOGETHER} mock_data together; got 11000.",
        ),
    ],
)
def test_the_items_of_a_list_that_is_too_long_are_not_looked_at(
    model: type[RequestModel], fields: dict[str, Any], says: str
) -> None:
    (name,) = fields
    assert refused(model, fields)[name] == [says]


def test_of_many_problems_of_a_field_the_first_twenty_are_told_and_the_others_counted() -> None:
    texts = refused(GenerateRequest, {"tags": [str(n) if n % 2 else " " for n in range(32)]})["tags"]
    assert texts == [f"[{n}]: Must not be blank." for n in range(0, 32, 2)]
    texts = refused(GenerateRequest, {"personalities": ["a"] * 50})["personalities"]
    assert len(texts) == MAX_PROBLEMS + 1
    assert texts[0] == '[0]: Must be an integer; got "a".'
    assert texts[-1] == f"And {50 - MAX_PROBLEMS} more."


def test_an_answer_stays_short_whatever_is_wrong_with_an_agent() -> None:
    tools = [{"name": f"t{n}", "mock_data": [1] * MAX_MOCK_CALLS} for n in range(5)]
    body = refused(AgentCreate, {"mock_tools": tools, "dynamic_variables": [{}] * 200})
    assert all(len(texts) <= MAX_PROBLEMS + 1 for texts in body.values())
    assert body["mock_tools"][-1] == f"And {5 * MAX_MOCK_CALLS - MAX_PROBLEMS} more."
