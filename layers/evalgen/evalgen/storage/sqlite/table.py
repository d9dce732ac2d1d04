"""The `Table` port over SQLite; it keeps DynamoDB's order, conditions and limits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from evalgen.storage import limits
from evalgen.storage.ports import (
    LAST,
    ConditionFailed,
    Delete,
    Expect,
    Item,
    Key,
    Page,
    Put,
    TransactionCancelled,
    Update,
    Write,
)
from evalgen.storage.sqlite.database import Database

SELECT = "SELECT pk, sk, attributes FROM items WHERE pk = :pk AND sk BETWEEN :first AND :last"
UP = f"{SELECT} AND sk > :after ORDER BY sk LIMIT :rows"
DOWN = f"{SELECT} AND sk < :after ORDER BY sk DESC LIMIT :rows"
BEYOND_LAST = LAST + LAST


class SqliteTable:
    """Text sorts by its UTF-8 bytes, as in DynamoDB."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: Key) -> Item | None:
        limits.check_key(key)
        with self._database.reading() as connection:
            return _get(connection, key)

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str = LAST,
        after: str | None = None,
        limit: int = 100,
        descending: bool = False,
    ) -> Page:
        start = (BEYOND_LAST if descending else "") if after is None else after
        values = {"pk": pk, "first": first, "last": last, "after": start, "rows": limit + 1}
        with self._database.reading() as connection:
            items = [_item(row) for row in connection.execute(DOWN if descending else UP, values)]
        return Page(items[:limit], str(items[limit - 1]["sk"]) if len(items) > limit else None)

    def write(self, write: Write) -> Item | None:
        limits.check_write(write)
        with self._database.writing() as connection:
            stored = _get(connection, write.key)
            if not _met(write, stored):
                raise ConditionFailed(f"{write.key} was expected {write.expect.value}")
            return _apply(connection, write, stored)

    def transact(self, writes: Sequence[Write]) -> None:
        limits.check_writes(writes)
        with self._database.writing() as connection:
            stored = [_get(connection, write.key) for write in writes]
            failed = [
                position
                for position, (write, item) in enumerate(zip(writes, stored, strict=True))
                if not _met(write, item)
            ]
            if failed:
                raise TransactionCancelled(failed)
            for write, item in zip(writes, stored, strict=True):
                _apply(connection, write, item)


def _get(connection: sqlite3.Connection, key: Key) -> Item | None:
    row = connection.execute("SELECT pk, sk, attributes FROM items WHERE pk = ? AND sk = ?", key).fetchone()
    return None if row is None else _item(row)


def _item(row: tuple[str, str, str]) -> Item:
    pk, sk, attributes = row
    return {"pk": pk, "sk": sk, **json.loads(attributes)}


def _met(write: Write, stored: Item | None) -> bool:
    if not isinstance(write, Delete) and write.where:
        return stored is not None and write.where.items() <= stored.items()
    return write.expect is Expect.ANYTHING or (write.expect is Expect.PRESENT) == (stored is not None)


def _apply(connection: sqlite3.Connection, write: Write, stored: Item | None) -> Item | None:
    match write:
        case Put(item):
            _store(connection, item)
            return None
        case Delete(key):
            connection.execute("DELETE FROM items WHERE pk = ? AND sk = ?", key)
            return None
        case Update():
            item = _updated(write, stored)
            limits.check_item(item)
            _store(connection, item)
            return item


def _updated(update: Update, stored: Item | None) -> Item:
    item = {**(stored or {"pk": update.key.pk, "sk": update.key.sk}), **update.set}
    for name, amount in update.add.items():
        current = item.get(name, 0)
        if not isinstance(current, int):
            raise TypeError(f"{name} of {update.key} is {current!r}; only an integer can be added to")
        item[name] = current + amount
    return item


def _store(connection: sqlite3.Connection, item: Item) -> None:
    attributes = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    connection.execute(
        "INSERT OR REPLACE INTO items (pk, sk, attributes) VALUES (?, ?, ?)",
        (item["pk"], item["sk"], json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))),
    )
