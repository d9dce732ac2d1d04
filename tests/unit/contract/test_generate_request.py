"""Every field of generate-bg: what it takes, and what is said of what it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.contract.generate import GenerateRequest
from evalgen.contract.requests import read_request
from evalgen.errors import InvalidRequest

FORM = "application/x-www-form-urlencoded"
LEAK = {"scenario_type": "red_teaming_voice", "attack_type": "data_leak"}

TYPES = "workflow, red_teaming_voice, red_teaming_text, knowledge_base"
NULL = "Must not be null; leave the field out instead."


def read(fields: dict[str, Any]) -> GenerateRequest:
    body = {"num_scenarios": 5, **fields}
    return read_request(GenerateRequest, {"headers": {}, "body": json.dumps(body)})


def read_form(text: str) -> GenerateRequest:
    return read_request(GenerateRequest, {"headers": {"Content-Type": FORM}, "body": text})


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("num_scenarios", 500, "Must be between 1 and 100; got 500."),
        ("num_scenarios", 0, "Must be between 1 and 100; got 0."),
        ("num_scenarios", True, "Must be an integer; got true."),
        ("num_scenarios", 1.0, "Must be an integer; got 1.0."),
        ("num_scenarios", "5", 'Must be an integer; got "5".'),
        ("num_scenarios", None, "Must be an integer; got null."),
        ("agent_id", 1.5, "Must be an integer; got 1.5."),
        ("agent_id", False, "Must be an integer; got false."),
        ("agent_id", None, NULL),
        ("assistant_id", 7, "Must be a string; got 7."),
        ("assistant_id", " ", "Must not be blank."),
        ("assistant_id", "x" * 256, "Must have at most 255 characters; got 256."),
        ("assistant_id", None, NULL),
        ("personalities", "a", 'Must be a list; got "a".'),
        ("personalities", 3, "Must be a list; got 3."),
        ("personalities", None, "Must be a list; got null."),
        ("personalities", [1, True], "[1]: Must be an integer; got true."),
        ("personalities", [1] * 101, "Must have at most 100 items; got 101."),
        ("test_profile", "1", 'Must be an integer; got "1".'),
        ("test_profile", None, NULL),
        ("scenario_type", None, f"Must be one of {TYPES}; got null."),
        ("scenario_type", "x", f'Must be one of {TYPES}; got "x".'),
        ("attack_type", 1, ("Must be one of system_prompt_leak, data_leak, harmful_content, biased_output, "
                           "unauthorized_actions, off_task; got 1.")),
        ("attack_type", "data_leak", ("Only with red_teaming_voice or red_teaming_text, not with workflow; "
                                      'got "data_leak".')),
        ("expected_outcome", 1, "Must be a string; got 1."),
        ("expected_outcome", "x" * 20_001, "Must have at most 20000 characters; got 20001."),
        ("knowledge_base", {"a": 1}, "Must be a list; got an object."),
        ("knowledge_base", ["x"], '[0]: Must be an integer; got "x".'),
        ("extra_instructions", None, "Must be a string; got null."),
        ("extra_instructions", ["x"], "Must be a string; got a list."),
        ("extra_instructions", "x" * 20_001, "Must have at most 20000 characters; got 20001."),
        ("inbound_phone_number", "x", 'Must be an integer; got "x".'),
        ("first_message", "x" * 1001, "Must have at most 1000 characters; got 1001."),
        ("first_message", None, "Must be a string; got null."),
        ("generate_expected_outcomes", 1, "Must be true or false; got 1."),
        ("generate_expected_outcomes", "true", 'Must be true or false; got "true".'),
        ("tags", "a", 'Must be a list; got "a".'),
        ("tags", ["a", 1], "[1]: Must be a string; got 1."),
        ("tags", ["x" * 65], "[0]: Must have at most 64 characters; got 65."),
        ("tags", [""], "[0]: Must not be blank."),
        ("tags", [str(n) for n in range(33)], "Must have at most 32 items; got 33."),
        ("tool_ids", ["TOOL_X"], ("Must be among TOOL_DTMF, TOOL_RECEIVE_DTMF, TOOL_END_CALL, "
                                 "TOOL_END_CALL_ONLY_ON_TRANSFER, TOOL_CALL_HOLD, TOOL_SEND_SMS; "
                                 'got "TOOL_X".')),
        ("tool_ids", ["TOOL_DTMF", "TOOL_RECEIVE_DTMF"],
         "TOOL_DTMF and TOOL_RECEIVE_DTMF exclude each other; send one of them."),
        ("folder_path", 4, "Must be a string; got 4."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_is_allowed(field: str, value: object, text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read({field: value})
    assert refused.value.body == {field: [text]}


@pytest.mark.parametrize(
    "fields",
    [
        {"num_scenarios": 1},
        {"num_scenarios": 100},
        {"attack_type": ""},
        {"attack_type": None},
        LEAK,
        {**LEAK, "scenario_type": "red_teaming_text"},
        {"scenario_type": "knowledge_base"},
        {"expected_outcome": None},
        {"expected_outcome": "x" * 20_000},
        {"extra_instructions": "x" * 20_000},
        {"first_message": "x" * 1000},
        {"inbound_phone_number": None},
        {"folder_path": None},
        {"tags": ["x" * 64] + [str(n) for n in range(31)]},
        {"tool_ids": ["TOOL_DTMF", "TOOL_END_CALL", "TOOL_END_CALL_ONLY_ON_TRANSFER"]},
        {"agent_id": 1, "a field that nobody knows": {"x": None}},
    ],
)
def test_what_the_contract_allows_is_accepted(fields: dict[str, Any]) -> None:
    request = read(fields).model_dump()
    known = {name: value for name, value in fields.items() if name in request and value != ""}
    assert known.items() <= request.items()


@pytest.mark.parametrize("scenario_type", ["red_teaming_voice", "red_teaming_text"])
@pytest.mark.parametrize("attack", [{}, {"attack_type": None}, {"attack_type": ""}])
def test_red_teaming_needs_an_attack_type(scenario_type: str, attack: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read({"scenario_type": scenario_type, **attack})
    assert "Required with" in str(refused.value.fields["attack_type"])


def test_all_wrong_fields_come_in_one_answer() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read({"num_scenarios": 0, "tags": "a", "scenario_type": "red_teaming_text", "agent_id": "x"})
    assert set(refused.value.fields) == {"num_scenarios", "tags", "attack_type", "agent_id"}


def test_repeated_tags_and_tools_count_once() -> None:
    request = read({"tags": ["b", "a", "b"], "tool_ids": ["TOOL_DTMF", "TOOL_DTMF"]})
    assert (request.tags, request.tool_ids) == (["b", "a"], ["TOOL_DTMF"])


def test_a_form_means_the_same_as_json() -> None:
    form = read_form(
        "num_scenarios=5&agent_id=7&personalities=2&personalities=1&tags[1]=b&tags[0]=a&knowledge_base[]=4"
        "&generate_expected_outcomes=true&scenario_type=red_teaming_voice&attack_type=data_leak"
        "&inbound_phone_number=9&first_message=Hi+there&folder_path=a.b&unknown=1"
    )
    assert form == read(
        {
            **LEAK,
            "agent_id": 7,
            "personalities": [2, 1],
            "tags": ["a", "b"],
            "knowledge_base": [4],
            "generate_expected_outcomes": True,
            "inbound_phone_number": 9,
            "first_message": "Hi there",
            "folder_path": "a.b",
        }
    )


def test_an_empty_form_field_is_an_absent_one() -> None:
    empty = "&".join(f"{name}=" for name in GenerateRequest.model_fields if name != "num_scenarios")
    assert read_form(f"num_scenarios=5&{empty}") == read({})


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("num_scenarios=", "num_scenarios"),
        ("num_scenarios=x", "num_scenarios"),
        ("num_scenarios=1.5", "num_scenarios"),
        ("num_scenarios=" + "9" * 5000, "num_scenarios"),
        ("num_scenarios=1&generate_expected_outcomes=maybe", "generate_expected_outcomes"),
        ("num_scenarios=1&personalities=a", "personalities"),
    ],
)
def test_form_text_that_is_no_such_value_is_named(form: str, field: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_form(form)
    assert list(refused.value.body) == [field]


TEXT = st.text(alphabet="a1é 😀{}\0\n", max_size=12)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(GenerateRequest.model_fields)), JSON_VALUES))
def test_any_values_are_accepted_or_refused_by_field(fields: dict[str, Any]) -> None:
    problems: dict[str, list[str]] = {}
    try:
        read(fields)
    except InvalidRequest as refused:
        problems = refused.fields
    assert set(problems) <= set(GenerateRequest.model_fields)
    assert all(text and "Input should" not in text for texts in problems.values() for text in texts)
