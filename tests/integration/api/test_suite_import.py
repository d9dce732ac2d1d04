"""A test suite's file, in and out again, through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.client import Api
from tests.integration.api.test_export import export
from tests.integration.api.test_scenarios import SCENARIOS, draft, folder, generated

IMPORT = f"{SCENARIOS}/import_suite"
DRY = {"dry_run": "true"}


def suite(*scenarios: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"name": "A", "instructions": "Ask."}
    return {"version": "1", "scenarios": [{**plain, **one} for one in scenarios], **more}


def of(api: Api, agent: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.call("GET", SCENARIOS, query={"agent_id": str(agent)}).json["results"]
    return found


def test_what_was_exported_comes_back_as_it_was(api: Api) -> None:
    agent = api.agent()["id"]
    ids = generated(api, draft("A", "x"), draft("B"), agent_id=agent)
    exported = export(api, ids, "json").json
    other = api.agent(name="Other")["id"]
    done = api.call("POST", IMPORT, {"spec": exported, "agent_id": other}).json
    assert (done["dry_run"], done["valid"], len(done["scenario_ids"])) == (False, True, 2)
    assert [one["id"] for one in of(api, other)] == done["scenario_ids"]
    again = export(api, done["scenario_ids"], "json").json
    assert again["scenarios"] == exported["scenarios"]
    assert [one["test_profile_data"]["agent"] for one in of(api, other)] == [other, other]


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(api: Api) -> None:
    agent = api.agent()["id"]
    folder(api, "Suites", "In")
    spec = suite(
        {"key": "one", "metrics": ["latency"], "test_profile": {"caller_variables": {"a": 1}}},
        {"name": "B", "personality": 2, "tags": ["own"], "tools": ["end_call", "call_hold"]},
        suite={"name": "Nightly"},
        defaults={"tags": ["all"], "frequency": 3, "max_duration": 90},
    )
    spec["$schema"] = "https://docs.cekura.ai/schemas/test-suite/v1.json"
    body = {"spec": spec, "agent_id": agent, "folder_path": "Suites.In"}
    told = api.call("POST", IMPORT, body, query=DRY)
    assert told.status == 200
    assert (told.json["dry_run"], told.json["valid"], told.json["errors"]) == (True, True, {})
    plan = told.json["plan"]
    assert (plan["suite_name"], plan["scenario_count"], plan["folder_path"]) == ("Nightly", 2, "Suites.In")
    first, second = plan["scenarios"]
    assert (first["key"], first["personality"]["name"]) == ("one", "Normal Male")
    assert (first["test_profile"], second["test_profile"]["mode"]) == ({"mode": "inline", "id": None}, "none")
    assert (first["tags"], second["tags"], second["personality"]["id"]) == (["all"], ["own"], 2)
    assert told.json["warnings"] == [
        "defaults.frequency: Is for running, which is not done here; it was ignored."
    ]
    assert of(api, agent) == []
    api.call("POST", IMPORT, body)
    one, two = of(api, agent)
    assert (one["key"], one["metric_names"], one["max_duration"]) == ("one", ["Latency"], 90)
    assert two["tool_ids"] == ["TOOL_END_CALL", "TOOL_CALL_HOLD"]
    assert one["test_profile_data"]["information"]["testing_agent_variables"] == {"a": 1}


BAD = suite(
    {},
    {"personality": 99_999, "metrics": ["no_such", 99_998], "max_duration": 3},
    {"type": "conditional_actions", "instructions": None},
    {"test_profile": 99_997, "tools": ["dtmf", "receive_dtmf"], "key": "k"},
    {"key": "k", "language": "es", "personality": 2},
)


def test_every_error_has_its_place_and_a_bad_suite_makes_nothing(api: Api) -> None:
    agent = api.agent()["id"]
    del BAD["scenarios"][2]["instructions"]
    told = api.call("POST", IMPORT, {"spec": BAD, "agent_id": agent}, query=DRY).json
    assert told["valid"] is False
    assert set(told["errors"]) == {
        "scenarios[1].max_duration",
        "scenarios[1].personality",
        "scenarios[1].metrics",
        "scenarios[2].conditional_actions",
        "scenarios[3].tools",
        "scenarios[3].test_profile",
        "scenarios[4].key",
        "scenarios[4].language",
    }
    assert told["plan"]["scenario_count"] == 1
    refused = api.call("POST", IMPORT, {"spec": BAD, "agent_id": agent})
    assert (refused.status, list(refused.json)) == (400, ["spec"])
    assert any(text.startswith("scenarios[3].tools: TOOL_DTMF and") for text in refused.json["spec"])
    assert of(api, agent) == []


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        ({"scenarios": [{"name": "A", "instructions": "x"}]}, "version"),
        (suite(), "scenarios"),
        (suite({"name": ""}), "scenarios[0].name"),
        (suite({"agent_id": 3}), "scenarios[0].agent_id"),
        (suite({"personality": {"base": 3}}), "scenarios[0].personality"),
        (suite({"metrics": ["Not A Slug"]}), "scenarios[0].metrics[0]"),
        (suite({"name": "B"}, {"tools": ["fly"]}), "scenarios[1].tools[0]"),
        (suite({"test_profile": {"other": 1}}), "scenarios[0].test_profile.other"),
    ],
)
def test_a_file_of_another_form_is_told_by_place(api: Api, spec: dict[str, Any], place: str) -> None:
    body = {"spec": spec, "agent_id": api.agent()["id"]}
    told = api.call("POST", IMPORT, body, query=DRY).json
    assert place in told["errors"]
    assert told["plan"]["scenarios"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "agent_id"), ({"agent_id": 99_999}, "agent_id"), ({"folder_path": "no.such"}, "folder_path")],
)
def test_a_suite_needs_an_agent(api: Api, body: dict[str, Any], field: str) -> None:
    owner = {"agent_id": api.agent()["id"]} if "folder_path" in body else {}
    refused = api.call("POST", IMPORT, {"spec": suite({}), **owner, **body}, query=DRY)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_the_same_key_imports_once(api: Api) -> None:
    agent = api.agent()["id"]
    body = {"spec": suite({}, {"name": "B", "test_profile": {"name": "P"}}), "agent_id": agent}
    key = {"Idempotency-Key": f"suite-{agent}"}
    first = api.call("POST", IMPORT, body, headers=key).json
    assert api.call("POST", IMPORT, body, headers=key).json == first
    assert len(of(api, agent)) == 2


def test_two_hundred_scenarios_are_one_file(api: Api) -> None:
    agent = api.agent()["id"]
    spec = suite(*({"name": f"N{n}", "test_profile": {"caller_variables": {"n": n}}} for n in range(200)))
    done = api.call("POST", IMPORT, {"spec": spec, "agent_id": agent}).json
    assert len(done["scenario_ids"]) == 200
    assert api.call("GET", SCENARIOS, query={"agent_id": str(agent)}).json["count"] == 200
