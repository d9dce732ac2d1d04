"""All items of a partition, page after page."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.storage.ports import Item, Table


def every_item(table: Table, pk: str) -> Iterator[Item]:
    """In the order of their sort keys; each page is read when it is needed."""
    after: str | None = None
    while True:
        page = table.query(pk, after=after)
        yield from page.items
        after = page.after
        if after is None:
            return
