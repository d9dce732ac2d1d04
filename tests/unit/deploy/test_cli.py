"""The commands about projects and keys, on an embedded stack's folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deploy.cli import app
from evalgen.catalog.api_keys import hashed
from evalgen.storage.sqlite import Database
from tests.conftest import ROOT


@pytest.fixture
def state(tmp_path: Path) -> Path:
    Database(tmp_path / "state.sqlite3")
    return tmp_path


def deploy(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_project_is_made_and_its_key_alone_is_on_standard_outputs_last_line(state: Path) -> None:
    made = deploy("projects", "--state", state, "--create", "Shop")
    assert made.exit_code == 0
    key = made.stdout.splitlines()[-1]
    assert hashed(key)[:12] in deploy("keys", "--state", state).stdout
    assert "Shop" in deploy("projects", "--state", state).stdout


def test_a_key_is_made_and_withdrawn(state: Path) -> None:
    deploy("projects", "--state", state, "--create", "Shop")
    key = deploy("keys", "--state", state, "--create", "for the build").stdout.strip()
    assert deploy("keys", "--state", state, "--revoke", hashed(key)[:12]).exit_code == 0
    listed = deploy("keys", "--state", state).stdout
    row = next(line for line in listed.splitlines() if "for the build" in line)
    assert row.split("│")[4].strip()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("keys", "--create", "x", "--project", "9"), "There is no project 9"),
        (("keys", "--revoke", "abc"), "has no key abc"),
    ],
)
def test_what_cannot_be_done_is_one_line(state: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = deploy(*arguments, "--state", state)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_folder_without_state_is_named(tmp_path: Path) -> None:
    refused = deploy("projects", "--state", tmp_path / "nothing")
    assert refused.exit_code == 1
    assert "nothing holds no state" in refused.stderr


def test_an_embedded_stacks_folder_needs_nothing_of_aws(state: Path) -> None:
    code = (
        "import sys; sys.modules['botocore'] = sys.modules['boto3'] = None; from deploy.cli import app; app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "projects", "--state", str(state)],
        env={"PYTHONPATH": f"{ROOT / 'layers' / 'evalgen'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
