"""Scenarios as jobs store them, through the real handler: listed, filtered, read, changed, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.draft import Draft, MockEntry
from evalgen.jobs.commit import marks_of
from evalgen.jobs.documents import get_request
from evalgen.jobs.job import read_job
from evalgen.jobs.scenario_record import completed
from evalgen.storage import keys
from evalgen.storage.id_sets import marking
from evalgen.storage.ports import Put
from tests.integration.api.client import AGENTS, FIRST, GENERATE, V1, Api

SCENARIOS = f"{V1}/scenarios"
NOW = "2026-11-22T16:00:00.000Z"
SCENARIO_KEYS = {
    "id", "name", "agent", "project", "assistant_id", "personality", "personality_name", "agent_name", "tags",
    "tool_ids", "metrics", "metric_names", "phone_number", "outbound_phone_number_data", "first_message",
    "inbound_phone_number", "inbound_phone_number_data", "instructions", "simulation_description",
    "information_fields", "expected_outcome_prompt", "scenario_language", "scenario_type", "suite_type",
    "is_predefined", "test_profile", "test_profile_data", "dynamic_variable_values", "folder_path",
    "max_duration", "generated_mock_tool_entries", "created_at", "updated_at", "created_by",
    "last_updated_by", "conditional_actions", "assertions", "expected_calls", "forbidden_calls", "key",
    "variation_of", "covers", "sources", "writer",
}  # fmt: skip
PROFILE_KEYS = {
    "id", "project", "agent", "agent_name", "name", "information", "created_by", "last_updated_by",
    "created_at", "updated_at",
}  # fmt: skip


def draft(name: str, *tags: str) -> Draft:
    return Draft(
        name=name,
        instructions="1. Say who you are.\n2. Ask.\n3. Decide.",
        expected_outcome="It answers.",
        first_message="Hello",
        language="en",
        tags=tags,
        profile_name=f"{name} caller",
        main_agent_variables={"id": "7"},
        testing_agent_variables={"name": "Ana"},
        mock_entries=(MockEntry(5, "find", {"id": "7"}, {"ok": True}),),
    )


def generated(api: Api, *drafts: Draft, project: int = FIRST, **fields: Any) -> list[int]:
    """The ids of scenarios that a job of a new agent has stored."""
    fields = {"agent_id": api.agent(project)["id"], **fields}
    answer = api.call("POST", GENERATE, {"num_scenarios": len(drafts), **fields}, project=project)
    job = read_job(api.stores.table, project, answer.json["progress_id"])
    assert job is not None
    request = get_request(api.stores, job)
    for slot, one in enumerate(drafts):
        made = completed(job, request, slot, one, NOW)
        marks = marks_of(job, {slot: made.labels}).items()
        listed = [write for pk, ids in marks for write in marking([pk], ids, 1)]
        api.stores.table.transact([*(Put(item) for item in made.items), *listed])
    return [job.first_scenario_id + slot for slot in range(len(drafts))]


def folder(api: Api, parent: str, name: str) -> None:
    """A folder below one at the root, which may be there already."""
    api.call("POST", f"{SCENARIOS}/create_folder", {"name": parent})
    created = api.call("POST", f"{SCENARIOS}/create_folder", {"name": name, "parent_path": parent})
    assert created.status == 201, created.text


def test_a_scenario_has_every_documented_key_and_its_profile(api: Api) -> None:
    (one,) = generated(api, draft("A", "edge"), tags=["given"])
    scenario = api.call("GET", f"{SCENARIOS}/{one}/").json
    assert scenario.keys() >= SCENARIO_KEYS
    assert scenario["test_profile_data"].keys() == PROFILE_KEYS
    assert scenario["test_profile_data"]["information"] == {
        "main_agent_variables": {"id": "7"},
        "testing_agent_variables": {"name": "Ana"},
    }
    assert (scenario["tags"], scenario["scenario_type"]) == (["given", "edge"], "instruction")
    assert len(scenario["metrics"]) == len(scenario["metric_names"]) == 10
    page = api.call("GET", SCENARIOS, query={"agent_id": str(scenario["agent"])}).json
    assert page == {"count": 1, "next": None, "previous": None, "results": [scenario]}


def test_scenarios_are_filtered_by_agent_assistant_folder_and_tags(api: Api) -> None:
    folder(api, "Sales", "In")
    agent = api.agent(provider={"agent_id": "asst-filter"})["id"]
    ab, b = generated(api, draft("AB", "a", "b"), draft("B", "b"), agent_id=agent)
    (filed,) = generated(api, draft("C", "c"), agent_id=agent, folder_path="Sales.In")

    def ids(**query: str) -> list[int]:
        page = api.call("GET", SCENARIOS, query={"agent_id": str(agent), **query}).json
        return [one["id"] for one in page["results"]]

    assert ids() == [ab, b, filed]
    assert ids(assistant_id="asst-filter") == [ab, b, filed]
    assert ids(assistant_id="other") == []
    assert ids(agent_id="99999") == []
    assert ids(tags="a,c") == [ab, filed]
    assert ids(tags="a, b", tag_filter_type="and") == [ab]
    assert ids(tags="a", tag_filter_type="not") == [b, filed]
    assert ids(folder_path="Sales.In") == [filed]
    assert ids(folder_path="") == [ab, b]
    assert ids(page_size="2", page="2") == [filed]


def test_the_fields_of_a_scenario_can_be_changed(api: Api) -> None:
    folder(api, "Sales", "Out")
    number = api.call("POST", f"{V1}/phone-numbers/inbound", {"number": "+1555", "phone_number_id": "x"}).json
    (one,) = generated(api, draft("Change me"))
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "Mine"}).json
    metrics = api.call("GET", f"{V1}/predefined-metrics").json
    changes: dict[str, Any] = {
        "name": "Changed",
        "personality": 2,
        "instructions": "1. New.",
        "expected_outcome_prompt": "",
        "metrics": [metrics[3]["id"], metrics[1]["id"]],
        "tags": ["x"],
        "tool_ids": ["TOOL_DTMF"],
        "test_profile": profile["id"],
        "inbound_phone_number": number["id"],
        "folder_path": "Sales.Out",
        "generated_mock_tool_entries": [
            {"tool_id": 1, "tool_name": "t", "new_entry": {"input": {}, "output": 1}}
        ],
        "first_message": "Hi",
        "max_duration": 600,
        "scenario_language": "en",
        "scenario_type": "instruction",
    }
    before = api.call("GET", f"{SCENARIOS}/{one}").json
    changed = api.call("PATCH", f"{SCENARIOS}/{one}", changes)
    assert changed.status == 200, changed.text
    assert changed.json == {
        **before,
        **changes,
        "personality_name": "Normal Female",
        "metric_names": [metrics[3]["name"], metrics[1]["name"]],
        "inbound_phone_number_data": number,
        "test_profile_data": profile,
        "updated_at": changed.json["updated_at"],
    }
    assert changed.json["updated_at"] > before["updated_at"]
    assert api.call("GET", f"{SCENARIOS}/{one}").json == changed.json
    again = api.call("PATCH", f"{SCENARIOS}/{one}", {"phone_number": number["id"], "agent": before["agent"]})
    assert again.json["inbound_phone_number_data"] == number
    cleared = api.call(
        "PATCH", f"{SCENARIOS}/{one}", {"inbound_phone_number": None, "folder_path": None}
    ).json
    assert (cleared["inbound_phone_number_data"], cleared["folder_path"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": None}, "name"),
        ({"personality": 99_999}, "personality"),
        ({"personality": 3}, "personality"),
        ({"scenario_language": "es"}, "scenario_language"),
        ({"scenario_type": "conditional_actions"}, "conditional_actions"),
        ({"scenario_type": "real"}, "scenario_type"),
        ({"instructions": " "}, "instructions"),
        ({"metrics": [1]}, "metrics"),
        ({"test_profile": 99_999}, "test_profile"),
        ({"inbound_phone_number": 99_999}, "inbound_phone_number"),
        ({"folder_path": "no.such"}, "folder_path"),
        ({"max_duration": 9}, "max_duration"),
        ({"generated_mock_tool_entries": [{"tool_id": 1}]}, "generated_mock_tool_entries"),
        ({"agent": 99_999}, "agent"),
        ({"assistant_id": "another"}, "assistant_id"),
        ({"phone_number": 99_999}, "phone_number"),
        ({"conditional_actions": {"role": "x", "conditions": []}}, "conditional_actions"),
        ({"conditional_actions": None}, "conditional_actions"),
        ({"project": 2}, "project"),
    ],
)
def test_a_wrong_change_is_named_and_changes_nothing(api: Api, changes: dict[str, Any], field: str) -> None:
    (one,) = generated(api, draft("Stays"))
    before = api.call("GET", f"{SCENARIOS}/{one}").json
    refused = api.call("PATCH", f"{SCENARIOS}/{one}", changes)
    assert (refused.status, list(refused.json)) == (400, [field])
    assert api.call("GET", f"{SCENARIOS}/{one}").json == before


def test_a_voice_that_was_added_since_is_the_plain_one_of_its_language(api: Api) -> None:
    (one,) = generated(api, draft("Speaks"))
    finnish = {"scenario_language": "fi"}
    assert api.call("PATCH", f"{SCENARIOS}/{one}", finnish).status == 200
    voice = {"name": "Aino", "voice_model": "m", "background_noise": "off", "language": "fi"}
    added = api.call("POST", f"{V1}/personalities", voice).json["id"]
    refused = api.call("PATCH", f"{SCENARIOS}/{one}", finnish)
    assert (refused.status, list(refused.json)) == (400, ["scenario_language"])
    assert api.call("PATCH", f"{SCENARIOS}/{one}", {**finnish, "personality": added}).status == 200


def test_a_scenario_stays_small_enough_for_a_hundred_in_one_answer(api: Api) -> None:
    (one,) = generated(api, draft("Big"))
    entry = {"tool_id": 1, "tool_name": "t", "new_entry": {"input": {}, "output": "x" * 40_000}}
    assert api.call("PATCH", f"{SCENARIOS}/{one}", {"generated_mock_tool_entries": [entry]}).status == 413


def test_deleting_a_scenario_leaves_the_guard_of_its_slot(api: Api) -> None:
    (one,) = generated(api, draft("Gone"))
    guard = keys.slot(FIRST, "some-job", 0)
    api.stores.table.write(Put({"pk": guard.pk, "sk": guard.sk, "scenario_id": one, "reason": ""}))
    assert api.call("DELETE", f"{SCENARIOS}/{one}").status == 204
    assert api.call("GET", f"{SCENARIOS}/{one}").status == 404
    assert api.call("DELETE", f"{SCENARIOS}/{one}").status == 404
    assert api.stores.table.get(guard) is not None


@pytest.mark.parametrize("related", [None, "true", "false"])
def test_deleting_an_agent_deletes_or_detaches_its_scenarios(api: Api, related: str | None) -> None:
    agent = api.agent()["id"]
    (one,) = generated(api, draft("Related"), agent_id=agent)
    profile = api.call("GET", f"{SCENARIOS}/{one}").json["test_profile"]
    query = {} if related is None else {"delete_related": related}
    assert api.call("DELETE", f"{AGENTS}/{agent}", query=query).status == 204
    scenario = api.call("GET", f"{SCENARIOS}/{one}")
    if related == "false":
        assert (scenario.status, scenario.json["agent"]) == (200, None)
        assert api.call("GET", f"{V1}/test-profiles/{profile}").json["agent"] is None
    else:
        assert scenario.status == 404
        assert api.call("GET", f"{V1}/test-profiles/{profile}").status == 404


def test_profiles_are_listed_by_agent_with_the_scenarios_that_use_them(api: Api) -> None:
    agent = api.agent(name="Owner")["id"]
    own = api.call("POST", f"{V1}/test-profiles", {"name": "P", "agent": agent, "information": {"a": 1}}).json
    assert (own["agent_name"], own["information"]["testing_agent_variables"]) == ("Owner", {"a": 1})
    one, two = generated(api, draft("1"), draft("2"), agent_id=agent, test_profile=own["id"])
    (listed,) = api.call("GET", f"{V1}/test-profiles", query={"agent_id": str(agent)}).json
    assert listed == {**own, "scenarios": [one, two]}
    assert api.call("GET", f"{V1}/test-profiles/{own['id']}").json == own


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "x", "agent": 99_999}, "agent"),
        ({"name": "x", "information": []}, "information"),
        ({"name": "x", "information": {"main_agent_variables": 3}}, "information"),
        ({"name": "x", "information": {"main_agent_variables": {}, "other": 1}}, "information"),
    ],
)
def test_a_wrong_profile_is_named(api: Api, body: dict[str, Any], field: str) -> None:
    refused = api.call("POST", f"{V1}/test-profiles", body)
    assert (refused.status, list(refused.json)) == (400, [field])
