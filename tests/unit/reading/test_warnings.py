"""What does not fit together in a definition is named with its line or tool."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.reading.model import read_agent
from evalgen.reading.warnings import warnings_of
from tests.agents_on_disk import definition_of

CALL = MockCall({"order_id": "A-100"}, {"status": "sent"})
ORDER = Tool(1, "find_order", parameters={"type": "object", "properties": {}}, mock_data=(CALL,))
PROMPT = "Look the order up with find_order and read its status out."


def warnings(prompt: str = PROMPT, *tools: Tool, variables: tuple[Variable, ...] = ()) -> list[str]:
    definition = AgentDefinition("Desk", "en", prompt, tools or (ORDER,), variables)
    return list(warnings_of(definition, read_agent(definition)))


def test_a_definition_that_fits_together_gives_none() -> None:
    assert warnings() == []


def test_a_tool_that_is_declared_twice_is_named() -> None:
    assert warnings(PROMPT, ORDER, replace(ORDER, id=2)) == ["tool find_order: declared 2 times"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "banana"},
        {"type": "object", "properties": ["order_id"]},
        {"type": "object", "properties": {"order_id": {"pattern": "("}}},
        {"type": "object", "properties": {"order_id": {"$ref": "#/nowhere"}}},
    ],
)
def test_a_schema_that_is_no_schema_is_named(schema: dict[str, Any]) -> None:
    (warning,) = warnings(PROMPT, replace(ORDER, parameters=schema))
    assert warning.startswith("tool find_order: its parameters are no JSON schema")


def test_a_tool_that_the_prompt_does_not_name_and_one_without_examples() -> None:
    assert warnings("Read the status of the order out.") == ["tool find_order: the prompt never names it"]
    assert warnings(PROMPT, replace(ORDER, mock_data=())) == [
        "no example calls of find_order: consistent ones are made up"
    ]


def test_a_name_like_a_tools_that_is_none_is_named_with_its_line() -> None:
    prompt = f"{PROMPT}\n\nThen cancel it with `cancel_order`, and again with `cancel_order`."
    assert warnings(prompt) == ["line 3: cancel_order is no tool of this agent"]


def test_names_of_inputs_and_variables_are_no_missing_tools() -> None:
    tool = replace(ORDER, parameters={"type": "object", "properties": {"find_by": {"type": "string"}}})
    prompt = f"{PROMPT} Give find_by and use get_mood. Greet {{{{check_name}}}}."
    assert warnings(prompt, tool, variables=(Variable("get_mood"),)) == []


def test_two_answers_to_the_same_input_are_named() -> None:
    other = MockCall({"order_id": "A-100"}, {"status": "lost"})
    (warning,) = warnings(PROMPT, replace(ORDER, mock_data=(CALL, other)))
    assert warning.startswith("tool find_order: two answers to the same input")


def test_two_names_under_one_identifier_are_named_but_a_changed_status_is_not() -> None:
    prompt = f"{PROMPT} Change it with change_order."
    first = {"customer_id": "C-200", "name": "Ann Lee", "status": "sent"}
    find = replace(ORDER, mock_data=(MockCall({"order_id": "A-100"}, first),))
    change = Tool(
        2, "change_order", mock_data=(MockCall({"order_id": "A-100"}, {**first, "status": "kept"}),)
    )
    assert warnings(prompt, find, change) == []
    change = replace(change, mock_data=(MockCall({"order_id": "A-100"}, {**first, "name": "Bo Ray"}),))
    assert warnings(prompt, find, change) == [
        "tool change_order: customer_id C-200 has name 'Bo Ray', but 'Ann Lee' in find_order"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Never transfer the call to a colleague.", "You may transfer the call to a colleague."),
        ("Returns are accepted within 30 days.", "Returns are accepted within 60 days."),
    ],
)
def test_rules_that_contradict_each_other_are_named_with_both_lines(one: str, other: str) -> None:
    (warning,) = warnings(f"{PROMPT}\n\n{one}\n\n{other}")
    assert warning.startswith("line 5: contradicts line 3")


def test_a_condition_without_a_consequence_is_named() -> None:
    assert warnings(f"{PROMPT}\n\nIf the caller is angry.") == [
        "line 3: a condition, but what follows from it was not found: If the caller is angry."
    ]


def test_the_sample_agents_tools_and_records_fit_together() -> None:
    definition = definition_of("roadside")
    found = list(warnings_of(definition, read_agent(definition)))
    assert [text for text in found if not re.match(r"line \d+: a condition, but", text)] == []
