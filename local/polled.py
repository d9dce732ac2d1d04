"""What a poller needs of a queue, and the embedded queue as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from evalgen.jobs.coming_again import FOR_OTHERS
from evalgen.storage.sqlite import ReceivedMessage, SqliteQueue
from evalgen.storage.turns import ANY_WEIGHT

RETRY_S = 5


class PolledQueue(Protocol):
    """A message received too often goes to the dead-letter queue by itself, when it is visible again.

    A receipt that is no longer good changes nothing.
    """

    def receive(self, max_messages: int, visibility_s: int) -> Sequence[ReceivedMessage]:
        """Up to `max_messages` that are visible; nobody else gets them for `visibility_s`."""

    def delete(self, receipt: str) -> None: ...

    def extend(self, receipt: str, seconds: int) -> None:
        """Keep it invisible for `seconds` from now; 0 makes it visible at once."""

    def give_back(self, receipt: str) -> None:
        """Make it visible at once; where the queue can do that, as if it had not been received."""

    def failed(self, receipt: str) -> None:
        """Its function failed, and has postponed it, or could not."""


class EmbeddedQueue:
    """A queue over SQLite with what SQS calls its redrive policy; without `dead_letter_url` it has none.

    Of messages that weigh more than `heaviest` (`storage/turns.py`) it knows nothing.
    """

    def __init__(
        self,
        queue: SqliteQueue,
        max_receives: int | None,
        dead_letter_url: str | None,
        heaviest: int = ANY_WEIGHT,
    ) -> None:
        self._queue = queue
        self._heaviest = heaviest
        self._max_receives = max_receives
        self._dead_letter_url = dead_letter_url
        self.delete = queue.delete
        self.extend = queue.extend
        self.give_back = queue.give_back

    def failed(self, receipt: str) -> None:
        """Kinder than SQS: what was not postponed, the disk being full, does not wait for many minutes."""
        self._queue.hasten(receipt, RETRY_S, from_s=max(FOR_OTHERS))

    def receive(self, max_messages: int, visibility_s: int) -> Sequence[ReceivedMessage]:
        """An empty queue, asked many times a second, is only read: writing takes the one lock there is."""
        if not self._queue.depth():
            return []
        if self._max_receives is not None and self._dead_letter_url is not None:
            self._queue.redrive(self._max_receives, self._dead_letter_url)
        return self._queue.receive(max_messages, visibility_s, self._heaviest)
