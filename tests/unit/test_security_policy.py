"""The threat model's tests exist, by the names that it gives them."""

from __future__ import annotations

import re

from tests.conftest import ROOT

POLICY = (ROOT / "SECURITY.md").read_text()


def test_every_threat_names_tests_that_there_are() -> None:
    rows = [row.split(" | ") for row in POLICY.splitlines() if row.startswith("| ") and "---" not in row][1:]
    sources = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    known = set(re.findall(r"^def (test_\w+)", sources, re.MULTILINE))
    assert len(rows) > 15
    for threat, _, tests in rows:
        names = re.findall(r"`([\w/.]+)`", tests)
        assert names, threat
        for name in names:
            assert (ROOT / name).exists() if "/" in name else name in known, name


def test_actions_of_others_are_pinned_by_their_commit() -> None:
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        used = re.findall(r"uses: (\S+)", workflow.read_text())
        assert used
        assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used), used
