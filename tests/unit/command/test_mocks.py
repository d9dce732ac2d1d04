"""Invented mock data as a file that a person corrects."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evalgen.explain import explained
from evalgen.generation.embedded import read_agent
from evalgen_cli.agents import definition_in
from evalgen_cli.explaining import told
from tests.agents_on_disk import FOLDERS
from tests.unit.command.kit import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDERS["moving_export"], tmp_path / "agent"))


def test_what_is_written_is_read_as_the_same_mock_data(folder: Path) -> None:
    before = read_agent(definition_in(folder))
    said = run("mocks", folder).stderr
    after = read_agent(definition_in(folder))
    assert said == f"{folder / 'mock-tools.json'} holds the mock data invented for 5 tools\n"
    assert len(before.invented) == 5
    assert after.invented == ()
    assert [t.mock_data for t in after.definition.tools] == [t.mock_data for t in before.definition.tools]


def test_mock_data_that_are_there_are_kept(folder: Path) -> None:
    own = [{"input": {"move_number": "PW00000001"}, "output": {"status": "scheduled", "last_name": "Otto"}}]
    (folder / "mock-tools.json").write_text(json.dumps([{"name": "get_move", "mock_data": own}]), "utf-8")
    assert "for 4 tools" in run("mocks", folder).stderr
    written = {tool["name"]: tool for tool in json.loads((folder / "mock-tools.json").read_text("utf-8"))}
    assert written["get_move"]["mock_data"] == own


def test_explain_shows_what_is_invented(folder: Path) -> None:
    view = explained(definition_in(folder))
    assert all(tool["invented"] for tool in view["tools"])
    assert '  get_move {"move_number": "PW' in told(view)
    run("mocks", folder)
    assert "Invented" not in told(explained(definition_in(folder)))
