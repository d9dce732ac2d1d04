"""Sets of ids in the table: a bit for each, in an item for each block of ids, which costs little to read.

A job marks in items of its own, so that workers on different jobs are no rivals; once it has ended, the
sweeper adds them to those of the blocks. An id is added once and removed once, by transactions that happen
once: so adding its bit is setting it. Imports nothing but the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Item, Key, Reading, Update, Write
from evalgen.storage.walking import every_item

WORD_BITS = 90
"""A number of DynamoDB has 38 digits, 126 bits; emulators that add with Python's decimals keep 28, or 93."""

WORDS = 11
BLOCK_IDS = WORD_BITS * WORDS

Ids = dict[int, int]
"""The bits of each block: of its first id the lowest."""


def marking(listed: Iterable[str], ids: Iterable[int], by: int, job_first_id: int = 0) -> list[Write]:
    """Writes that add (`by` 1) or remove (-1) ids, in each set; in items of the job if it has a first id."""
    amounts = words(ids, by)
    return [
        Update(_key(pk, block, job_first_id), add=dict(of_block), expect=Expect.ANYTHING)
        for pk in listed
        for block, of_block in amounts.items()
    ]


def words(ids: Iterable[int], by: int = 1) -> dict[int, Counter[str]]:
    """What adding these ids adds to the attributes of each block's item."""
    found: dict[int, Counter[str]] = {}
    for one in ids:
        block, bit = divmod(one, BLOCK_IDS)
        found.setdefault(block, Counter())[f"w{bit // WORD_BITS}"] += by << (bit % WORD_BITS)
    return found


def bits_of(item: Item) -> int:
    """The bits of the block in an item, which may have other attributes too."""
    marked = ((name[1:], int(amount)) for name, amount in item.items() if name[0] == "w")
    return sum(amount << (int(word) * WORD_BITS) for word, amount in marked if word.isdecimal())


def settling(pk: str, ids: Iterable[int], job_first_id: int) -> list[Write]:
    """Writes that move what a job has marked in a set from its own items, if they are there, to the set's."""
    moved = marking([pk], ids, 1)
    blocks = [int(write.key.sk) for write in moved]
    return [*(Delete(_key(pk, block, job_first_id), Expect.PRESENT) for block in blocks), *moved]


def read_ids(table: Reading, pk: str) -> Ids:
    """The set at `pk`. A million scenarios with their profiles are two thousand items of 250 bytes."""
    found: Counter[int] = Counter()
    for item in every_item(table, pk):
        found[int(str(item["sk"]).partition("#")[0])] += bits_of(item)
    return {block: bits for block, bits in found.items() if bits}


def both(one: Ids, other: Ids) -> Ids:
    return {block: bits & other.get(block, 0) for block, bits in one.items()}


def either(one: Ids, other: Ids) -> Ids:
    return {block: one.get(block, 0) | other.get(block, 0) for block in one.keys() | other.keys()}


def without(one: Ids, other: Ids) -> Ids:
    return {block: bits & ~other.get(block, 0) for block, bits in one.items()}


def count(ids: Ids) -> int:
    return sum(bits.bit_count() for bits in ids.values())


def page(ids: Ids, size: int, *, offset: int = 0, after: int = 0) -> list[int]:
    """Up to `size` ids in order: those after the first `offset` of those above `after`."""
    found: list[int] = []
    for block in sorted(ids):
        bits = ids[block] >> max(0, after + 1 - block * BLOCK_IDS) << max(0, after + 1 - block * BLOCK_IDS)
        if offset >= bits.bit_count():
            offset -= bits.bit_count()
            continue
        found += list(_ones(bits, block * BLOCK_IDS))[offset:]
        offset = 0
        if len(found) >= size:
            break
    return found[:size]


def _ones(bits: int, first_id: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield first_id + lowest.bit_length() - 1
        bits ^= lowest


def _key(pk: str, block: int, job_first_id: int = 0) -> Key:
    own = f"#{keys.padded(job_first_id)}" if job_first_id else ""
    return Key(pk, keys.padded(block) + own)
