"""All items of a partition, page after page."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.storage.ports import LAST, Item, Reading


def every_item(table: Reading, pk: str, *, first: str = "", last: str = LAST) -> Iterator[Item]:
    """Those with first <= sk <= last, in the order of their keys; each page is read when it is needed."""
    after: str | None = None
    while True:
        page = table.query(pk, first=first, last=last, after=after)
        yield from page.items
        after = page.after
        if after is None:
            return
