"""The exported file of tests, run by pytest against an agent that does right and agents that do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evalgen.exports.formats import FORMATS
from tests.unit.exports.sample import exported, scenario

AGENT = """
def good(scenario):
    assert "613" in scenario.instructions and "{{" not in scenario.instructions
    found = scenario.call("find", {"phone": "613"})
    answer = scenario.call("cancel", {"id": found["id"], "reason": "feels unwell", "by": "phone"})
    return f"cancelled: {answer['ok']}"

def hasty(scenario):
    scenario.call("cancel", {"id": "p1"})
    scenario.call("find", {"phone": "613"})
    return ""

def idle(scenario):
    assert scenario.call("find", {"phone": "000"}) == {"error": "This call is not mocked in this scenario."}
    return ""

def judge(statement, transcript):
    return "Ana Lee" in statement and transcript == "cancelled: True"
"""


def outcome(folder: Path, play: str, judge: str) -> dict[str, Any]:
    """By test's name, how it ended."""
    (folder / "agent.py").write_text(AGENT)
    name = "test_scenarios.py"
    (folder / name).write_bytes(FORMATS["pytest"].file(exported(scenario(name='"""\\ {x}'))))
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", name]
    settings = {"EVALGEN_PLAY": play, "EVALGEN_JUDGE": judge, "PYTHONPATH": str(folder)}
    settings["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith(f"{name}::")]
    return {line[0].split("::")[1].split("[")[0]: line[1] for line in lines}


@pytest.mark.parametrize(
    ("play", "judge", "calls", "forbidden", "said"),
    [
        ("good", "agent:judge", "PASSED", "PASSED", "PASSED"),
        ("hasty", "", "FAILED", "FAILED", "SKIPPED"),
        ("idle", "agent:judge", "FAILED", "PASSED", "FAILED"),
    ],
)
def test_calls_are_compared_with_what_is_expected_and_statements_judged_where_there_is_a_judge(
    tmp_path: Path, play: str, judge: str, calls: str, forbidden: str, said: str
) -> None:
    assert outcome(tmp_path, f"agent:{play}", judge) == {
        "test_the_expected_calls_are_made_in_their_order": calls,
        "test_no_forbidden_call_is_made": forbidden,
        "test_what_the_agent_says": said,
    }
