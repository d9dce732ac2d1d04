"""A project's first things are made once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evalgen.catalog.defaults import Defaults
from evalgen.catalog.seeds import seed
from evalgen.storage import keys
from evalgen.storage.entities import Entities, reserve_ids
from evalgen.storage.kinds import METRIC, PERSONALITY
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Item, Key, Stores, Table


def stores(folder: Path) -> Stores:
    return open_stores({"EVALGEN_STATE": str(folder), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})


def clock() -> float:
    return 1_800_000_000.0


def test_seeding_again_changes_nothing(tmp_path: Path) -> None:
    opened = stores(tmp_path)
    seed(opened, clock, "k")
    last = opened.table.get(keys.sequence(1))
    before = [item for kind in (METRIC, PERSONALITY) for item in Entities(opened.table, kind).all(1)]
    seed(opened, lambda: clock() + 60, "k")
    assert [item for kind in (METRIC, PERSONALITY) for item in Entities(opened.table, kind).all(1)] == before
    assert opened.table.get(keys.sequence(1)) == last
    assert len({item["id"] for item in before}) == len(before) > 40


def test_the_key_is_stored_as_a_hash_that_leads_to_the_project(tmp_path: Path) -> None:
    opened = stores(tmp_path)
    seed(opened, clock, "the-key")
    seed(opened, clock, "another-key")
    for key in ("the-key", "another-key"):
        item = opened.table.get(keys.api_key(hashlib.sha256(key.encode()).hexdigest()))
        assert item is not None
        assert item["project_id"] == 1


def test_two_processes_that_seed_at_once_make_one_project(tmp_path: Path) -> None:
    class Late:
        """A table that another process seeds between the look and the write."""

        def __init__(self, inner: Stores) -> None:
            self._inner = inner

        def get(self, key: Key) -> Item | None:
            found = self._inner.table.get(key)
            if key == keys.project(1) and found is None:
                seed(self._inner, clock, "other")
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner.table, name)

    opened = stores(tmp_path)
    table: Table = Late(opened)  # type: ignore[assignment]  # the other methods are the inner table's
    seed(Stores(table, opened.queue, opened.blobs), clock, "k")
    assert len(list(Entities(opened.table, METRIC).all(1))) == 10


def test_reserved_ids_are_never_given_twice(tmp_path: Path) -> None:
    table = stores(tmp_path).table
    assert [*reserve_ids(table, 1, 3), *reserve_ids(table, 1, 1), *reserve_ids(table, 2, 2)] == [
        1,
        2,
        3,
        4,
        1,
        2,
    ]


def test_a_project_without_plain_voices_has_no_default() -> None:
    assert Defaults((), ()).voice("en") is None
