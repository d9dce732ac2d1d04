"""What people change is whole after any interruption: some of the faults that `make faults` has all of."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.fault_catalog import Shop, one
from tests.integration.storage.adapters import ADAPTERS


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("agent deleted", "killed after a call"),
        ("folder moved", "killed before a call"),
        ("scenarios copied", "answer lost"),
        ("worker, extract", "killed after a call"),
        ("worker, extract", "another worker in between"),
        ("documents added", "agent deleted in between"),
        ("profile made", "agent deleted in between"),
        ("profile changed", "agent deleted in between"),
        ("profile deleted", "another worker in between"),
    ],
)
def test_lists_uses_and_files_agree_whatever_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, kind: str
) -> None:
    at = 1
    while True:
        with ADAPTERS["sqlite"](tmp_path / f"state-{at}", monkeypatch) as opened:
            if not one(Shop(opened.stores), step, kind, at):
                break
        at += 1
    assert at > 2
