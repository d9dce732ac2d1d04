"""The files of `tests/platforms` are what their owners' own types take, in an environment of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.environments import environment, run
from tests.conftest import ROOT

PLATFORMS = ROOT / "tests" / "platforms"
VALIDATION = ROOT / "checks" / "owners_types.py"
CASES = {
    "vapi.json": "vapi-server-sdk 3.0.0",
    "retell-llm.json": "retell-sdk 6.2.13",
    "retell-flow.json": "retell-sdk 6.2.13",
    "elevenlabs.json": "elevenlabs 2.78.0",
    "mcp/tools-list.json": "mcp 2.3.0",
}


@pytest.fixture(scope="module")
def python() -> Path:
    return environment("importers") / "bin" / "python"


@pytest.mark.parametrize("name", CASES)
def test_the_owners_types_take_the_file_that_is_imported(python: Path, name: str) -> None:
    answer = json.loads(run([python, VALIDATION, PLATFORMS / name], f"validating {name}"))
    assert answer["version"] == CASES[name]
    assert answer["problems"] == []


def test_a_wrong_field_is_noticed(python: Path, tmp_path: Path) -> None:
    """The owners' types alone would let both pass."""
    value = json.loads((PLATFORMS / "retell-llm.json").read_text())
    value["retellLlmData"]["general_tools"][1]["type"] = "teleport"
    value["retellLlmData"]["general_promt"] = "x"
    (tmp_path / "retell-llm.json").write_text(json.dumps(value))
    answer = json.loads(run([python, VALIDATION, tmp_path / "retell-llm.json"], "validating"))
    assert len(answer["problems"]) >= 2
