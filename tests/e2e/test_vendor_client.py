"""The vendor's own client and command line against the embedded stack, with the real worker."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cekura import Cekura
from cekura._exceptions import APIError, AuthenticationError, NotFoundError

from evalgen_cli.agents import read_agent
from tests.conftest import ROOT
from tests.e2e.kit import Stack, until
from tests.integration.api.test_knowledge import multipart

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "the-vendors-key"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    started = Stack(tmp_path_factory.mktemp("vendor") / "state", LOCAL_API_KEY=KEY)
    yield started
    started.close()


@pytest.fixture
def base(stack: Stack) -> str:
    return stack.line.split()[3]


@pytest.fixture
def client(base: str) -> Iterator[Cekura]:
    with Cekura(api_key=KEY, base_url=base) as opened:
        yield opened


@pytest.fixture(scope="module")
def definition() -> dict[str, Any]:
    return read_agent([ROOT / "events" / "agents" / "roadside"]).agent


def ended(progress: dict[str, Any]) -> dict[str, Any] | None:
    """The progress if the job has ended."""
    done = progress["completed_scenarios"] + progress["failed_scenarios"]
    return progress if done == progress["total_scenarios"] else None


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


def generated(client: Cekura, agent: int, number: int, **fields: Any) -> list[dict[str, Any]]:
    """The scenarios of a job that has ended."""
    job = client.scenarios.generate_bg(agent_id=agent, num_scenarios=number, **fields)["progress_id"]
    progress = until(lambda: ended(client.scenarios.generate_progress(progress_id=job)), "the job ends")
    scenarios: list[dict[str, Any]] = progress["scenarios_list"]
    return scenarios


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
    client.agents.delete(agent["id"])


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


def test_a_large_document_is_sent_beside_the_gateway_and_read_by_the_worker(client: Cekura) -> None:
    agent = client.agents.create(description="You answer the phone.")["id"]
    data = ("Opening hours: 9 to 5.\n" + "😀" * 2_800_000).encode()
    assert len(data) > 11_000_000
    path = f"/test_framework/v2/aiagents/{agent}/knowledge_base/uploads/"
    upload = client._http.request("POST", path, json_body={"file_name": "hours.txt", "file_size": len(data)})
    request = urllib.request.Request(upload["upload"]["url"], data, method="PUT")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    client._http.request("POST", f"{path}{upload['id']}/complete/")
    until(
        lambda: client._http.request("GET", f"{path}{upload['id']}/")["status"] == "ready",
        "the worker reads the document",
    )
    (file,) = client.agents.get_knowledge_base(agent)["results"]
    assert (file["id"], file["file_size"]) == (upload["id"], len(data))
    with urllib.request.urlopen(file["file_url"]) as answer:
        assert answer.read() == data


def test_files_are_context_for_one_generation(client: Cekura, base: str) -> None:
    """As the client sends everything, as a form, and by the id of an upload."""
    agent = client.agents.create(description="You answer the phone of a garage.")["id"]
    fees = b"# Fees\n\n| Service | Price |\n|---|---|\n| Oil change | $65 |\n| Tire rotation | $35 |\n"
    uploads = f"/test_framework/v2/aiagents/{agent}/knowledge_base/uploads/"
    upload = client._http.request("POST", uploads, json_body={"file_name": "c.md", "file_size": len(fees)})
    with urllib.request.urlopen(urllib.request.Request(upload["upload"]["url"], fees, method="PUT")):
        pass
    inline = [{"name": "a.md", "content_base64": base64.b64encode(fees).decode()}]
    form, headers = multipart(("b.md", fees), field="generation_files")
    for name, value in (("agent_id", agent), ("num_scenarios", 2)):
        form = f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() + form
    path = f"{base}/test_framework/v1/scenarios/generate-bg"
    posted = urllib.request.Request(path, form, {**headers, "X-CEKURA-API-KEY": KEY})
    with urllib.request.urlopen(posted) as answer:
        job = json.load(answer)["progress_id"]

    def done(job: str) -> dict[str, Any]:
        look = partial(client.scenarios.generate_progress, progress_id=job)
        told: dict[str, Any] = until(lambda: ended(look()), "the job ends")
        return told

    jobs = {
        "a.md": client.scenarios.generate_bg(agent_id=agent, num_scenarios=2, generation_files=inline),
        "b.md": {"progress_id": job},
        "c.md": client.scenarios.generate_bg(
            agent_id=agent, num_scenarios=2, generation_file_ids=[upload["id"]]
        ),
    }
    for name, started in jobs.items():
        progress = done(started["progress_id"])
        files = {source["file_name"] for one in progress["scenarios_list"] for source in one["sources"]}
        assert (progress["status"], files) == ("completed", {name})
    assert client.agents.get_knowledge_base(agent)["count"] == 0
    client.agents.delete(agent)


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
