from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evalgen.storage.ports import Stores
from tests.integration.storage.adapters import ADAPTERS, Opened


@pytest.fixture(params=ADAPTERS)
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opened]:
    with ADAPTERS[request.param](tmp_path, monkeypatch) as it:
        yield it


@pytest.fixture
def stores(opened: Opened) -> Stores:
    return opened.stores
