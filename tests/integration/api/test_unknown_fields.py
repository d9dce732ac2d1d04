"""What is sent and not followed is told, in the answer or beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.api.client import AGENTS, GENERATE, V1, Api
from tests.integration.api.test_scenarios import SCENARIOS, draft, generated

IGNORED = "This request has no such field; it was ignored."


def test_a_field_of_a_body_stands_in_the_answer(api: Api) -> None:
    tools = [{"name": "find", "description": "Finds."}]
    made = api.call("POST", AGENTS, {"description": "You answer.", "tools": tools})
    assert (made.status, made.json["mock_tools"]) == (201, [])
    assert made.json["warnings"] == [f"tools: {IGNORED} Is mock_tools meant?"]
    known = api.call("POST", AGENTS, {"description": "You answer.", "mock_tools": tools}).json
    assert "warnings" not in known


def test_a_field_of_a_form_stands_in_the_answer(api: Api) -> None:
    body = b"name=A&agnet=3&information[x]=1"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    made = api.call("POST", f"{V1}/test-profiles", body, headers=headers).json
    assert made["warnings"][0] == f"agnet: {IGNORED} Is agent meant?"


@pytest.mark.parametrize(
    ("path", "query", "told"),
    [
        ("/export_scenarios", {"format": "json"}, f"format: {IGNORED} Is export_type meant?"),
        ("/tags", {"limit": "3"}, f"limit: {IGNORED}"),
    ],
)
def test_a_parameter_stands_in_a_header_where_the_answer_is_no_object(
    api: Api, path: str, query: dict[str, str], told: str
) -> None:
    (one,) = generated(api, draft("Told"))
    ids = {"scenario_ids": str(one)} if "export" in path else {}
    answer = api.call("GET", SCENARIOS + path, query={**ids, **query})
    assert answer.status == 200
    assert json.loads(answer.headers["X-Evalgen-Warnings"]) == [told]


def test_a_parameter_of_a_page_or_a_thing_stands_in_the_answer(api: Api) -> None:
    assert api.call("GET", SCENARIOS, query={"limit": "3"}).json["warnings"] == [
        f"limit: {IGNORED} Is page_size meant?"
    ]
    (one,) = generated(api, draft("Told"))
    assert api.call("GET", f"{SCENARIOS}/{one}", query={"q": "x"}).json["warnings"] == [f"q: {IGNORED}"]


def test_generation_tells_it_too(api: Api) -> None:
    body: dict[str, Any] = {"agent_id": api.agent()["id"], "num_scenarios": 1, "count": 3, "é\n": 1}
    started = api.call("POST", GENERATE, body).json
    assert started["warnings"] == [
        f"count: {IGNORED} Is num_scenarios meant?",
        f"é\\n: {IGNORED}",
    ]


def test_what_is_strange_about_tools_is_told_by_its_place(api: Api) -> None:
    calls = [{"input": {"a": 1, "b": 2}, "output": 1}, {"input": {"b": 2, "a": 1}, "output": 2}]
    schema = {
        "type": "OBJECT",
        "properties": {"day": {"type": ["strng", "null"]}, "note": "free text", "any": True},
    }
    tools = [
        {"name": "plain", "inputSchema": {"type": "object"}, "mock_data": calls[:1] * 2},
        {"name": "odd", "parameters": schema, "outputSchema": {}, "mock_data": calls},
    ]
    body = {"description": "You answer.", "mock_tools": tools, "provider": {"agent_name": "x"}}
    types = "(string, number, integer, boolean, object, array, null)"
    assert api.call("POST", AGENTS, body).json["warnings"] == [
        f"provider.agent_name: {IGNORED}",
        f"mock_tools[1].outputSchema: {IGNORED}",
        f'mock_tools[1].parameters.type: "OBJECT" is none of JSON schema\'s types {types}.',
        'mock_tools[1].parameters.properties.note: "free text" is no schema.',
        f'mock_tools[1].parameters.properties.day.type: "strng" is none of JSON schema\'s types {types}.',
        "mock_tools[1].mock_data[0].input.a: odd has no parameter a; there are day, note, any.",
        "mock_tools[1].mock_data[0].input.b: odd has no parameter b; there are day, note, any.",
        "mock_tools[1].mock_data[1]: Has the input of [0] and another output.",
    ]
