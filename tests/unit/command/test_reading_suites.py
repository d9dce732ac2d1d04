"""`show`, `coverage`, `diff`: what a saved suite tells."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.agents_on_disk import FOLDERS
from tests.unit.command.kit import run, told


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("suite") / "old.json"
    assert run("generate", FOLDERS["roadside"], "-n", "6", "-o", out).exit_code == 0
    return out


def test_show_lists_all_or_gives_one_in_full(suite: Path) -> None:
    names = [one["name"] for one in json.loads(suite.read_text())["scenarios"]]
    assert names[1] in " ".join(run("show", suite, "--json").stdout.split())
    one = run("show", suite, "2").stdout
    assert names[1] in one
    assert "Instructions" in one
    assert json.loads(run("show", suite, names[1], "--json").stdout)[0]["name"] == names[1]


@pytest.mark.parametrize("wanted", ["7", "0", "no such thing"])
def test_a_scenario_that_is_not_there_is_told(suite: Path, wanted: str) -> None:
    code, error = told(run("show", suite, wanted))
    assert (code, error) == (2, f"evalgen: no scenario {wanted!r} in {suite}: there are 1 to 6\n")


def test_coverage_ends_with_1_below_the_limit_only(suite: Path) -> None:
    share = json.loads(run("coverage", suite, "--json").stdout)["share"]
    assert 0 < share < 0.9
    assert run("coverage", suite, "--min", str(share - 0.01)).exit_code == 0
    code, error = told(run("coverage", suite, "--min", "0.95"))
    assert (code, "less than 95%" in error) == (1, True)


def test_coverage_lists_what_is_missing_with_its_line(suite: Path) -> None:
    left = json.loads(run("coverage", suite, "--json").stdout)["left"]
    said = " ".join(run("coverage", suite, "--missing").stdout.split())
    statement = next(one for one in left if one["line"])
    assert f"line {statement['line']}: {' '.join(statement['text'].split())}" in said


def test_diff_tells_a_changed_agent_and_what_follows(suite: Path, tmp_path: Path) -> None:
    same = run("diff", suite, FOLDERS["roadside"])
    assert same.exit_code == 0
    assert same.stdout.startswith("Scenarios: 6 hold, ")
    assert same.stdout.endswith(" are not in the suite\n")
    folder = shutil.copytree(FOLDERS["roadside"], tmp_path / "agent")
    tools = json.loads((folder / "mock-tools.json").read_text())
    (folder / "mock-tools.json").write_text(json.dumps(tools[:-1]))
    definitions = json.loads((folder / "tool-definitions.json").read_text())
    gone = tools[-1]["name"]
    kept = [tool for tool in definitions if tool["name"] != gone]
    (folder / "tool-definitions.json").write_text(json.dumps(kept))
    prompt = folder / "system-prompt.txt"
    prompt.write_text(prompt.read_text() + "\nNever promise that a truck comes within ten minutes.\n")
    result = run("diff", suite, folder)
    assert result.exit_code == 1
    assert "Never promise that a truck comes within ten minutes." in result.stdout
    assert f"- tool {gone}" in result.stdout.splitlines()
    found = json.loads(run("diff", suite, folder, "--json").stdout)
    statuses = [one["status"] for one in found["scenarios"] if one["status"] != "new"]
    assert len(statuses) == 6
    run("generate", folder, "-n", "2", "-o", tmp_path / "new")
    assert run("diff", suite, tmp_path / "new").stdout == result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "Not valid JSON at line 1"),
        ("[]", "is no generated suite"),
        ('{"agent": {}}', "Required."),
        ("\xff", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_suite_is_told_in_a_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(content.encode("latin-1"))
    for command in ("show", "coverage"):
        code, error = told(run(command, path))
        assert code == 2
        assert said in error
        assert len(error.splitlines()) == 1
