"""Stores that count what DynamoDB, SQS and S3 would: calls, units, and bytes either way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.storage.limits import item_bytes
from evalgen.storage.ports import Item, Key, Page, Put, Stores, Write

READ_UNIT, WRITE_UNIT = 4096, 1024
BATCH = 10
"""Messages that SQS takes in one call."""


@dataclass
class Meter:
    """`read_units` of strongly consistent reads; a transaction takes twice the `write_units` of its writes.

    `calls` are of all three services, `requests` of SQS, `puts` and `gets` of S3; bytes are items and blobs.
    """

    calls: int = 0
    read_units: int = 0
    write_units: int = 0
    requests: int = 0
    puts: int = 0
    gets: int = 0
    bytes_in: int = 0
    bytes_out: int = 0

    def read(self, items: Iterable[Item]) -> None:
        size = sum(map(item_bytes, items))
        self.calls += 1
        self.read_units += -(-max(1, size) // READ_UNIT)
        self.bytes_in += size

    def wrote(self, items: Iterable[Item], times: int) -> None:
        sizes = list(map(item_bytes, items))
        self.calls += 1
        self.write_units += times * sum(-(-max(1, size) // WRITE_UNIT) for size in sizes)
        self.bytes_out += sum(sizes)


@dataclass
class Metered:
    """`stores` with a meter; what only some adapters have is passed on."""

    of: Stores
    meter: Meter = field(default_factory=Meter)

    @property
    def stores(self) -> Stores:
        table: Any = _Table(self.of.table, self.meter)
        queue: Any = _Queue(self.of.queue, self.meter)
        blobs: Any = _Blobs(self.of.blobs, self.meter)
        return replace(self.of, table=table, queue=queue, blobs=blobs)


@dataclass
class _Passing:
    of: Any
    meter: Meter

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)


class _Table(_Passing):
    def get(self, key: Key) -> Item | None:
        item: Item | None = self.of.get(key)
        self.meter.read([item] if item else [])
        return item

    def query(self, pk: str, **how: Any) -> Page:
        page: Page = self.of.query(pk, **how)
        self.meter.read(page.items)
        return page

    def write(self, write: Write) -> Item | None:
        before = self._stored(write)
        answer: Item | None = self.of.write(write)
        self.meter.wrote([answer or before], 1)
        return answer

    def transact(self, writes: Sequence[Write]) -> None:
        before = [self._stored(write) for write in writes]
        self.of.transact(writes)
        after = [self._stored(write) for write in writes]
        larger = [max(pair, key=item_bytes) for pair in zip(before, after, strict=True)]
        self.meter.wrote(larger, 2)

    def _stored(self, write: Write) -> Item:
        """What is charged: the item as it is put, or as it stands."""
        if isinstance(write, Put):
            return write.item
        return self.of.get(write.key) or {"pk": write.key.pk, "sk": write.key.sk}


class _Queue(_Passing):
    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        self.of.send(messages, delay_s=delay_s)
        calls = -(-len(messages) // BATCH)
        self.meter.calls += calls
        self.meter.requests += calls
        self.meter.bytes_out += sum(len(json.dumps(message)) for message in messages)


class _Blobs(_Passing):
    def put(self, name: str, data: bytes) -> None:
        self.of.put(name, data)
        self.meter.calls += 1
        self.meter.puts += 1
        self.meter.bytes_out += len(data)

    def get(self, name: str) -> bytes | None:
        data: bytes | None = self.of.get(name)
        self.meter.calls += 1
        self.meter.gets += 1
        self.meter.bytes_in += len(data or b"")
        return data
