"""The embedded stores across processes, and in files that nothing may escape from or leave half-written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evalgen.storage.folder import FolderBlobs
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Contention, Item, Key, Put
from evalgen.storage.sqlite import Database, SqliteTable

LAYER = Path(__file__).parents[3] / "layers" / "evalgen"
ADDING = """
import sys
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Expect, Key, Update

stores = open_stores({"EVALGEN_STATE": sys.argv[1], "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
for _ in range(50):
    stores.table.write(Update(Key("P#1", "COUNTER"), add={"n": 1}, expect=Expect.ANYTHING))
    stores.queue.send([{"n": 1}])
"""


def test_processes_that_open_the_same_new_folder_at_once_lose_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state"
    processes = [
        subprocess.Popen([sys.executable, "-c", ADDING, str(state)], env={"PYTHONPATH": str(LAYER)})
        for _ in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    stores = open_stores({"EVALGEN_STATE": str(state), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
    assert stores.table.get(Key("P#1", "COUNTER")) == {"pk": "P#1", "sk": "COUNTER", "n": 150}


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    item: Item = {"pk": "P#1", "sk": "a", "n": 1}
    SqliteTable(Database(tmp_path / "state.sqlite3")).write(Put(item))
    assert SqliteTable(Database(tmp_path / "state.sqlite3")).get(Key("P#1", "a")) == item


def test_a_writer_that_waits_for_longer_than_its_patience_meets_contention(tmp_path: Path) -> None:
    database = Database(tmp_path / "state.sqlite3", busy_timeout_s=0.01)
    with database.writing(), pytest.raises(Contention, match="locked"), database.writing():
        pass


def test_a_block_that_fails_writes_nothing_and_leaves_the_database_usable(tmp_path: Path) -> None:
    database = Database(tmp_path / "state.sqlite3")
    insert = "INSERT INTO items (pk, sk, attributes) VALUES ('p', 's', '{}')"

    def insert_twice() -> None:
        with database.writing() as connection:
            connection.execute(insert)
            connection.execute(insert)

    with pytest.raises(sqlite3.IntegrityError):
        insert_twice()
    assert SqliteTable(database).get(Key("p", "s")) is None
    with database.writing() as connection:
        connection.execute(insert)
    assert SqliteTable(database).get(Key("p", "s")) == {"pk": "p", "sk": "s"}


@pytest.mark.parametrize(
    "name",
    ["", "/etc/x", "../x", "a/../x", "a/./x", "a//x", "a/", ".incoming/x", "a\\b", "a\0b", "a/.hidden"],
)
def test_a_blobs_name_cannot_leave_its_folder(tmp_path: Path, name: str) -> None:
    blobs = FolderBlobs(tmp_path)
    calls: list[Callable[[str], object]] = [lambda name: blobs.put(name, b"x"), blobs.get, blobs.delete]
    for call in calls:
        with pytest.raises(ValueError, match="no name of a blob"):
            call(name)
    assert list(tmp_path.iterdir()) == []


def test_a_blob_has_its_old_content_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put("a/b", b"old")

    def die(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        blobs.put("a/b", b"new")
    assert blobs.get("a/b") == b"old"


@pytest.mark.parametrize("missing", ["EVALGEN_TABLE", "EVALGEN_QUEUE_URL", "EVALGEN_BUCKET"])
def test_a_setting_that_is_missing_is_named(missing: str) -> None:
    environ = {"EVALGEN_TABLE": "t", "EVALGEN_QUEUE_URL": "q", "EVALGEN_BUCKET": "b"}
    with pytest.raises(RuntimeError, match=missing):
        open_stores({**environ, missing: ""})
