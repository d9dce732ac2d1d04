"""Every command of the pages and of the GitHub Action runs, in the order in which they stand."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.unit.command.kit import run, told

PAGES = (
    "README.md",
    *(f"docs/{name}.md" for name in ("command", "importers", "exports", "report", "tutorial", "ci")),
)
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^\$ (?:uvx --from \S+ )?evalgen (.*)$", re.MULTILINE)


def commands(page: str) -> list[str]:
    text = (ROOT / page).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in COMMAND.findall(block)]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs"])
def test_every_link_inside_leads_to_a_file_and_a_heading(page: str) -> None:
    files = sorted((ROOT / page).rglob("*.md")) if page == "docs" else [ROOT / page]
    broken = [f"{file.name}: {link}" for file in files for link in links(file) if not leads(file, link)]
    assert broken == []


def links(file: Path) -> list[str]:
    return [link for link in LINK.findall(file.read_text("utf-8")) if not link.startswith("http")]


def leads(file: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = file.parent / path if path else file
    if not target.exists() or not heading:
        return target.exists()
    titles = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-") for title in titles}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the pages speak of."""
    (tmp_path / "tests" / "platforms").mkdir(parents=True)
    for target in ("vapi.json", "tests/platforms/vapi.json"):
        shutil.copy(ROOT / "tests" / "platforms" / "vapi.json", tmp_path / target)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_does_what_the_page_says(page: str, place: Path) -> None:
    found = commands(page)
    assert found
    if page == "docs/ci.md":
        run("init", "agent")
    for command in found:
        if "agent" in command and command.startswith(("init", "import")):
            shutil.rmtree(place / "agent", ignore_errors=True)
        result = run(*shlex.split(command, comments=True))
        assert told(result)[0] == 0, (command, result.output)


def test_the_action_generates_and_measures(place: Path) -> None:
    run("init", "agent")
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    given = {name: str(one.get("default", "agent")) for name, one in steps["inputs"].items()}
    shim = place / "bin" / "evalgen"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m evalgen_cli "$@"\n')
    shim.chmod(0o755)
    path = {"PATH": f"{shim.parent}:{os.environ['PATH']}", "PYTHONPATH": f"{ROOT}/layers/evalgen:{ROOT}"}
    ran = [step for step in steps["runs"]["steps"] if step.get("run", "").startswith("evalgen")]
    assert len(ran) == 2
    for step in ran:
        environ = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in step["env"].items()
        }
        done = subprocess.run(
            ["/bin/sh", "-ec", step["run"]],
            env={**path, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (place / "suite" / "suite.json").is_file()
