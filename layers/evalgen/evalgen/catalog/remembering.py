"""A table to read from, each item once: for a request that asks for the same things again and again."""

from __future__ import annotations

from evalgen.storage.ports import LAST, Item, Key, Page, Reading


class Remembering:
    def __init__(self, table: Reading) -> None:
        self._table = table
        self._items: dict[Key, Item | None] = {}
        self._pages: dict[tuple[object, ...], Page] = {}

    def get(self, key: Key) -> Item | None:
        if key not in self._items:
            self._items[key] = self._table.get(key)
        return self._items[key]

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
        asked = (pk, first, last, after, limit, descending)
        if asked not in self._pages:
            self._pages[asked] = self._table.query(
                pk, first=first, last=last, after=after, limit=limit, descending=descending
            )
        return self._pages[asked]
