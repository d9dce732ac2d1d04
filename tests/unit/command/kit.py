"""The command, as tests call it: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from typer.testing import CliRunner, Result

from evalgen_cli.app import app
from tests.conftest import ROOT

SAMPLE = str(ROOT / "events" / "agents" / "roadside")
SMALL = str(ROOT / "tests" / "agents" / "restaurant_line")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def told(result: Result) -> tuple[int, str]:
    """The exit code and what was said on standard error, where no traceback may be."""
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


def process(
    arguments: Sequence[str | Path], stdout: int | IO[str] = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": f"{ROOT / 'layers' / 'evalgen'}{os.pathsep}{ROOT}", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-m", "evalgen_cli", *map(str, arguments)],
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
