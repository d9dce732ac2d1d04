"""Scenarios that somebody writes, one by one, through the real handler."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalgen.storage import keys
from evalgen.storage.id_sets import count
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.listing import labelled, of_agent
from evalgen.storage.ports import Delete
from tests.integration.api.client import FIRST, GENERATE, SECOND, V1, Api
from tests.integration.api.test_export import export
from tests.integration.api.test_scenarios import SCENARIO_KEYS, SCENARIOS, draft, folder, generated

CONDITIONS = [
    {"id": 0, "condition": "FIRST_MESSAGE", "action": "Hi.", "type": "standard", "fixed_message": True},
    {"id": 1, "condition": "The agent asks your name", "action": "Say Ana. <endcall />",
     "type": "standard", "fixed_message": False},
]  # fmt: skip
STRUCTURE = {"role": "You are Ana.", "conditions": CONDITIONS}


def test_a_scenario_by_hand_has_every_key_and_what_was_sent(api: Api) -> None:
    folder(api, "Hand", "Made")
    agent = api.agent(provider={"agent_id": "asst-hand"})
    body: dict[str, Any] = {
        "agent": agent["id"],
        "name": "Angry",
        "personality": 1,
        "instructions": "Ask about the bill.",
        "tags": ["billing"],
        "tool_ids": ["end_call", "TOOL_SEND_SMS", "dtmf"],
        "folder_path": "Hand.Made",
        "key": "angry-1",
    }
    made = api.call("POST", SCENARIOS, body)
    assert made.status == 201
    assert made.json.keys() >= SCENARIO_KEYS
    assert made.json == api.call("GET", f"{SCENARIOS}/{made.json['id']}").json
    assert {name: made.json[name] for name in body} == {
        **body,
        "tool_ids": ["TOOL_END_CALL", "TOOL_SEND_SMS", "TOOL_DTMF"],
    }
    assert (made.json["metrics"], made.json["test_profile"], made.json["first_message"]) == (
        [],
        None,
        "Hello",
    )
    assert (made.json["scenario_language"], made.json["personality_name"]) == ("en", "Normal Male")
    assert made.json["assistant_id"] == "asst-hand"
    listed = api.call("GET", SCENARIOS, query={"agent_id": str(agent["id"])}).json
    assert listed["results"] == [made.json]
    assert count(labelled(api.stores.table, FIRST, SCENARIO, of_agent(agent["id"]))) == 1
    by_name = api.call("POST", SCENARIOS, {**body, "agent": None, "assistant_id": "asst-hand"})
    assert list(by_name.json) == ["agent"]
    del body["agent"]
    named = api.call("POST", SCENARIOS, {**body, "assistant_id": "asst-hand"}).json
    assert named["agent"] == agent["id"]


@pytest.mark.parametrize("as_text", [False, True])
def test_conditional_actions_by_hand_may_come_as_text(api: Api, as_text: bool) -> None:
    form = {"instructions": json.dumps(STRUCTURE)} if as_text else {"conditional_actions": STRUCTURE}
    body = {"name": "S", "personality": 1, "scenario_type": "conditional_actions", "first_message": "Hello"}
    made = api.call("POST", SCENARIOS, {**body, **form}).json
    assert (made["conditional_actions"], made["first_message"]) == (STRUCTURE, "Hi.")
    assert "Say Ana." in made["instructions"]
    assert made["agent"] is None


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": None, "personality": "x"}, {"name", "personality"}),
        ({"personality": 99_999, "instructions": None}, {"instructions"}),
        (
            {"personality": 99_999, "agent": 99_999, "test_profile": 9_999},
            {"personality", "agent", "test_profile"},
        ),
        ({"scenario_language": "es"}, {"scenario_language"}),
        ({"scenario_type": "conditional_actions", "instructions": "no json"}, {"non_field_errors"}),
        ({"scenario_type": "conditional_actions"}, {"non_field_errors"}),
        ({"conditional_actions": STRUCTURE}, {"conditional_actions"}),
        ({"folder_path": "no.such", "tool_ids": ["x"]}, {"tool_ids"}),
        ({"project": SECOND}, {"project"}),
    ],
)
def test_what_is_wrong_by_hand_is_named_at_once(api: Api, changes: dict[str, Any], fields: set[str]) -> None:
    refused = api.call("POST", SCENARIOS, {"name": "A", "personality": 1, "instructions": "Go.", **changes})
    assert (refused.status, set(refused.json)) == (400, fields)


def test_the_same_key_makes_one_scenario(api: Api) -> None:
    body = {"name": "Once", "personality": 1, "instructions": "Go."}
    key = {"Idempotency-Key": "by-hand"}
    one = api.call("POST", SCENARIOS, body, headers=key).json
    assert api.call("POST", SCENARIOS, body, headers=key).json == one
    assert api.call("POST", SCENARIOS, {**body, "name": "Other"}, headers=key).status == 409
    api.call("DELETE", f"{SCENARIOS}/{one['id']}")
    assert api.call("POST", SCENARIOS, body, headers=key).status == 404


def test_nothing_is_made_for_an_agent_that_goes_meanwhile(api: Api) -> None:
    agent = api.agent()["id"]
    api.stores.table.write(Delete(keys.agent_alive(FIRST, agent)))
    body = {"agent": agent, "name": "Late", "personality": 1, "instructions": "Go."}
    assert api.call("POST", SCENARIOS, body).json == {"agent": ["The agent was deleted."]}


def test_the_older_form_of_conditions_makes_a_scenario_structured(api: Api) -> None:
    (one,) = generated(api, draft("Plain"))
    older = {
        "conditions": [
            {"condition": "The agent greets you", "action": "Say hello."},
            {"condition": "The agent asks for the code", "action": "7 7 1", "type": "fixed_message"},
        ]
    }
    path = f"{SCENARIOS}/{one}/update_conditional_actions"
    changed = api.call("POST", path, {"conditional_actions": older}).json
    assert changed["scenario_type"] == "conditional_actions"
    conditions = changed["conditional_actions"]["conditions"]
    assert [(one["id"], one["condition"], one["fixed_message"]) for one in conditions] == [
        (0, "FIRST_MESSAGE", True),
        (1, "The agent greets you", False),
        (2, "The agent asks for the code", True),
    ]
    assert api.call("POST", path, {"conditional_actions": STRUCTURE}).json["conditional_actions"] == STRUCTURE
    assert list(api.call("POST", path, {"conditional_actions": {"conditions": [1]}}).json) == [
        "conditional_actions"
    ]


def test_a_page_larger_than_any_is_the_largest(api: Api) -> None:
    agent = api.agent()["id"]
    generated(api, draft("A"), draft("B"), agent_id=agent)
    page = api.call("GET", SCENARIOS, query={"agent_id": str(agent), "page_size": "5000"})
    assert (page.status, page.json["count"], page.json["next"]) == (200, 2, None)
    assert api.call("GET", f"{V1}/test-profiles", query={"page_size": "5000"}).status == 200
    assert list(api.call("GET", SCENARIOS, query={"page_size": "0"}).json) == ["page_size"]


@pytest.mark.parametrize("kind", ["real_world_smart", "real_world_fixed"])
def test_a_type_that_nothing_generates_is_kept_through_every_change_and_copy(api: Api, kind: str) -> None:
    agent = api.agent()["id"]
    body = {"agent": agent, "name": kind, "personality": 1, "instructions": "Go.", "scenario_type": kind}
    made = api.call("POST", SCENARIOS, body)
    assert (made.status, made.json["scenario_type"]) == (201, kind)
    one = f"{SCENARIOS}/{made.json['id']}"
    assert api.call("PATCH", one, {"instructions": "Go on."}).json["scenario_type"] == kind
    assert api.call("PATCH", one, {"scenario_type": "instruction"}).json["scenario_type"] == "instruction"
    assert api.call("PATCH", one, {"scenario_type": kind}).json["instructions"] == "Go on."
    ids = [made.json["id"]]
    copy = api.call("POST", f"{SCENARIOS}/duplicate", {"scenarios": ids}).json["results"][0]
    spec = export(api, [*ids, copy["id"]], "json").json
    assert [scenario["type"] for scenario in spec["scenarios"]] == [kind, kind]
    for table in ("csv", "xlsx"):
        assert export(api, ids, table).status == {"csv": 200, "xlsx": 303}[table]
    imported = api.call("POST", f"{SCENARIOS}/import_suite", {"spec": spec, "agent_id": agent}).json
    kept = [api.call("GET", f"{SCENARIOS}/{new}").json["scenario_type"] for new in imported["scenario_ids"]]
    assert kept == [kind, kind]


@pytest.mark.parametrize("field", ["scenario_type", "simulation_type"])
def test_generation_is_not_asked_for_a_type_that_it_does_not_make(api: Api, field: str) -> None:
    body = {"agent_id": api.agent()["id"], "num_scenarios": 1, field: "real_world_smart"}
    refused = api.call("POST", GENERATE, body)
    assert (refused.status, list(refused.json)) == (400, [field])
    assert 'got "real_world_smart"' in refused.json[field][0]
