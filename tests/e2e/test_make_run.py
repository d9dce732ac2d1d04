"""What `make run` shows, with the real generator and the sample agent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_run_shows_twenty_scenarios_and_saves_them(tmp_path: Path) -> None:
    out = tmp_path / "scenarios.json"
    done = subprocess.run(
        [sys.executable, "-m", "local", "run", "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"TMPDIR": str(tmp_path), "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (0, "")
    saved = json.loads(out.read_text())
    assert (saved["completed_scenarios"], len(saved["scenarios_list"])) == (20, 20)
    assert "20/20" in done.stdout
    lines = done.stdout.splitlines()
    lines.remove(f"Saved 20 scenarios in {out}")
    assert all(len(line) <= 80 for line in lines)
    for title in ("Instructions", "Expected outcome", "Mocked calls", "Only the caller knows", "Try next"):
        assert title in done.stdout
    assert list(tmp_path.iterdir()) == [out]
