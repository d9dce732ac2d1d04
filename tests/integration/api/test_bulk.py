"""Several scenarios at once, and those of a folder, through the real handlers."""

from __future__ import annotations

import time
from typing import Any

import pytest

from benchmarks.metered import Metered
from evalgen.catalog.bulk import Bulk
from evalgen.contract.bulk import BulkUpdate
from evalgen.storage.id_sets import count
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.listing import labelled, of_agent
from tests.integration.api.client import FIRST, V1, Answer, Api
from tests.integration.api.test_scenarios import SCENARIOS, draft, folder, generated


def post(api: Api, word: str, body: dict[str, Any], **more: Any) -> Answer:
    return api.call("POST", f"{SCENARIOS}/{word}/", body, **more)


def names(api: Api, **query: str) -> list[str]:
    return [one["name"] for one in api.call("GET", SCENARIOS, query=query).json["results"]]


def three(api: Api, **fields: Any) -> tuple[int, list[int]]:
    agent = api.agent()["id"]
    return agent, generated(api, draft("A", "a"), draft("B"), draft("C"), agent_id=agent, **fields)


@pytest.mark.parametrize("name", ["scenarios", "scenario_ids"])
def test_several_are_deleted_and_counted_no_longer(api: Api, name: str) -> None:
    agent, (a, b, c) = three(api)
    assert post(api, "delete_scenarios", {name: [a, c], "agent_id": agent}).status == 204
    assert names(api, agent_id=str(agent)) == ["B"]
    assert count(labelled(api.stores.table, FIRST, SCENARIO, of_agent(agent))) == 1
    again = post(api, "delete_scenarios", {"scenarios": [a, b]})
    assert (again.status, again.headers["X-Evalgen-Warnings"]) == (
        204,
        f'["scenarios: There is no scenario {a}."]',
    )
    assert names(api, agent_id=str(agent)) == []


def test_another_agents_scenario_keeps_all_from_being_deleted(api: Api) -> None:
    agent, ids = three(api)
    other, (foreign,) = api.agent()["id"], generated(api, draft("Other"))
    refused = post(api, "delete_scenarios", {"scenarios": [*ids, foreign], "agent_id": agent})
    assert refused.json == {"scenarios": [f"Scenario {foreign} is not of agent {agent}."]}
    assert names(api, agent_id=str(agent)) == ["A", "B", "C"]
    assert other != agent


def test_several_are_changed_together(api: Api) -> None:
    folder(api, "Bulk", "Here")
    agent, ids = three(api)
    before = api.call("GET", f"{SCENARIOS}/{ids[0]}").json
    gone, kept = before["metrics"][0], before["metrics"][1:]
    body = {
        "scenarios": ids,
        "agent": agent,
        "metric_ids_to_remove": [gone],
        "tool_ids_to_add": ["TOOL_DTMF"],
        "append_instruction": "4. Say goodbye.",
        "folder_path": "Bulk.Here",
        "max_duration": 90,
    }
    changed = post(api, "adv_update", body).json
    assert [one["id"] for one in changed] == ids
    for one in changed:
        assert one == api.call("GET", f"{SCENARIOS}/{one['id']}").json
        assert (one["metrics"], len(one["metric_names"])) == (kept, 9)
        assert one["tool_ids"] == ["TOOL_DTMF"]
        assert one["instructions"].endswith("3. Decide.\n4. Say goodbye.")
        assert (one["folder_path"], one["max_duration"]) == ("Bulk.Here", 90)


def test_what_several_are_given_is_looked_up_once_for_all(api: Api) -> None:
    ids = generated(api, *(draft(f"N{number}") for number in range(8)))
    folder(api, "Bulk", "Once")
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "New"}).json["id"]
    request = BulkUpdate(scenarios=ids, personality=1, test_profile=profile, folder_path="Bulk.Once")
    metered = Metered(api.stores)
    changed = Bulk(metered.stores.table, time.time).update(FIRST, request)
    assert [one["folder_path"] for one in changed] == ["Bulk.Once"] * 8
    reading_and_writing_them, what_they_are_given = 9, 3
    assert metered.meter.calls == reading_and_writing_them + what_they_are_given


def test_what_one_of_several_cannot_be_changes_none(api: Api) -> None:
    agent, ids = three(api)
    post(api, "adv_update", {"scenarios": ids[:1], "tool_ids_to_add": ["TOOL_RECEIVE_DTMF"]})
    refused = post(
        api, "adv_update", {"scenarios": ids, "tool_ids_to_add": ["TOOL_DTMF"], "personality": 99_999}
    )
    assert refused.json["tool_ids_to_add"][0].startswith(f"Scenario {ids[0]}: TOOL_DTMF and")
    stored = api.call("GET", SCENARIOS, query={"agent_id": str(agent)}).json["results"]
    assert [one["tool_ids"] for one in stored] == [["TOOL_RECEIVE_DTMF"], [], []]
    wrong: dict[str, Any]
    for wrong in ({"scenarios": []}, {"scenarios": [99_999]}, {"scenarios": ids, "agent": 99_999}):
        assert post(api, "adv_update", wrong).status == 400


def test_more_changes_than_one_transaction_holds_are_refused(api: Api) -> None:
    agent = api.agent()["id"]
    ids = generated(api, *(draft(f"N{number}") for number in range(40)), agent_id=agent)
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "New"}).json["id"]
    refused = post(api, "adv_update", {"scenarios": ids, "test_profile": profile})
    assert refused.json == {"scenarios": ["At most 33 at once with this change."]}
    assert post(api, "adv_update", {"scenarios": ids[:33], "test_profile": profile}).status == 200
    listed = api.call("GET", f"{V1}/test-profiles").json
    assert [one["scenarios"] for one in listed if one["id"] == profile] == [ids[:33]]


def test_tags_are_added_once_and_listed(api: Api) -> None:
    agent, ids = three(api)
    tagged = post(api, "add_tags", {"scenarios": ids[:2], "tags": ["nightly", "a"], "agent_id": agent})
    assert [one["tags"] for one in tagged.json] == [["a", "nightly"], ["nightly", "a"]]
    assert api.call("GET", f"{SCENARIOS}/tags", query={"agent_id": str(agent)}).json == ["a", "nightly"]
    assert "nightly" in api.call("GET", f"{SCENARIOS}/tags").json
    many = post(api, "add_tags", {"scenarios": ids[:1], "tags": [f"t{number}" for number in range(31)]})
    assert many.json == {"tags": [f"Scenario {ids[0]}: Must have at most 32 items; got 33."]}


def test_copies_keep_everything_but_id_name_and_times(api: Api) -> None:
    agent, ids = three(api)
    made = post(api, "duplicate", {"scenarios": ids, "project": 1, "copy_to_project": 1})
    assert (made.status, made.json["count"]) == (201, 3)
    for source, copy in zip(ids, made.json["results"], strict=True):
        original = api.call("GET", f"{SCENARIOS}/{source}").json
        differ = {name for name, value in copy.items() if original[name] != value}
        assert differ <= {"id", "name", "created_at", "updated_at"}
        assert copy["name"] == f"Copy of {original['name']}"
        assert api.call("GET", f"{SCENARIOS}/{copy['id']}").json == copy
    assert names(api, agent_id=str(agent)) == ["A", "B", "C", "Copy of A", "Copy of B", "Copy of C"]


def test_copies_go_to_another_agent_and_a_new_folder(api: Api) -> None:
    _, ids = three(api)
    other = api.agent(name="Other")
    made = post(api, "duplicate", {"scenarios": ids, "scenario_agent": other["id"], "folder_path": "X.Y"})
    copy = made.json["results"][0]
    assert (copy["agent"], copy["agent_name"], copy["folder_path"]) == (other["id"], "Other", "X.Y")
    assert len(names(api, agent_id=str(other["id"]), folder_path="X.Y")) == 3
    assert {"X", "X.Y"} <= {one["path"] for one in api.call("GET", f"{SCENARIOS}/folders").json["results"]}


def test_the_same_key_makes_the_same_copies_and_no_more(api: Api) -> None:
    agent, ids = three(api)
    key = {"Idempotency-Key": f"copy-{agent}"}
    first = post(api, "duplicate", {"scenarios": ids}, headers=key).json["results"]
    api.call("DELETE", f"{SCENARIOS}/{first[0]['id']}")
    again = post(api, "duplicate", {"scenarios": ids}, headers=key)
    assert (again.status, again.json["results"]) == (201, first[1:])
    assert len(names(api, agent_id=str(agent))) == 5
    assert post(api, "duplicate", {"scenarios": ids[:1]}, headers=key).status == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scenarios": [99_999]}, "scenarios"),
        ({"copy_to_project": 2}, "copy_to_project"),
        ({"scenario_agent": 99_999}, "scenario_agent"),
        ({"folder_path": "a..b"}, "folder_path"),
    ],
)
def test_a_wrong_copy_is_named(api: Api, body: dict[str, Any], field: str) -> None:
    _, ids = three(api)
    refused = post(api, "duplicate", {"scenarios": ids, **body})
    assert (refused.status, list(refused.json)) == (400, [field])
