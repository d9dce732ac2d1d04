"""Agents and scenarios kept with the vendor's own client, against the embedded stack with the real worker."""

from __future__ import annotations

from typing import Any

import pytest
from cekura import Cekura
from cekura._exceptions import NotFoundError

from tests.e2e.vendor import generated

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_keeping_scenarios(client: Cekura, definition: dict[str, Any]) -> None:
    agent = client.agents.create(**definition)["id"]
    client.scenarios.create_folder(name="Kept", project_id=1)
    ids = [one["id"] for one in generated(client, agent, 3, folder_path="Kept", tags=["v1"])]
    updated = client.scenarios.bulk_update(scenarios=ids, agent=agent, max_duration=300)
    assert [one["max_duration"] for one in updated] == [300] * 3
    assert client.scenarios.add_tags(scenarios=ids[:1], tags=["smoke"])[0]["tags"][-1] == "smoke"
    assert {"v1", "smoke"} <= set(client.scenarios.get_tags(agent_id=agent))
    copies = client.scenarios.duplicate(ids[:2], 1, 1, folder_path="Copies")
    assert copies["count"] == 2
    assert client.scenarios.rename_folder("Copies", "Old", 1)["path"] == "Old"
    assert client.scenarios.move_folder("Old", 1, "Kept")["path"] == "Kept.Old"
    assert client.scenarios.list(agent_id=agent, folder_path="Kept.Old")["count"] == 2
    assert client.scenarios.delete_bulk(scenarios=ids[:1], agent_id=agent) == {}
    assert client.scenarios.list(agent_id=agent)["count"] == 4
    assert client.scenarios.delete_folder("Kept", 1) == {}
    assert client.scenarios.list(agent_id=agent)["count"] == 0
    client.agents.delete(agent)


def test_keeping_agents(client: Cekura, definition: dict[str, Any]) -> None:
    agent = client.agents.create(**definition)
    generated(client, agent["id"], 2)
    short = client.agents.short_list(project_id=1, q=str(agent["id"]))["results"]
    assert [(one["id"], one["agent_name"]) for one in short] == [(agent["id"], agent["name"])]
    copy = client.agents.duplicate(agent["id"], copy_scenarios=True)
    assert copy["description"] == agent["description"]
    assert client.scenarios.list(agent_id=copy["id"])["count"] == 2
    replaced = client.agents.replace(copy["id"], description="You answer the phone.")
    assert (replaced["description"], replaced["mock_tools"]) == ("You answer the phone.", [])
    assert [one["history_id"] for one in client.agents.history(copy["id"])["results"]] == [2, 1]
    assert client.agents.edit_history(copy["id"], history_id=1, version_name="v1")["version_name"] == "v1"
    assert client.agents.restore(copy["id"], history_id=1)["mock_tools"] == copy["mock_tools"]
    for one in (agent, copy):
        client.agents.delete(one["id"])


def test_keeping_the_tools_of_an_agent(client: Cekura) -> None:
    agent = client.agents.create(description="You answer the phone.")["id"]
    calls = [{"input": {"id": 1}, "output": {"name": "Ana"}}]
    made = client.agents.tools_create(agent, name="find", description="Finds.", information=calls)
    assert client.agents.tool_get(agent, "find") == made
    changed = client.agents.tool_update(agent, "find", description="Searches.")
    assert client.agents.tools_list(agent) == [{**made, "description": "Searches."}] == [changed]
    assert client.agents.get(agent)["mock_tools"][0]["mock_data"] == calls
    assert client.agents.tool_delete(agent, "find") == {}
    with pytest.raises(NotFoundError):
        client.agents.tool_get(agent, "find")
    client.agents.delete(agent)


def test_choosing_personalities(client: Cekura) -> None:
    agent = client.agents.create(description="You answer the phone.")["id"]
    first = client.agents.get_personalities(agent)["results"][0]
    assert first["enabled"] is True
    assert client.agents.disable_personalities(agent, personalities=[first["id"]])["message"]
    assert client.agents.get_personalities(agent)["results"][0]["enabled"] is False
    assert client.agents.enable_personalities(agent, personalities="all")["results"][0]["enabled"] is True
    assert client.personalities.disable_for_project(1, personalities=[first["id"]])["message"]
    assert client.personalities.enable_for_project(1, personalities="all", language="en")["count"] > 10
    client.agents.delete(agent)


def test_scenarios_by_hand(client: Cekura) -> None:
    agent = client.agents.create(description="You answer the phone.")["id"]
    made = client.scenarios.create(agent=agent, name="By hand", personality=1, instructions="Ask.")
    assert client.scenarios.get(made["id"]) == made
    structure = {"role": "You are Ana.", "conditions": [{"condition": "The agent greets", "action": "Hi."}]}
    changed = client.scenarios.update_conditional_actions(made["id"], conditional_actions=structure)
    assert changed["scenario_type"] == "conditional_actions"
    spec = client.scenarios.export([made["id"]], export_type="json")
    body = {"spec": spec, "agent_id": agent}
    path = "/test_framework/v1/scenarios/import_suite/"
    told = client._http.request("POST", path, params={"dry_run": "true"}, json_body=body)
    assert (told["valid"], told["plan"]["scenario_count"]) == (True, 1)
    assert client.scenarios.list(agent_id=agent)["count"] == 1
    assert len(client._http.request("POST", path, json_body=body)["scenario_ids"]) == 1
    assert client.scenarios.list(agent_id=agent)["count"] == 2
    call = [{"role": "Main Agent", "content": "Hello?"}, {"role": "Testing Agent", "content": "I am Ana."}]
    begun = client.scenarios.create_from_transcript_bg(agent=agent, transcript_json=call)
    told = client.scenarios.create_from_transcript_progress(progress_id=begun["progress_id"])
    assert (told["status"], told["scenario"]["agent"]) == ("completed", agent)
    again = client.scenarios.update_with_transcript(told["scenario_id"], transcript_json=call[1:])
    assert again["instructions"].startswith('1. Say "I am Ana."')
    client.agents.delete(agent)


def test_the_rest_of_a_project(client: Cekura) -> None:
    agent = client.agents.create(name="Desk", description="You answer the phone.")["id"]
    given = client.agents.upload_knowledge_base(
        agent, files=[{"name": "a.txt", "content_base64": "RmFjdA=="}]
    )
    assert client.agents.get_knowledge_base(agent)["count"] == given["count"] == 1
    assert client.agents.delete_knowledge_base(agent) == {"deleted_count": 1}
    assert client.agents.update(agent, language="es")["language"] == "es"
    assert agent in [one["id"] for one in client.agents.list(project_id=1)["results"]]
    profile = client.test_profiles.create(name="Ana", agent=agent, information={"id": "7"})["id"]
    assert client.test_profiles.update(profile, name="Bea")["name"] == "Bea"
    assert [one["name"] for one in client.test_profiles.list(agent_id=agent)] == ["Bea"]
    assert client.test_profiles.delete(profile) == {}
    voice = client.personalities.create(name="Calm", background_noise="off", voice_model="m")
    assert client.personalities.get(voice["id"]) == voice
    assert voice in client.personalities.list(language="en")
    assert len(client.predefined_metrics.list()) == 10
    assert client.phone_numbers.inbound() == []
    assert client.scenarios.list_folders(project_id=1, search="no such")["count"] == 0


def test_what_a_change_of_an_agent_makes_of_its_scenarios(client: Cekura, definition: dict[str, Any]) -> None:
    agent = client.agents.create(**definition)["id"]
    keys = {one["key"] for one in generated(client, agent, 3)}
    path = f"/test_framework/v2/aiagents/{agent}/suite-diff/"
    moved = {"description": f"Be friendly.\n\n{definition['description']}"}
    told = client._http.request("POST", path, json_body={"agent": moved})
    assert {one["key"] for one in told["scenarios"] if one["status"] == "holds"} >= keys
    without = client._http.request("POST", path, json_body={"agent": {"mock_tools": []}})
    assert {one["key"] for one in without["scenarios"] if one["status"] == "void"} & keys
    client.agents.delete(agent)


def test_what_is_sent_and_not_followed_is_told(client: Cekura) -> None:
    tools = [{"name": "find", "inputSchema": {"type": "any"}}]
    agent = client.agents.create(description="You answer the phone.", tools=[], mock_tools=tools)
    assert [text.split(":")[0] for text in agent["warnings"]] == ["tools", "mock_tools[0].parameters.type"]
    six = ["dtmf", "end_call", "end_call_only_on_transfer", "call_hold", "send_sms", "TOOL_END_CALL"]
    job = client.scenarios.generate_bg(agent_id=agent["id"], num_scenarios=1, tool_ids=six, format="json")
    assert [text.split(":")[0] for text in job["warnings"]] == ["format"]
    listed = client.scenarios.list(agent_id=agent["id"], page_size=5000, limit=3)
    assert [text.split(":")[0] for text in listed["warnings"]] == ["limit"]
    client.agents.delete(agent["id"])
