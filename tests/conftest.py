"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.reading import read_system
from local.system import System

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def system() -> System:
    """What the repository's own template deploys."""
    return read_system(ROOT / "template.yaml")
