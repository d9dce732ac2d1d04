"""Rules of others for the template. What is let pass is named where it stands, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.environments import environment, run
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def linters() -> Path:
    return environment("linters") / "bin"


def test_cfn_lint_and_its_serverless_rules_find_nothing(linters: Path) -> None:
    run(
        [linters / "cfn-lint", "--append-rules", "cfn_lint_serverless.rules", "--", "template.yaml"],
        "cfn-lint",
    )


def test_checkov_finds_nothing(linters: Path) -> None:
    config = Path(__file__).parent / "checkov.yaml"
    said = run([linters / "checkov", "--config-file", config.relative_to(ROOT)], "checkov")
    assert "Failed checks: 0" in said
