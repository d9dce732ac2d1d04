"""`evalgen generate`, with the real generator and the sample agent."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from evalgen_cli.showing import overview
from evalgen_cli.suite import read_suite
from tests.unit.command.kit import SAMPLE, SMALL, process, run, told

TITLES = ("Instructions", "Expected outcome", "Mocked calls", "Only the caller knows")


def test_a_run_in_a_pipe_shows_its_scenarios_in_80_columns_and_saves_them(tmp_path: Path) -> None:
    out = tmp_path / "scenarios.json"
    done = process(["generate", SAMPLE, "-n", "10", "--out", out])
    assert (done.returncode, done.stderr) == (0, "Generating 10 scenarios ...\n")
    assert len(read_suite(out).scenarios) == 10
    lines = done.stdout.splitlines()
    lines.remove(f"Saved 10 scenarios in {out}")
    assert all(len(line) <= 80 for line in lines)
    assert all(title in done.stdout for title in TITLES)
    assert "\x1b" not in done.stdout
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_agent_and_request_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b", "a.json", "b.json"):
        assert run("generate", SMALL, "-n", "1", "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    one, other = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.json")}
        for name in ("a", "b")
    )
    assert one == other
    assert read_suite(tmp_path / "a") == read_suite(tmp_path / "a.json")


def test_a_folder_has_no_files_of_scenarios_that_are_no_more(tmp_path: Path) -> None:
    run("generate", SAMPLE, "-n", "3", "-o", tmp_path / "suite")
    run("generate", SAMPLE, "-n", "2", "-o", tmp_path / "suite")
    assert len(list((tmp_path / "suite" / "scenarios").iterdir())) == 2
    assert len(read_suite(tmp_path / "suite").scenarios) == 2


def test_fewer_than_asked_for_are_told_with_the_reason_and_end_with_1_where_more_are_demanded() -> None:
    result = run("generate", SMALL, "-n", "5")
    assert result.exit_code == 0
    assert "scenarios are certain" in result.stdout
    code, error = told(run("generate", SMALL, "-n", "5", "--at-least", "2"))
    assert (code, error.splitlines()[-1]) == (1, "evalgen: 1 scenarios are fewer than 2")


@pytest.mark.parametrize(
    ("tags", "shown"),
    [
        ([["question"]], ["question"]),
        ([["question"], ["question"]], ["question", "question"]),
        ([["mine", "question"], ["mine", "done"]], ["question", "done"]),
        ([["mine", "done", "x"], ["mine", "done"]], ["x", "mine, done"]),
    ],
)
def test_each_row_says_what_it_tests_and_tags_of_all_only_where_nothing_else_is_left(
    tags: list[list[str]], shown: list[str]
) -> None:
    plain = {"name": "A", "personality_name": "P", "generated_mock_tool_entries": []}
    table = overview([{**plain, "tags": one} for one in tags])
    (column,) = [one for one in table.columns if one.header == "Tests"]
    assert [str(cell) for cell in column.cells] == shown


def test_json_is_all_that_stands_on_standard_output() -> None:
    for arguments in (["--json"], ["-o", "-"]):
        result = run("generate", SMALL, "-n", "1", *arguments)
        assert result.exit_code == 0
        assert len(json.loads(result.stdout)["scenarios"]) == 1


@pytest.mark.parametrize("arguments", [["--json"], ["-o", "-"]])
def test_what_of_the_files_is_not_read_is_told_beside_json_too(tmp_path: Path, arguments: list[str]) -> None:
    folder = shutil.copytree(SMALL, tmp_path / "agent")
    (folder / "more.json").write_text('[{"name": "page_chef", "descripton": "Calls the chef."}]')
    result = run("generate", folder, "-n", "1", *arguments)
    assert result.exit_code == 0
    assert "descripton" in result.stderr
    assert json.loads(result.stdout)["scenarios"]


def test_red_teaming_takes_its_attack_and_knowledge_its_documents() -> None:
    result = run(
        "generate", SAMPLE, "-n", "2", "--type", "red_teaming_voice", "--attack", "data_leak", "--json"
    )
    found = json.loads(result.stdout)["scenarios"]
    assert {one["generation_type"] for one in found} == {"red_teaming_voice"}
    result = run("generate", SAMPLE, "-n", "1", "--type", "knowledge_base", "--json")
    assert json.loads(result.stdout)["scenarios"][0]["sources"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--type", "red_teaming_voice"], "attack_type: Required with red_teaming_voice"),
        (["--attack", "data_leak"], "attack_type: Only with red_teaming_voice"),
        (["--url", "http://127.0.0.1:9"], "EVALGEN_API_KEY"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_a_line(arguments: list[str], said: str) -> None:
    code, error = told(run("generate", SMALL, *arguments))
    assert code == 2
    assert said in error


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = process(["generate", SMALL, "-n", "1", "--json"], stdout=full)
    assert done.returncode == 2
    assert done.stderr.splitlines()[2:] == ["evalgen: No space left on device"]


def test_a_closed_pipe_is_one_line() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process(["generate", SMALL, "-n", "1", "--json"], stdout=writing)
    os.close(writing)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert "nobody reads the output" in done.stderr


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, error = told(run("generate", SMALL, "-n", "1", "-o", tmp_path / "file" / "s.json"))
    assert code == 2
    assert "file" in error.splitlines()[-1]


def test_a_model_without_its_library_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.delitem(sys.modules, "evalgen.models.openai_compatible", raising=False)
    monkeypatch.setenv("MODEL_API_KEY", "key")
    code, error = told(run("generate", SMALL, "-n", "1", "--model", "openai:gpt"))
    assert code == 2
    assert error.splitlines()[-1].startswith("evalgen: openai is not installed: ")


def test_a_defect_is_told_in_a_line_and_traced_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty: dict[str, object] = {}
    monkeypatch.setattr("evalgen_cli.commands.generate.generate_here", lambda *_: empty["gone"])
    code, error = told(run("generate", SMALL))
    assert (code, error.splitlines()[-1]) == (
        70,
        "evalgen: an error of evalgen's own: KeyError: 'gone'; EVALGEN_TRACE=1 shows where, for a report",
    )
    monkeypatch.setenv("EVALGEN_TRACE", "1")
    assert isinstance(run("generate", SMALL).exception, KeyError)
