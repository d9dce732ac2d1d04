"""The `Queue` port over SQLite, and what a poller needs of it besides."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalgen.clock import Clock
from evalgen.storage import limits
from evalgen.storage.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """`receipt` is good until the message is received again; times are seconds since 1970."""

    id: str
    body: str
    receipt: str
    receive_count: int
    sent_at: float
    first_received_at: float


class SqliteQueue:
    """The queue named `url` (`sqlite:<LogicalId>`) among those in one database."""

    def __init__(self, database: Database, url: str, now: Clock = time.time) -> None:
        self._database = database
        self.url = url
        self._now = now

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        bodies = [json.dumps(message, ensure_ascii=False) for message in messages]
        limits.check_messages(bodies, delay_s)
        now = self._now()
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO messages (id, queue, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)",
                [(str(uuid.uuid4()), self.url, body, now, now + delay_s) for body in bodies],
            )

    def receive(self, max_messages: int, visibility_s: float) -> list[ReceivedMessage]:
        """Up to `max_messages` that are visible, oldest first; nobody else gets them for `visibility_s`."""
        now = self._now()
        with self._database.writing() as connection:
            rows = connection.execute(
                """
                UPDATE messages SET receipt = lower(hex(randomblob(16))), visible_at = :until,
                    receive_count = receive_count + 1, first_received_at = coalesce(first_received_at, :now)
                WHERE id IN (SELECT id FROM messages WHERE queue = :queue AND visible_at <= :now
                             ORDER BY visible_at, rowid LIMIT :most)
                RETURNING id, body, receipt, receive_count, sent_at, first_received_at
                """,
                {"until": now + visibility_s, "now": now, "queue": self.url, "most": max_messages},
            ).fetchall()
        return sorted((ReceivedMessage(*row) for row in rows), key=lambda message: message.sent_at)

    def delete(self, receipt: str) -> None:
        """Done with it; a receipt that is no longer good changes nothing."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM messages WHERE queue = ? AND receipt = ?", (self.url, receipt))

    def extend(self, receipt: str, seconds: float) -> None:
        """Keep it invisible for `seconds` from now; 0 makes it visible at once."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE messages SET visible_at = ? WHERE queue = ? AND receipt = ?",
                (self._now() + seconds, self.url, receipt),
            )

    def release_all(self) -> None:
        """Give back all that were received and not deleted, for every worker is dead; delays remain."""
        now = self._now()
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE messages SET visible_at = :now WHERE queue = :queue AND receipt IS NOT NULL"
                " AND visible_at > :now",
                {"now": now, "queue": self.url},
            )

    def redrive(self, max_receives: int, dead_letter_url: str) -> int:
        """Move those visible again after `max_receives` to the dead-letter queue; answers how many.

        Called before each `receive`, this is what SQS's RedrivePolicy does.
        """
        with self._database.writing() as connection:
            return connection.execute(
                """
                UPDATE messages SET queue = :dead, receipt = NULL, receive_count = 0, first_received_at = NULL
                WHERE queue = :queue AND visible_at <= :now AND receive_count >= :most
                """,
                {"dead": dead_letter_url, "queue": self.url, "now": self._now(), "most": max_receives},
            ).rowcount

    def depth(self) -> int:
        """Messages not deleted yet: waiting, delayed or being worked on."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM messages WHERE queue = ?", (self.url,)).fetchone()
        return int(row[0])
