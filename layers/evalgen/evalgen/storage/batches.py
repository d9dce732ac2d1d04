"""Writes of many things, in as few transactions as hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evalgen.storage.ports import TRANSACTION_LIMIT, Key, Update, Write


def merged(writes: Iterable[Write]) -> list[Write]:
    """A transaction writes each item once: what is added to the same one is summed."""
    found: dict[Key, Write] = {}
    for write in writes:
        before = found.get(write.key)
        if isinstance(before, Update) and isinstance(write, Update):
            names = {**before.add, **write.add}
            sums = {name: before.add.get(name, 0) + write.add.get(name, 0) for name in names}
            write = replace(write, add=sums)  # noqa: PLW2901 - the sum stands for both
        found[write.key] = write
    return [write for write in found.values() if not _changes_nothing(write)]


def _changes_nothing(write: Write) -> bool:
    return isinstance(write, Update) and not write.set and not any(write.add.values())


def transactions(groups: Iterable[Sequence[Write]]) -> Iterator[list[Write]]:
    """The writes of each group stay together; a group fits a transaction."""
    batch: list[Write] = []
    for group in groups:
        together = merged([*batch, *group])
        if len(together) > TRANSACTION_LIMIT:
            yield batch
            together = merged(group)
        batch = together
    if batch:
        yield batch
