"""Changing and deleting test profiles through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.storage import keys
from evalgen.storage.kinds import KEPT_PROFILE
from tests.integration.api.client import AGENTS, FIRST, V1, Api
from tests.integration.api.test_scenarios import draft, generated

PROFILES = f"{V1}/test-profiles"


def profile(api: Api, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = api.call("POST", PROFILES, {"name": "Ana", **fields}).json
    return made


def test_a_patch_changes_only_what_it_names(api: Api) -> None:
    agent = api.agent(name="Desk")["id"]
    made = profile(api, agent=agent, information={"a": 1})
    changed = api.call("PATCH", f"{PROFILES}/{made['id']}/", {"name": "Bea"})
    assert (changed.status, changed.json) == (
        200,
        {**made, "name": "Bea", "updated_at": changed.json["updated_at"]},
    )
    information = {"main_agent_variables": {"b": 2}, "testing_agent_variables": {}}
    detached = api.call("PATCH", f"{PROFILES}/{made['id']}", {"agent": None, "information": information}).json
    assert (detached["agent"], detached["agent_name"], detached["information"]) == (None, "", information)
    assert api.call("GET", f"{PROFILES}/{made['id']}").json == detached
    assert api.call("GET", PROFILES, query={"agent_id": str(agent)}).json == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"agent": 99_999}, "agent"),
        ({"information": None}, "information"),
        ({"information": {"main_agent_variables": 1}}, "information"),
        ({"project": 2}, "project"),
    ],
)
def test_a_wrong_change_is_named_and_changes_nothing(api: Api, body: dict[str, Any], field: str) -> None:
    made = profile(api)
    refused = api.call("PATCH", f"{PROFILES}/{made['id']}", body)
    assert (refused.status, list(refused.json)) == (400, [field])
    assert api.call("GET", f"{PROFILES}/{made['id']}").json == made


def test_scenarios_of_a_deleted_profile_keep_what_it_said_until_their_agent_goes(api: Api) -> None:
    agent = api.agent(name="Owner")["id"]
    made = profile(api, agent=agent, information={"name": "Ana"})
    (one,) = generated(api, draft("Left"), agent_id=agent, test_profile=made["id"])
    for gone in (made, profile(api, agent=agent)):
        assert api.call("DELETE", f"{PROFILES}/{gone['id']}").status == 204
        assert api.call("DELETE", f"{PROFILES}/{gone['id']}").status == 404
    scenario = api.call("GET", f"{V1}/scenarios/{one}").json
    (listed,) = api.call("GET", f"{V1}/scenarios/", query={"agent_id": str(agent)}).json["results"]
    for answer in (scenario, listed):
        assert answer["test_profile"] is None
        assert answer["test_profile_data"]["information"] == made["information"]
    kept = keys.entities(FIRST, KEPT_PROFILE)
    assert [item["id"] for item in api.stores.table.query(kept).items] == [made["id"]]
    other = profile(api)["id"]
    api.call("PATCH", f"{V1}/scenarios/{one}", {"test_profile": other})
    assert api.call("GET", f"{V1}/scenarios/{one}").json["test_profile_data"]["id"] == other
    assert api.call("DELETE", f"{AGENTS}/{agent}").status == 204
    assert api.stores.table.query(kept).items == []
