"""Invented mock data as a file that a person corrects."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evalgen.explain import explained
from evalgen.generation.embedded import read_agent
from local.agent_folder import definition_in
from local.explaining import told
from local.mock_writing import write_mocks
from tests.agents_on_disk import FOLDERS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDERS["moving_export"], tmp_path / "agent"))


def test_what_is_written_is_read_as_the_same_mock_data(folder: Path) -> None:
    before = read_agent(definition_in(folder))
    path, count = write_mocks(folder)
    after = read_agent(definition_in(folder))
    assert path == folder / "mock-tools.json"
    assert count == len(before.invented) == 5
    assert after.invented == ()
    assert [t.mock_data for t in after.definition.tools] == [t.mock_data for t in before.definition.tools]


def test_mock_data_that_are_there_are_kept(folder: Path) -> None:
    own = [{"input": {"move_number": "PW00000001"}, "output": {"status": "scheduled", "last_name": "Otto"}}]
    (folder / "mock-tools.json").write_text(json.dumps([{"name": "get_move", "mock_data": own}]), "utf-8")
    _, count = write_mocks(folder)
    written = {tool["name"]: tool for tool in json.loads((folder / "mock-tools.json").read_text("utf-8"))}
    assert count == 4
    assert written["get_move"]["mock_data"] == own


def test_explain_shows_what_is_invented(folder: Path) -> None:
    view = explained(definition_in(folder))
    assert all(tool["invented"] for tool in view["tools"])
    assert '  get_move {"move_number": "PW' in told(view)
    write_mocks(folder)
    assert "Invented" not in told(explained(definition_in(folder)))
