"""The tools of an agent one by one, through the real handler."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.contract.agent_answers import OneTool
from tests.integration.api.client import AGENTS, V1, Answer, Api

CALLS = [{"input": {"id": 1}, "output": {"name": "Ana"}}]


def tools(agent: int, name: str = "") -> str:
    return f"{V1}/aiagents/{agent}/tool/{name}" if name else f"{V1}/aiagents/{agent}/tools"


def made(api: Api, agent: int, **fields: Any) -> Answer:
    return api.call("POST", tools(agent), {"name": "find", **fields})


def names(api: Api, agent: int) -> list[str]:
    return [tool["name"] for tool in api.call("GET", f"{tools(agent)}/").json]


def test_a_tool_is_added_read_changed_and_taken_away(api: Api) -> None:
    agent = api.agent(description="Greet {{name}}.")["id"]
    assert names(api, agent) == []
    first = made(api, agent, description="Finds.", information=CALLS, freetext_params=["note"])
    assert first.status == 201, first.text
    assert OneTool.model_validate(first.json).model_dump() == first.json
    assert (first.json["information"], first.json["freetext_params"]) == (CALLS, ["note"])
    assert made(api, agent, name="book", parameters={"type": "object"}).json["parameters"] == {
        "type": "object"
    }
    assert names(api, agent) == ["find", "book"]
    assert api.call("GET", f"{tools(agent, 'find')}/").json == first.json

    changed = api.call("PATCH", tools(agent, "find"), {"name": "search", "description": "Searches."})
    assert changed.json == {**first.json, "name": "search", "description": "Searches."}
    assert names(api, agent) == ["search", "book"]
    whole = api.call("GET", f"{AGENTS}/{agent}").json
    assert (whole["mock_tools"][0]["mock_data"], len(whole["dynamic_variables"])) == (CALLS, 1)
    assert api.call("DELETE", tools(agent, "search")).status == 204
    assert names(api, agent) == ["book"]
    assert api.call("GET", tools(agent, "search")).status == 404
    history = api.call("GET", f"{AGENTS}/{agent}/history").json
    assert history["count"] == 5


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_tool_that_the_agent_does_not_have_is_a_404(api: Api, method: str) -> None:
    agent = api.agent()["id"]
    body = {"description": "x"} if method == "PATCH" else None
    answer = api.call(method, tools(agent, "find"), body)
    assert (answer.status, answer.json) == (404, {"detail": f"Agent {agent} has no tool find."})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "two words"}, {"name"}),
        (
            {"name": None, "information": {}, "freetext_params": "x"},
            {"name", "information", "freetext_params"},
        ),
        ({"information": [{"input": 1}]}, {"information"}),
        ({"parameters": []}, {"parameters"}),
    ],
)
def test_every_wrong_field_of_a_tool_is_named(api: Api, fields: dict[str, Any], told: set[str]) -> None:
    agent = api.agent()["id"]
    refused = made(api, agent, **fields)
    assert (refused.status, set(refused.json)) == (400, told)
    assert names(api, agent) == []


def test_no_two_tools_of_an_agent_have_one_name(api: Api) -> None:
    agent = api.agent()["id"]
    for name in ("find", "book"):
        made(api, agent, name=name)
    taken = {"name": ["This agent has a tool find already."]}
    assert (made(api, agent).status, made(api, agent).json) == (400, taken)
    assert api.call("PATCH", tools(agent, "book"), {"name": "find"}).json == taken
    assert api.call("PATCH", tools(agent, "find"), {"name": "find", "description": "x"}).status == 200
    assert names(api, agent) == ["find", "book"]


def test_an_agent_has_only_so_many_tools_and_calls(api: Api) -> None:
    listed = [{"name": f"t{number}"} for number in range(200)]
    full = api.agent(mock_tools=listed)["id"]
    assert made(api, full).json == {"non_field_errors": ["Must have at most 200 items; got 201."]}
    calls = [{"input": {"id": number}, "output": 1} for number in range(2000)]
    busy = api.agent(mock_tools=[{"name": f"t{number}", "mock_data": calls} for number in range(5)])["id"]
    refused = made(api, busy, information=CALLS)
    assert refused.json == {"non_field_errors": ["Must have at most 10000 mock_data together; got 10001."]}


def test_what_is_strange_about_a_tool_is_told(api: Api) -> None:
    agent = api.agent()["id"]
    other = [*CALLS, {"input": {"id": 1}, "output": {"name": "Bea"}}]
    told = made(api, agent, information=other, mock_data=CALLS, inputSchema={"type": "any"}).json["warnings"]
    assert [text.split(":")[0] for text in told] == ["mock_data", "parameters.type", "information[1]"]
    assert told[0].endswith("Is information meant?")


def test_a_schema_under_which_mock_calls_have_a_key_of_no_parameter_is_told_when_it_comes(api: Api) -> None:
    agent = api.agent()["id"]
    assert "warnings" not in made(api, agent, information=CALLS).json
    schema = {"type": "object", "properties": {"ids": {}, "name": {}}}
    changed = api.call("PATCH", tools(agent, "find"), {"parameters": schema}).json
    assert changed["warnings"] == ["information[0].input.id: find has no parameter id; is ids meant?"]
    whole = [{"name": "find"}]
    patched = api.call("PATCH", f"{AGENTS}/{agent}", {"mock_tools": whole}).json
    assert patched["warnings"] == [
        "mock_tools[0].mock_data[0].input.id: find has no parameter id; is ids meant?"
    ]
    assert "warnings" not in api.call("PATCH", f"{AGENTS}/{agent}", {"name": "B"}).json
