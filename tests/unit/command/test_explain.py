"""`evalgen explain`: what was understood of an agent, for a person and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalgen.explain import MOST_SCENARIOS, explained
from evalgen_cli.explaining import WIDTH, told
from tests.agents_on_disk import FOLDERS, definition_of
from tests.unit.command.kit import run
from tests.unit.command.kit import told as problem

NAMES = sorted(FOLDERS)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_fits_the_width_and_tells_of_every_statement(name: str) -> None:
    view = explained(definition_of(name))
    lines = told(view).splitlines()
    assert max(map(len, lines)) <= WIDTH
    for statement in view["statements"]:
        start = f"{statement['lines'][0]:>6}  {statement['kind']:<10}{statement['text']}"[: WIDTH - 1]
        assert any(line.startswith(start) for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_says_which_scenarios_test_it_or_why_none_does(name: str) -> None:
    view = explained(definition_of(name))
    for statement in view["statements"]:
        assert bool(statement["tested_by"]) != bool(statement["not_tested"])
        assert all(1 <= number <= view["scenarios"] for number in statement["tested_by"])
    assert len(view["names"]) == view["scenarios"]


def test_it_foretells_how_many_scenarios_there_are_and_what_would_give_more() -> None:
    bank = explained(definition_of("bank_no_mocks"))
    assert bool(bank["shortfall"]) == (bank["scenarios"] < MOST_SCENARIOS)
    assert any(text.startswith("tools: ") and "no mock data" in text for text in bank["advice"])
    assert bank["agent_opens"] is True
    assert bank["shortfall"][:20] in told(bank)


def test_the_command_shows_the_text_and_the_json_of_a_folder() -> None:
    folder = FOLDERS["roadside"]
    view = explained(definition_of("roadside"))
    assert run("explain", folder).stdout == told(view) + "\n"
    answer = json.loads(run("explain", folder, "--json").stdout)
    assert answer == json.loads(json.dumps({**view, "notes": []}))


def test_a_trace_names_the_rule_that_read_each_statement() -> None:
    view = explained(definition_of("roadside"))
    traced = run("explain", FOLDERS["roadside"], "--trace").stdout.splitlines()
    assert [line.strip() for line in traced if line.strip().startswith("read by: ")] == [
        f"read by: {one['read_by']}" for one in view["statements"]
    ]
    assert "read by: " not in told(view)


def test_a_folder_without_an_agent_is_told_in_one_line(tmp_path: Path) -> None:
    code, error = problem(run("explain", tmp_path))
    assert code == 2
    assert "system-prompt.txt" in error
    assert len(error.splitlines()) == 1


def test_an_agent_that_could_not_be_created_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "system-prompt.txt").write_text("")
    code, error = problem(run("explain", tmp_path))
    assert code == 2
    assert "description: Must not be blank" in error
