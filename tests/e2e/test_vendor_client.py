"""The vendor's own client and command line against the embedded stack, with the real worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cekura import Cekura
from cekura._exceptions import APIError, AuthenticationError, NotFoundError

from tests.e2e.kit import until
from tests.e2e.vendor import KEY, ended, generated

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_from_an_agent_to_exported_scenarios(client: Cekura, definition: dict[str, Any]) -> None:
    agent = client.agents.create(**definition)
    assert client.agents.get(agent["id"]) == agent
    client.scenarios.create_folder(name="Nightly", project_id=1)
    job = client.scenarios.generate_bg(
        agent_id=agent["id"], num_scenarios=5, folder_path="Nightly", tags=["vendor"], unknown_field=1
    )["progress_id"]
    progress = until(
        lambda: ended(client.scenarios.generate_progress(progress_id=job)), "the vendor's client sees the end"
    )
    assert (progress["completed_scenarios"], progress["failed_scenarios"]) == (5, 0)

    listed = client.scenarios.list(agent_id=agent["id"], folder_path="Nightly", tags="vendor", page_size=3)
    assert (listed["count"], len(listed["results"])) == (5, 3)
    one = client.scenarios.get(listed["results"][0]["id"])
    assert one == listed["results"][0]
    assert client.scenarios.update(one["id"], name="Renamed", max_duration=120)["name"] == "Renamed"
    assert client.test_profiles.get(one["test_profile"])["information"].keys() == {
        "main_agent_variables",
        "testing_agent_variables",
    }

    ids = [scenario["id"] for scenario in progress["scenarios_list"]]
    suite = client.scenarios.export(ids, agent_id=agent["id"], export_type="json")
    jsonschema.validate(suite, client.scenarios.json_schema())
    assert "Renamed" in [scenario["name"] for scenario in suite["scenarios"]]
    assert client.scenarios.export(ids, project_id=1)["result"].count("vendor") >= 5
    assert client.scenarios.export(ids[:1], export_type="xlsx")["result"].startswith("PK")

    assert client.scenarios.delete(one["id"]) == {}
    with pytest.raises(NotFoundError):
        client.scenarios.get(one["id"])
    assert client.agents.delete(agent["id"]) == {}
    assert client.scenarios.list(agent_id=agent["id"])["count"] == 0


def test_structured_scenarios(client: Cekura, definition: dict[str, Any]) -> None:
    agent = client.agents.create(**definition)
    job = client.scenarios.generate_bg(
        agent_id=agent["id"],
        num_scenarios=2,
        simulation_type="conditional_actions",
        extra_instructions="1. Dance.\n2. Sing.\n3. Fly.",
    )["progress_id"]
    failed = until(lambda: ended(client.scenarios.generate_progress(progress_id=job)), "the job ends")
    assert failed["status"] == "failed"
    assert [failure["reason"].split(":")[0] for failure in failed["failures"]] == ["Dance.", "Sing."]
    assert {text.split(":")[0] for text in failed["warnings"]} == {"description", "extra_instructions"}

    job = client.scenarios.generate_bg(
        agent_id=agent["id"], num_scenarios=2, simulation_type="conditional_actions"
    )["progress_id"]
    progress = until(lambda: ended(client.scenarios.generate_progress(progress_id=job)), "the job ends")
    one = client.scenarios.get(progress["scenarios_list"][0]["id"])
    assert one["scenario_type"] == "conditional_actions"
    structure = one["conditional_actions"]
    structure["conditions"][1]["action"] = "Ask for something else."
    changed = client.scenarios.update(one["id"], conditional_actions=structure)
    assert changed["conditional_actions"] == structure
    assert "Ask for something else." in changed["instructions"]
    suite = client.scenarios.export([one["id"]], export_type="json")
    jsonschema.validate(suite, client.scenarios.json_schema())
    assert suite["scenarios"][0]["conditional_actions"] == structure

    attacks = generated(
        client,
        agent["id"],
        2,
        scenario_type="red_teaming_voice",
        attack_type="data_leak",
        simulation_type="conditional_actions",
    )
    assert {one["scenario_type"] for one in attacks} == {"conditional_actions"}
    assert all("<endcall/>" in one["conditional_actions"]["conditions"][-1]["action"] for one in attacks)
    client.agents.delete(agent["id"])


def test_what_is_wrong_arrives_as_the_vendors_errors(client: Cekura, base: str) -> None:
    with pytest.raises(APIError) as refused:
        client.scenarios.generate_bg(agent_id=99_999, num_scenarios=500)
    assert refused.value.response_body == {
        "num_scenarios": ["Must be between 1 and 100; got 500."],
        "agent_id": ["There is no agent 99999."],
    }
    with pytest.raises(NotFoundError):
        client.agents.get(99_999)
    with Cekura(bearer_token=KEY, base_url=base) as bearer:
        assert len(bearer.predefined_metrics.list()) == 10
    with Cekura(api_key="wrong", base_url=base) as stranger, pytest.raises(AuthenticationError):
        stranger.agents.list()


class Command:
    """`cekura …`, with its settings in the environment and no configuration of its own."""

    def __init__(self, base: str, home: Path) -> None:
        self._environment = {**os.environ, "CEKURA_API_URL": base, "CEKURA_API_KEY": KEY, "HOME": str(home)}
        self._home = home

    def __call__(self, *words: str, **files: Any) -> Any:
        for name, value in files.items():
            (self._home / name).write_text(json.dumps(value))
        done = subprocess.run(
            [str(Path(sys.executable).parent / "cekura"), *words],
            cwd=self._home,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout) if "json" in words else done.stdout


def test_the_command_line_does_the_same(base: str, tmp_path: Path, definition: dict[str, Any]) -> None:
    cekura = Command(base, tmp_path)
    fields = {
        "agent_name": "From a file",
        "project": 1,
        "inbound": True,
        "description": definition["description"],
        "mock_tools": definition["mock_tools"],
    }
    made = cekura("agents", "create", "--from-file", "agent", "--format", "json", agent=fields)
    agent = str(made["id"])
    job = cekura("scenarios", "generate", "--agent-id", agent, "-n", "3", "--format", "json")["progress_id"]

    progress = until(
        lambda: ended(cekura("scenarios", "generate-progress", "--progress-id", job, "--format", "json")),
        "the command line sees the end",
    )
    assert progress["completed_scenarios"] == 3
    listed = cekura("scenarios", "list", "--agent-id", agent, "--all", "--format", "json")
    one = str(listed[0]["id"])
    assert cekura("scenarios", "get", one, "--format", "json") == listed[0]
    assert listed[0]["name"][:10] in cekura("scenarios", "list", "--agent-id", agent)
    cekura("scenarios", "delete", one)
    assert len(cekura("scenarios", "list", "--agent-id", agent, "--all", "--format", "json")) == 2
    cekura("agents", "delete", agent, "--yes")
    assert cekura("scenarios", "list", "--agent-id", agent, "--all", "--format", "json") == []
