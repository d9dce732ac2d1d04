"""The contract of storage, on SQLite, moto and DynamoDB Local: three adapters, one suite.

`tests/` runs it on the first two. Queue and blobs have no other emulator here but ministack, whose deployed
stack uses both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.dynamodb_local import dynamodb_local, own_table
from evalgen.storage.aws.clients import client
from evalgen.storage.ports import Stores
from tests.integration.storage.adapters import ADAPTERS
from tests.integration.storage.test_table_contract import *  # noqa: F403 - the tests themselves


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with dynamodb_local(tmp_path_factory.mktemp("dynamodb")) as running:
        yield running


@pytest.fixture(params=["sqlite", "moto", "dynamodb_local"])
def stores(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stores]:
    client.cache_clear()  # a client keeps the address that it was made with
    if request.param != "dynamodb_local":
        with ADAPTERS[request.param](tmp_path, monkeypatch) as opened:
            yield opened.stores
    else:
        table = own_table(request.getfixturevalue("address"), monkeypatch)
        with ADAPTERS["sqlite"](tmp_path, monkeypatch) as other:
            yield Stores(table, other.stores.queue, other.stores.blobs)
    client.cache_clear()
