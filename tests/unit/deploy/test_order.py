"""In which order an update of a stack changes its functions."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_what_makes_jobs_is_never_newer_than_what_does_them() -> None:
    template = (ROOT / "template.yaml").read_text()
    api = re.search(r"^  ApiFunction:\n(?P<own>(?:    .*\n)+)", template, re.MULTILINE)
    assert api and re.search(r"^    DependsOn: WorkerFunction\b", api["own"], re.MULTILINE)
