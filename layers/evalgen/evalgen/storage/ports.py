"""The three ports that an adapter fills: `Table`, `Queue` and `Blobs`.

One contract suite (`tests/integration/storage`) runs against every adapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

from evalgen.errors import Retryable

Value = str | int
Item = dict[str, Value]
"""Flat: strings and integers only, with `pk` and `sk` among them; a document is JSON text in `body`."""

LAST = "\U0010ffff"
"""Sorts after every character that a sort key holds."""

TRANSACTION_LIMIT = 100
"""Writes in one transaction (DynamoDB's own limit)."""

JOB_RETENTION_DAYS = 90
"""How long jobs are kept where nothing else is set."""


class Key(NamedTuple):
    pk: str
    sk: str


class Expect(Enum):
    """What must be true of the item for a write to happen."""

    ANYTHING = "anything"
    ABSENT = "absent"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Put:
    """`where`: what the stored item must have for the write to happen; it is then expected to be there."""

    item: Item
    expect: Expect = Expect.ANYTHING
    where: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return Key(str(self.item["pk"]), str(self.item["sk"]))


@dataclass(frozen=True, slots=True)
class Update:
    """Add to integer attributes (absent ones count as 0) and set others, in one step; `where` as of a Put."""

    key: Key
    add: Mapping[str, int] = field(default_factory=dict)
    set: Mapping[str, Value] = field(default_factory=dict)
    expect: Expect = Expect.PRESENT
    where: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delete:
    key: Key
    expect: Expect = Expect.ANYTHING


Write = Put | Update | Delete


@dataclass(frozen=True, slots=True)
class Page:
    """Items in key order; `after` continues the query, and is None at its end."""

    items: list[Item]
    after: str | None


class ConditionFailed(Exception):
    """A single write's expectation was not met; nothing was written."""


class TransactionCancelled(Exception):
    """Nothing was written: the expectations of the writes at `failed` (positions) were not met."""

    def __init__(self, failed: Sequence[int]) -> None:
        super().__init__(f"expectations not met at {list(failed)}")
        self.failed = tuple(failed)


class Contention(Retryable):
    """Other writers held the same items for longer than the adapter kept trying."""


class Reading(Protocol):
    """Items under (pk, sk), ordered by the bytes of `sk` in UTF-8; reads are strongly consistent."""

    def get(self, key: Key) -> Item | None: ...

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
        """Items of one partition with first <= sk <= last, at most `limit`, beyond the cursor `after`.

        A page has fewer than `limit` items only at the end.
        """


class Table(Reading, Protocol):
    """Writes raise TooLarge (Permanent) for what is over the limits of `storage/limits.py`."""

    def write(self, write: Write) -> Item | None:
        """Do one write; an `Update` answers with the item after it. Raises ConditionFailed."""

    def transact(self, writes: Sequence[Write]) -> None:
        """All or nothing: 1 to TRANSACTION_LIMIT distinct keys. Raises TransactionCancelled, Contention."""


class Queue(Protocol):
    """Receiving and deleting belong to the poller (on AWS, to Lambda)."""

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        """Send JSON messages, in batches; all were accepted on return. Raises Retryable otherwise.

        What waits is shared out by `storage/turns.py`.
        """

    def postpone(self, receipt: str, delay_s: int) -> None:
        """Have a message that is being worked on delivered again after so many seconds.

        Changes nothing by a receipt that is no longer good, nor once the message is visible again.
        Raises Retryable.
        """


class Blobs(Protocol):
    """Bytes under a name with slashes. Addresses let whoever holds them do one thing for some seconds."""

    def put(self, name: str, data: bytes) -> None: ...

    def get(self, name: str) -> bytes | None: ...

    def size(self, name: str) -> int | None:
        """In bytes; None if there is no such blob."""

    def delete(self, name: str) -> None: ...

    def upload_url(self, name: str, size: int, seconds: int) -> str:
        """Where exactly `size` bytes may be sent by PUT."""

    def download_url(self, name: str, file_name: str, seconds: int) -> str:
        """Where the blob can be fetched as a file of that name."""


@dataclass(frozen=True, slots=True)
class Stores:
    """`job_retention_days`: how long after its creation a new job is kept."""

    table: Table
    queue: Queue
    blobs: Blobs
    job_retention_days: int = JOB_RETENTION_DAYS
