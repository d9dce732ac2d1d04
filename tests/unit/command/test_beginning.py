"""`init`, `import`, `--help`: the first minutes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from evalgen_cli.agents import read_agent
from tests.agents_on_disk import FOLDERS
from tests.conftest import ROOT
from tests.unit.command.kit import run, told


def test_the_starter_gives_twenty_scenarios(tmp_path: Path) -> None:
    folder = tmp_path / "agent"
    assert run("init", folder).exit_code == 0
    assert {"README.md", "system-prompt.txt"} < {file.name for file in folder.iterdir()}
    assert run("generate", folder, "-n", "20", "--at-least", "20").exit_code == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for result in (run("init", tmp_path), run("import", FOLDERS["roadside"], "-o", tmp_path)):
        code, error = told(result)
        assert (code, "not empty" in error) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_an_imported_agent_is_the_same_agent_when_it_is_read_again(tmp_path: Path) -> None:
    for name in ("roadside", "moving_export"):
        out = tmp_path / name
        assert run("import", FOLDERS[name], "-o", out).exit_code == 0
        before, after = read_agent([FOLDERS[name]]).agent, read_agent([out]).agent
        tools = [{tool["name"]: tool for tool in one.pop("mock_tools")} for one in (before, after)]
        assert before == after
        for tool in tools[0].values():
            assert {**tool, **tools[1][tool["name"]]} == {**tool}


def test_every_command_has_its_help() -> None:
    commands = (
        "init", "generate", "explain", "show", "coverage", "report", "export", "mocks", "import", "diff",
        "serve",
    )  # fmt: skip
    said = run("--help").stdout
    for command in commands:
        assert command in said
        assert run(command, "--help").exit_code == 0


def test_json_of_import_has_the_agent_as_the_api_takes_it() -> None:
    found = json.loads(run("import", FOLDERS["roadside"], "--json").stdout)
    assert found["agent"]["name"] == "Northlight roadside desk"
    assert found["format"] == "prompt"


def test_starting_loads_nothing_that_only_some_commands_need() -> None:
    code = "import sys, evalgen_cli.app; print(*sys.modules)"
    path = f"{ROOT / 'layers' / 'evalgen'}{os.pathsep}{ROOT}"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    needed_by_some = {
        "aws_lambda_powertools",
        "boto3",
        "botocore",
        "openpyxl",
        "pypdf",
        "bs4",
        "re2",
        "jinja2",
        "xlsxwriter",
        "yaml",
    }
    heavy = {"evalgen.generation.with_model.sent", "evalgen.generation.with_model.generator"}
    assert set(done.stdout.split()) & (needed_by_some | heavy) == set()
