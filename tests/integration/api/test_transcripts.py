"""Scenarios made of a real call's transcript, through the real handler."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.api.client import SECOND, Api
from tests.integration.api.test_scenarios import SCENARIOS, draft, folder, generated

BEGIN = f"{SCENARIOS}/create-from-transcript-bg"
PROGRESS = f"{SCENARIOS}/create-from-transcript-progress"
TRANSCRIPT: list[dict[str, Any]] = [
    {"role": "Main Agent", "content": "Library, how can I help?", "start_time": 0.0},
    {"role": "Testing Agent", "content": "My loan is L-204.", "start_time": 2.5},
    {
        "role": "Function Call",
        "data": {"id": "x", "name": "find", "arguments": json.dumps({"loan": "L-204"})},
    },
    {"role": "Function Call Result", "data": {"id": "x", "result": json.dumps({"title": "Emma"})}},
    {"role": "Main Agent", "content": "That is Emma."},
]


def library(api: Api) -> dict[str, Any]:
    return api.agent(mock_tools=[{"name": "find"}], provider={"agent_id": "asst-t"})


def test_a_call_becomes_a_scenario_with_a_profile_of_its_own(api: Api) -> None:
    folder(api, "Calls", "Real")
    agent = library(api)
    body = {"agent": agent["id"], "transcript_json": TRANSCRIPT, "folder_path": "Calls.Real"}
    begun = api.call("POST", BEGIN, body)
    assert (begun.status, list(begun.json)) == (200, ["progress_id"])
    told = api.call("GET", PROGRESS, query=begun.json).json
    assert (told["status"], told["agent_id"], told["error"]) == ("completed", agent["id"], "")
    one = told["scenario"]
    assert one == api.call("GET", f"{SCENARIOS}/{told['scenario_id']}").json
    assert one["instructions"].split("\n")[0] == (
        '1. Say "My loan is {{test_profile.loan}}." when told or asked "Library, how can I help?"'
    )
    assert one["test_profile_data"]["information"]["testing_agent_variables"] == {"loan": "L-204"}
    assert one["generated_mock_tool_entries"] == [
        {
            "tool_id": agent["mock_tools"][0]["id"],
            "tool_name": "find",
            "new_entry": {"input": {"loan": "L-204"}, "output": {"title": "Emma"}},
        }
    ]
    assert one["expected_outcome_prompt"] == "The main agent should state Emma."
    assert one["assertions"][0]["rests_on"] == [{"call": "c1", "path": "/title"}]
    assert (one["generation_type"], one["folder_path"]) == ("transcript", "Calls.Real")
    assert "Main Agent: That is Emma." in one["simulation_description"]
    api.call("DELETE", f"{SCENARIOS}/{one['id']}")
    assert api.call("GET", PROGRESS, query=begun.json).json["scenario"] is None
    assert api.call("GET", PROGRESS, query=begun.json, project=SECOND).status == 404


def test_what_is_given_is_taken_and_the_same_key_makes_one(api: Api) -> None:
    agent = library(api)
    body = {
        "assistant_id": "asst-t",
        "transcript_json": TRANSCRIPT,
        "name": "From call 7",
        "expected_outcome_prompt": "It is polite.",
        "personality": 2,
    }
    key = {"Idempotency-Key": f"call-{agent['id']}"}
    begun = [api.call("POST", BEGIN, body, headers=key).json for _ in range(2)]
    assert begun[0] == begun[1]
    one = api.call("GET", PROGRESS, query=begun[0]).json["scenario"]
    assert (one["name"], one["expected_outcome_prompt"], one["personality"]) == (
        "From call 7",
        "It is polite.",
        2,
    )
    assert api.call("GET", SCENARIOS, query={"agent_id": str(agent["id"])}).json["count"] == 1


def test_a_scenario_replays_another_call_and_keeps_its_profile(api: Api) -> None:
    (one,) = generated(api, draft("Before"), agent_id=library(api)["id"])
    before = api.call("GET", f"{SCENARIOS}/{one}").json
    path = f"{SCENARIOS}/{one}/update_scenario_with_transcript"
    after = api.call("POST", path, {"transcript_json": TRANSCRIPT}).json
    assert after["instructions"].startswith('1. Say "My loan is L-204."')
    assert (after["name"], after["test_profile"]) == (before["name"], before["test_profile"])
    assert [call["tool"] for call in after["expected_calls"]] == ["find"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agent": 99_999}, "agent"),
        ({"agent": None}, "agent"),
        ({"personality": 99_999}, "personality"),
        ({"folder_path": "no.such"}, "folder_path"),
        ({"transcript_json": []}, "transcript_json"),
        ({"transcript_json": TRANSCRIPT[:1]}, "transcript_json"),
        ({"transcript_json": [{"role": "user", "content": "Hi"}]}, "transcript_json"),
        ({"transcript_json": [*TRANSCRIPT, {"role": "Function Call", "content": "find"}]}, "transcript_json"),
        (
            {"transcript_json": [*TRANSCRIPT, {"role": "Function Call", "data": {"name": "other"}}]},
            "transcript_json",
        ),
    ],
)
def test_a_wrong_transcript_is_named_by_place(api: Api, changes: dict[str, Any], field: str) -> None:
    body = {"agent": library(api)["id"], "transcript_json": TRANSCRIPT, **changes}
    refused = api.call("POST", BEGIN, body)
    assert (refused.status, list(refused.json)) == (400, [field])
