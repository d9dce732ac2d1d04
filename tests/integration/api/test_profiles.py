"""Changing and deleting test profiles through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.client import V1, Api
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


def test_scenarios_of_a_deleted_profile_have_none(api: Api) -> None:
    made = profile(api)
    (one,) = generated(api, draft("Left"), test_profile=made["id"])
    assert api.call("DELETE", f"{PROFILES}/{made['id']}").status == 204
    assert api.call("DELETE", f"{PROFILES}/{made['id']}").status == 404
    scenario = api.call("GET", f"{V1}/scenarios/{one}").json
    assert (scenario["test_profile"], scenario["test_profile_data"]) == (None, None)
