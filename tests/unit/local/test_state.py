"""The state folder is its owner's alone, and what cannot be used of it is said in a line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli import app
from evalgen.storage.sqlite import Database
from local.state import StateUnusable, database, held


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def test_a_new_state_folder_and_one_of_an_earlier_stack_are_private(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir(mode=0o755)
    Database(old / "state.sqlite3")
    for folder in (tmp_path / "new", old):
        with held(folder):
            assert mode(folder) == 0o700


def test_a_folder_that_is_there_for_something_else_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "notes.txt").touch()
    with held(tmp_path):
        assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "no tables"])
def test_a_damaged_database_is_named_and_nothing_is_traced(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "state.sqlite3"
    Database(path).close()
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_bytes(b"no database " * 1000)
        case "cut":
            os.truncate(path, 1000)
        case "no tables":
            with Database(path).writing() as connection:
                connection.execute("DROP TABLE items")
    with pytest.raises(StateUnusable, match=r"state\.sqlite3 cannot be used"):
        database(tmp_path)
    told = CliRunner().invoke(app, ["projects", "--state", str(tmp_path)])
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert "state.sqlite3 cannot be used" in told.stderr
