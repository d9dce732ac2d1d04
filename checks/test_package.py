"""The wheel: built, installed with what it asks for, and used in an empty folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from deploy.environments import environment, run
from local import ROOT

MOST_INSTALLED = 60_000_000
STARTED = re.compile(r"http://127\.0\.0\.1:\d+")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel and nothing but what it depends on."""
    folder = tmp_path_factory.mktemp("package")
    builder = environment("package") / "bin" / "python"
    run([builder, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], "building the wheel")
    (wheel,) = folder.glob("*.whl")
    run([sys.executable, "-m", "venv", folder / "venv"], "making an environment")
    python = folder / "venv" / "bin" / "python"
    needed = ROOT / "requirements" / "command.txt"
    run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", needed], "installing")
    run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], "installing the wheel")
    run([python, "-m", "pip", "check"], "looking for what is missing")
    return python.parent


def test_what_is_installed_is_small_and_typed(installed: Path) -> None:
    (packages,) = installed.parent.glob("lib/python*/site-packages")
    own = {"pip", "setuptools"}
    files = [file for file in packages.rglob("*") if file.is_file()]
    size = sum(f.stat().st_size for f in files if f.relative_to(packages).parts[0].split("-")[0] not in own)
    assert size < MOST_INSTALLED
    assert (packages / "evalgen" / "py.typed").is_file()
    assert (packages / "evalgen_cli" / "py.typed").is_file()
    assert {path.name for path in packages.glob("*/") if path.name in ("local", "functions")} == set()


def test_an_empty_folder_gets_an_agent_and_its_scenarios(installed: Path, tmp_path: Path) -> None:
    run([installed / "evalgen", "init", "agent"], "init", tmp_path)
    run([installed / "evalgen", "generate", "agent", "-o", "suite.json"], "generate", tmp_path)
    assert len(json.loads((tmp_path / "suite.json").read_text())["scenarios"]) == 20


def test_the_installed_command_serves_the_api(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "evalgen"), "serve", "--port", "0", "--state", str(tmp_path / "state")]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        found = STARTED.search(serving.stdout.readline())
        assert found
        request = urllib.request.Request(
            f"{found[0]}/test_framework/v2/aiagents/", headers={"X-CEKURA-API-KEY": "local-key"}
        )
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["count"] == 0
        serving.terminate()
        assert serving.wait(30) == 0


def test_the_shell_completes_commands(installed: Path) -> None:
    asked = {"_EVALGEN_COMPLETE": "complete_bash", "COMP_WORDS": "evalgen co", "COMP_CWORD": "1"}
    environ = {**os.environ, **asked}
    done = subprocess.run([installed / "evalgen"], env=environ, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["coverage"]
