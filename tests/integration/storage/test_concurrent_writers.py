"""Writers at the same time; not on moto, which answers from one process without locking its items."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evalgen.storage.ports import Expect, Item, Key, Update
from tests.integration.storage.adapters import ADAPTERS

CONCURRENT = sorted(ADAPTERS.keys() - {"moto"})


@pytest.mark.parametrize("adapter", CONCURRENT)
def test_two_threads_that_add_to_one_counter_lose_nothing(
    adapter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ADAPTERS[adapter](tmp_path, monkeypatch) as opened:
        table = opened.stores.table

        def add(_: int) -> Item | None:
            return table.write(Update(Key("P#1", "COUNTER"), add={"last": 1}, expect=Expect.ANYTHING))

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(add, range(40)))
    assert sorted(int(answer["last"]) for answer in answers if answer) == list(range(1, 41))
