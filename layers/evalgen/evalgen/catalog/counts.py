"""How many scenarios a list has and where in it a page begins, from counts of blocks of ids.

A job counts in items of its own, so that workers on different jobs are no rivals; once it has ended, the
sweeper adds them to those of the blocks. Imports nothing but the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Item, Key, Table, Update, Write
from evalgen.storage.walking import every_item

BLOCK_IDS = 1024


@dataclass(frozen=True, slots=True)
class Place:
    """`skip` things after the first with an id of at least `first_id`."""

    first_id: int
    skip: int


def counting(listed: Iterable[str], ids: Iterable[int], by: int, job_first_id: int = 0) -> list[Write]:
    """Writes that count `by` for each id, in each list; in items of the job if it has a `job_first_id`."""
    blocks = Counter(one // BLOCK_IDS for one in ids)
    return [
        Update(_key(pk, block, job_first_id), add={"n": by * number}, expect=Expect.ANYTHING)
        for pk in listed
        for block, number in blocks.items()
    ]


def settled(table: Table, listed: Iterable[str], job_first_id: int, total: int) -> Iterator[Write]:
    """Writes that add what a job has counted, and counts no longer, to its blocks."""
    blocks = {one // BLOCK_IDS for one in (job_first_id, job_first_id + total - 1)}
    for pk in listed:
        for block in sorted(blocks):
            own = _key(pk, block, job_first_id)
            item = table.get(own)
            if item is not None:
                yield Delete(own, Expect.PRESENT)
                yield Update(_key(pk, block), add={"n": int(item["n"])}, expect=Expect.ANYTHING)


def count(table: Table, listed: str) -> int:
    return sum(int(item["n"]) for item in every_item(table, keys.counts(listed)))


def place_of(table: Table, listed: str, offset: int) -> Place:
    """Where the list goes on after so many things."""
    blocks: Counter[int] = Counter()
    for item in every_item(table, keys.counts(listed)):
        blocks[_block(item)] += int(item["n"])
    for block in sorted(blocks):
        if offset < blocks[block]:
            return Place(block * BLOCK_IDS, offset)
        offset -= blocks[block]
    return Place(10**keys.ID_DIGITS - 1, offset)


def _key(listed: str, block: int, job_first_id: int = 0) -> Key:
    own = f"#{keys.padded(job_first_id)}" if job_first_id else ""
    return Key(keys.counts(listed), keys.padded(block) + own)


def _block(item: Item) -> int:
    return int(str(item["sk"]).partition("#")[0])
