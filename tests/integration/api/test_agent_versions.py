"""Agents made anew, copied, and brought back to what they were, through the real handlers."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from evalgen.catalog import duplicating
from tests.integration.api.client import AGENTS, SECOND, V1, Api
from tests.integration.api.test_scenarios import SCENARIOS, draft, generated

FIND = {"name": "find", "description": "Finds.", "mock_data": [{"input": {"id": 1}, "output": 2}]}
DOCUMENT = {"file_name": "a.txt", "content_base64": base64.b64encode(b"Open at nine.").decode()}


def full(api: Api, **fields: Any) -> dict[str, Any]:
    return api.agent(
        name="Desk",
        description="You answer for {{shop}}.",
        mock_tools=[FIND],
        knowledge_base_files=[DOCUMENT],
        provider={"agent_id": "asst-v", "type": "vapi"},
        telephony={"phone_number": "+1555", "inbound": True},
        agent_speaks_first=True,
        **fields,
    )


def read(api: Api, agent: int) -> dict[str, Any]:
    found: dict[str, Any] = api.call("GET", f"{AGENTS}/{agent}").json
    return found


def test_an_agent_is_made_anew_and_its_parts_keep_their_ids(api: Api) -> None:
    before = full(api)
    body = {"description": "You sell in {{shop}}.", "mock_tools": [{"name": "find"}]}
    after = api.call("PUT", f"{AGENTS}/{before['id']}", body).json
    assert after == read(api, before["id"])
    assert (after["name"], after["description"], after["agent_speaks_first"]) == (
        "Desk",
        "You sell in {{shop}}.",
        None,
    )
    (tool,) = after["mock_tools"]
    assert (tool["id"], tool["description"], tool["mock_data"]) == (before["mock_tools"][0]["id"], "", [])
    assert after["dynamic_variables"] == before["dynamic_variables"]
    assert (after["knowledge_base_files"], after["telephony"]["phone_number"]) == ([], "")
    assert (after["provider"]["agent_id"], after["created_at"]) == (None, before["created_at"])
    assert api.call("PUT", f"{AGENTS}/{before['id']}", {"name": "x"}).json == {"description": ["Required."]}


def test_the_short_list_does_without_what_agents_say(api: Api) -> None:
    agent = full(api, language="es")
    page = api.call("GET", f"{AGENTS}/short_list", query={"q": str(agent["id"])}).json
    assert page["results"] == [
        {
            "id": agent["id"],
            "agent_name": "Desk",
            "project": 1,
            "organization": None,
            "contact_number": "+1555",
            "inbound": True,
            "language": "es",
            "assistant_id": "asst-v",
            "created_at": agent["created_at"],
            "updated_at": agent["updated_at"],
        }
    ]


def test_a_copy_says_the_same_and_is_its_own(api: Api) -> None:
    agent = full(api)
    made = api.call("POST", f"{AGENTS}/{agent['id']}/duplicate")
    assert made.status == 201
    copy = made.json
    assert copy == read(api, copy["id"])
    assert (copy["name"], copy["provider"]["agent_id"]) == ("Copy of Desk", None)
    for part in ("mock_tools", "dynamic_variables", "knowledge_base_files"):
        (old,), (new,) = agent[part], copy[part]
        assert new["id"] != old["id"]
        differ = {name for name in old if old[name] != new[name]}
        assert differ <= {"id", "agent", "created_at", "updated_at"}
    api.call("DELETE", f"{AGENTS}/{agent['id']}")
    (file,) = api.call("GET", f"{AGENTS}/{copy['id']}/knowledge_base").json["results"]
    assert file["file_name"] == "a.txt"
    assert read(api, copy["id"])["description"] == agent["description"]


def test_scenarios_are_copied_with_their_profiles_if_they_are_asked_for(api: Api) -> None:
    agent = full(api)
    shared = api.call("POST", f"{V1}/test-profiles", {"name": "Shared"}).json["id"]
    generated(api, draft("A"), draft("B"), agent_id=agent["id"])
    generated(api, draft("C"), agent_id=agent["id"], test_profile=shared)
    assert api.call("POST", f"{AGENTS}/{agent['id']}/duplicate", {"copy_scenarios": False}).status == 201
    copy = api.call("POST", f"{AGENTS}/{agent['id']}/duplicate", {"copy_scenarios": True}).json
    found = api.call("GET", SCENARIOS, query={"agent_id": str(copy["id"])}).json["results"]
    assert [one["name"] for one in found] == ["A", "B", "C"]
    owners = [one["test_profile_data"]["agent"] for one in found]
    assert owners == [copy["id"], copy["id"], None]
    assert found[2]["test_profile"] == shared
    api.call("DELETE", f"{AGENTS}/{agent['id']}")
    left = api.call("GET", SCENARIOS, query={"agent_id": str(copy["id"])}).json["results"]
    assert left == found


def test_more_scenarios_than_a_request_copies_are_refused_before_the_agent_is_copied(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = full(api)
    generated(api, draft("A"), draft("B"), agent_id=agent["id"])
    monkeypatch.setattr(duplicating, "MOST", 1)
    before = api.call("GET", AGENTS).json["count"]
    refused = api.call("POST", f"{AGENTS}/{agent['id']}/duplicate", {"copy_scenarios": True})
    assert refused.json == {"copy_scenarios": ["The agent has 2; at most 1 are copied."]}
    assert api.call("GET", AGENTS).json["count"] == before


def test_an_agent_is_brought_back_to_a_version(api: Api) -> None:
    first = full(api)
    path = f"{AGENTS}/{first['id']}"
    api.call("PATCH", path, {"description": "Other.", "mock_tools": [], "dynamic_variables": []})
    changed = api.call("PATCH", path, {"knowledge_base_files": [], "webhook_url": "https://a.test"}).json
    history = api.call("GET", f"{path}/history").json
    assert [(one["history_id"], one["history_type"]) for one in history["results"]] == [
        (3, "~"),
        (2, "~"),
        (1, "+"),
    ]
    oldest = history["results"][2]
    for part in ("description", "mock_tools", "dynamic_variables", "knowledge_base_files", "language"):
        assert oldest[part] == first[part]
    assert oldest["history_date"] == first["created_at"]

    named = api.call("PATCH", f"{path}/history/edit", {"history_id": 1, "version_name": "Good"}).json
    assert named == {**oldest, "version_name": "Good"}
    restored = api.call("POST", f"{path}/restore", {"history_id": 1}).json
    assert restored == read(api, first["id"])
    same = {"description", "mock_tools", "dynamic_variables", "knowledge_base_files", "name", "language"}
    assert {part: restored[part] for part in same} == {part: first[part] for part in same}
    assert restored["webhook_url"] == changed["webhook_url"] == "https://a.test"
    after = api.call("GET", f"{path}/history", query={"page_size": "2"}).json
    assert (after["count"], after["results"][0]["history_id"]) == (4, 4)
    assert api.call("GET", f"{path}/history", query={"page": "4", "page_size": "1"}).json["results"] == [
        named
    ]


def test_versions_go_when_their_definition_is_kept_no_longer_and_with_the_agent(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalgen.catalog.agent_versions.KEPT", 2)
    agent = full(api)
    path = f"{AGENTS}/{agent['id']}"
    for number in range(3):
        api.call("PATCH", path, {"description": f"You are number {number}."})
    ids = [one["history_id"] for one in api.call("GET", f"{path}/history").json["results"]]
    assert ids == [4, 3]
    for word, body in (("POST", {"history_id": 1}), ("POST", {}), ("POST", {"history_id": "x"})):
        assert list(api.call(word, f"{path}/restore", body).json) == ["history_id"]
    assert api.call("PATCH", f"{path}/history/edit", {"history_id": 2, "version_name": "x"}).status == 400
    assert api.call("GET", f"{path}/history", project=SECOND).status == 404
    api.call("DELETE", path)
    assert api.call("GET", f"{path}/history").status == 404
    partition = f"P#1#AGENT#{agent['id']}#VERSIONS"
    assert api.stores.table.query(partition).items == []


def test_a_proposed_change_is_compared_with_the_scenarios_that_there_are(api: Api) -> None:
    parking = "- If the caller asks about parking, tell them to use the yard behind the house.\n"
    rules = f"You answer for a library.\n\n{parking}"
    agent = api.agent(description=rules)
    path = f"{AGENTS}/{agent['id']}"
    more = rules + "- If the caller asks about fines, tell them to ask at the desk.\n"
    diff = api.call("POST", f"{path}/suite-diff", {"agent": {"description": more}})
    assert diff.status == 200
    assert (diff.json["summary"]["holds"], diff.json["summary"]["new"]) == (1, 1)
    body = {"name": "Mine", "personality": 1, "instructions": "Go.", "agent": agent["id"], "key": "mine"}
    api.call("POST", SCENARIOS, body)
    api.call("PATCH", path, {"description": more})
    kept = api.call("POST", f"{path}/suite-diff", {"from_history_id": 1}).json
    assert (kept["summary"]["unknown"], kept["summary"]["new"]) == (1, 2)
    back = api.call("POST", f"{path}/suite-diff", {"to_history_id": 1}).json
    assert [one["status"] for one in back["statements"]].count("removed") == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "non_field_errors"),
        ({"to_history_id": 1, "agent": {}}, "non_field_errors"),
        ({"from_history_id": 99}, "history_id"),
        ({"agent": {"description": ""}}, "agent"),
        ({"agent": {"mock_tools": [{"id": 9}]}}, "mock_tools"),
    ],
)
def test_a_comparison_of_what_is_not_there_is_refused(api: Api, body: dict[str, Any], field: str) -> None:
    refused = api.call("POST", f"{AGENTS}/{api.agent()['id']}/suite-diff", body)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_versions_too_large_to_plan_while_a_client_waits_are_refused(api: Api) -> None:
    text = {"file_name": "a.txt", "content_base64": base64.b64encode(b"Open at nine. " * 22_000).decode()}
    for change in ({"description": "You answer. " * 6_000}, {"knowledge_base_files": [text]}):
        body = {"agent": change}
        assert api.call("POST", f"{AGENTS}/{api.agent()['id']}/suite-diff", body).status == 413
