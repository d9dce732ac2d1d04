from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evalgen.storage.ports import Stores
from tests.integration.jobs.kit import FakeGenerator, Functions
from tests.integration.storage.adapters import ADAPTERS


@pytest.fixture(params=ADAPTERS)
def stores(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stores]:
    with ADAPTERS[request.param](tmp_path, monkeypatch) as opened:
        yield opened.stores


@pytest.fixture
def functions(tmp_path: Path) -> Functions:
    return Functions(tmp_path, FakeGenerator())
