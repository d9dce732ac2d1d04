"""`POST …/aiagents/import/`: an agent from the files of its platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalgen_cli.agents import read_agent
from tests.conftest import ROOT
from tests.integration.api.client import AGENTS, SECOND, V1, Api
from tests.integration.api.test_knowledge import inline, multipart

PLATFORMS = ROOT / "tests" / "platforms"
IMPORT = f"{AGENTS}/import"


@pytest.mark.parametrize("name", ["vapi.json", "retell-llm.json", "retell-flow.json", "elevenlabs.json"])
def test_the_api_makes_the_agent_that_the_command_reads(api: Api, name: str) -> None:
    answer = api.call("POST", f"{IMPORT}/", inline((name, (PLATFORMS / name).read_bytes())))
    assert answer.status == 201, answer.text
    made, found = answer.json, read_agent([PLATFORMS / name])
    assert made["imported"]["format"] == found.format
    assert len(made["imported"]["notes"]) == len(found.notes)
    assert made["imported"]["notes"][0].startswith(f"{name}, line ")
    assert made["description"] == found.agent["description"]
    assert [tool["name"] for tool in made["mock_tools"]] == [t["name"] for t in found.agent["mock_tools"]]
    stored = api.call("GET", f"{AGENTS}/{made['id']}").json
    assert stored == {key: value for key, value in made.items() if key != "imported"}
    assert api.call("GET", f"{AGENTS}/{made['id']}", project=SECOND).status == 404


def test_a_prompt_with_its_tools_and_documents_comes_as_multipart_too(api: Api) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted((PLATFORMS / "mcp").iterdir())]
    body, headers = multipart(*files, ("knowledge/fares.md", b"A ride to the airport costs 30 euros."))
    made = api.call("POST", IMPORT, body, headers=headers)
    assert made.status == 201, made.text
    assert [tool["name"] for tool in made.json["mock_tools"]] == ["cabs_order"]
    assert [file["file_name"] for file in made.json["knowledge_base_files"]] == ["fares.md"]
    request = {"agent_id": made.json["id"], "num_scenarios": 1}
    assert api.call("POST", f"{V1}/scenarios/generate-bg", request).status == 200


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Required."),
        ({"files": []}, "at least one"),
        (inline(("a.json", b'{"x": 1}')), "a.json: JSON in no format that is read here"),
        (inline(("a.json", b"{")), "a.json: Not valid JSON at line 1"),
        ({"files": [{"name": "a.json", "content_base64": "%"}]}, "[0] a.json: content_base64 is not base64."),
        (inline(("v.json", b'{"model": {"messages": 3}}')), "v.json, line 1, model.messages: Must be a list"),
    ],
)
def test_what_cannot_be_read_is_a_400_on_files(api: Api, body: dict[str, Any], said: str) -> None:
    answer = api.call("POST", IMPORT, body)
    assert answer.status == 400
    assert said in " ".join(answer.json["files"])


def test_an_agent_of_another_project_is_not_made(api: Api) -> None:
    body = {**inline(("p.txt", b"You sell bikes.")), "project": 77}
    assert list(api.call("POST", IMPORT, body).json) == ["project"]


def test_nothing_is_read_of_the_machine_that_serves(api: Api, tmp_path: Path) -> None:
    """Names of files are names, and no paths."""
    (tmp_path / "secret.txt").write_text("secret")
    made = api.call("POST", IMPORT, inline((str(tmp_path / "secret.txt"), b"You sell bikes."))).json
    assert made["description"] == "You sell bikes."
