"""`python -m local explain`: what was understood of an agent, for a person and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalgen.explain import explained
from local.cli import app
from local.explaining import WIDTH, told
from tests.agents_on_disk import FOLDERS, definition_of

NAMES = sorted(FOLDERS)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["explain", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", NAMES)
def test_the_text_fits_the_width_and_tells_of_every_statement(name: str) -> None:
    view = explained(definition_of(name))
    lines = told(view).splitlines()
    assert max(map(len, lines)) <= WIDTH
    for statement in view["statements"]:
        start = f"{statement['lines'][0]:>6}  {statement['kind']:<12}{statement['text']}"[: WIDTH - 1]
        assert any(line.startswith(start) for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_says_what_the_caller_does_or_why_it_is_not_testable(name: str) -> None:
    for statement in explained(definition_of(name))["statements"]:
        assert bool(statement["caller"]) == (statement["tested_by"] in {"caller", "twist", "tool"})
        assert bool(statement["not_tested"]) == (statement["tested_by"] in {"nothing", "nobody"})


def test_records_show_whose_answer_is_whose_input_and_who_is_known() -> None:
    view = explained(definition_of("roadside"))
    assert "find_member.member_id -> list_vehicles.member_id" in view["links"]
    assert view["people"]
    for person in view["people"]:
        assert person["found_by"] == "find_member"
        assert "member_id" in person["known"]


def test_the_command_shows_the_text_and_the_json_of_a_folder() -> None:
    folder = str(FOLDERS["roadside"])
    view = explained(definition_of("roadside"))
    code, text, _ = run("--agent", folder)
    assert (code, text) == (0, told(view) + "\n")
    code, text, _ = run("--agent", folder, "--json")
    assert (code, json.loads(text)) == (0, json.loads(json.dumps(view)))


def test_a_folder_without_an_agent_is_told_in_one_line(tmp_path: Path) -> None:
    code, text, error = run("--agent", str(tmp_path))
    assert (code, text) == (1, "")
    assert error.startswith("evalgen: ")
    assert "system-prompt.txt" in error


def test_an_agent_that_could_not_be_created_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "system-prompt.txt").write_text("")
    code, _, error = run("--agent", str(tmp_path))
    assert code == 1
    assert "description" in error
