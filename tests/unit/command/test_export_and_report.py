"""`export` and `report`: a saved suite as files for others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalgen.exports.formats import FORMATS, FormatName
from tests.unit.command.kit import SAMPLE, run, told


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("suite") / "suite.json"
    assert run("generate", SAMPLE, "-n", "3", "-o", out).exit_code == 0
    return out


@pytest.mark.parametrize("name", FORMATS)
def test_a_suite_is_exported_to_every_format_and_what_is_lost_is_said(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: FormatName
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = told(run("export", suite, "--to", name))
    file = FORMATS[name].file_name
    assert (code, said.splitlines()[0]) == (0, f"{file} holds 3 scenarios")
    assert (tmp_path / file).stat().st_size > 1_000
    assert ("not in it: what each assertion rests on (3)" in said) == (
        name not in ("csv", "xlsx", "markdown")
    )
    assert ("does not act on" in said) == (name in ("promptfoo", "deepeval"))


def test_what_is_lost_is_told_of_each_scenario_to_programs(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "cases.json"
    result = run("export", suite, "--to", "retell", "--target", "llm_7", "-o", out, "--json")
    answer = json.loads(result.stdout)
    keys = [one["key"] for one in json.loads(suite.read_text("utf-8"))["scenarios"]]
    assert (answer["file"], answer["scenarios"], list(answer["lost"])) == (str(out), 3, keys)
    assert {one["response_engine"]["llm_id"] for one in json.loads(out.read_text("utf-8"))} == {"llm_7"}


def test_an_export_goes_to_standard_output_where_it_is_asked_for(suite: Path) -> None:
    result = run("export", suite, "--to", "deepeval", "-o", "-", "--json")
    assert len(json.loads(result.stdout)) == 3


def test_a_format_that_there_is_not_is_refused_with_those_that_there_are(suite: Path) -> None:
    code, said = told(run("export", suite, "--to", "word"))
    assert code == 2
    assert "promptfoo" in said


def test_a_report_of_a_suite_is_one_page(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    code, said = told(run("report", suite, "-o", out))
    assert (code, said) == (0, f"{out} shows what is tested; open it in a browser\n")
    page = out.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "<h1>Northlight roadside desk</h1>" in page
    assert "membership-terms.md" in page


@pytest.mark.parametrize("command", [("export", "--to", "retell"), ("report",), ("show",)])
def test_a_scenario_that_lost_a_field_is_told_with_its_number(
    suite: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    kept = json.loads(suite.read_text("utf-8"))
    del kept["scenarios"][1]["assertions"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(kept), "utf-8")
    code, said = told(run(command[0], broken, *command[1:]))
    assert code == 2
    assert f"{broken}: scenario 2 ({kept['scenarios'][1]['name']}) has no assertions" in said
