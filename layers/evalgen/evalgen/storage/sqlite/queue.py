"""The `Queue` port over SQLite, and what a poller needs of it besides; it does what SQS's text says."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalgen.clock import Clock
from evalgen.storage import limits
from evalgen.storage.sqlite.database import Database
from evalgen.storage.turns import ANY_WEIGHT, turn_of

NEXT = """
    SELECT id FROM messages LEFT JOIN turns USING (queue, project)
    WHERE queue = :queue AND visible_at <= :now AND weight <= :heaviest
    ORDER BY coalesce(served, 0), messages.start, weight, visible_at, messages.rowid LIMIT 1
"""
"""Of the project that was served longest ago: what has the least of its job before it, the lightest first."""

TAKE = """
    UPDATE messages SET receipt = lower(hex(randomblob(16))), visible_at = :until,
        receive_count = receive_count + 1, first_received_at = coalesce(first_received_at, :wall)
    WHERE id = :id RETURNING id, body, receipt, receive_count, sent_at, first_received_at
"""
SERVED = """
    INSERT INTO turns (queue, project, served, start)
    SELECT queue, project, (SELECT coalesce(max(served), 0) + 1 FROM turns), start
    FROM messages WHERE id = :id
    ON CONFLICT DO UPDATE SET served = excluded.served, start = max(start, excluded.start) + 0.01
"""
"""A project's `start` is the place that it was served last, where its new jobs begin. A hundred messages
count as one place, lest small jobs that keep coming keep a large one waiting."""


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
    """The queue named `url` (`sqlite:<LogicalId>`) among those in one database.

    Waits are measured by `elapsed`, a clock that all processes share and nobody sets: `now` may be set back.
    """

    def __init__(
        self, database: Database, url: str, now: Clock = time.time, elapsed: Clock = time.monotonic
    ) -> None:
        self._database = database
        self.url = url
        self._now = now
        self._elapsed = elapsed

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        bodies = [json.dumps(message, ensure_ascii=False) for message in messages]
        limits.check_messages(bodies, delay_s)
        with self._database.writing() as connection:
            for message, body in zip(messages, bodies, strict=True):
                self._insert(connection, message, body, delay_s)

    def receive(
        self, max_messages: int, visibility_s: float, heaviest: int = ANY_WEIGHT
    ) -> list[ReceivedMessage]:
        """Up to `max_messages` that are visible and weigh no more than `heaviest`; nobody else gets them for
        `visibility_s`.

        Projects have turns. Within one, places of jobs go by what the project was served last, so that a new
        job begins where the others are, and no job waits for ever.
        """
        elapsed = self._elapsed()
        found: list[ReceivedMessage] = []
        with self._database.writing() as connection:
            for _ in range(max_messages):
                next_one = {"queue": self.url, "now": elapsed, "heaviest": heaviest}
                row = connection.execute(NEXT, next_one).fetchone()
                if row is None:
                    break
                values = {"id": row[0], "until": elapsed + visibility_s, "wall": self._now()}
                found.append(ReceivedMessage(*connection.execute(TAKE, values).fetchone()))
                connection.execute(SERVED, values)
        return found

    def delete(self, receipt: str) -> None:
        """Done with it; a receipt that is no longer good changes nothing."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM messages WHERE queue = ? AND receipt = ?", (self.url, receipt))

    def postpone(self, receipt: str, delay_s: int) -> None:
        self.extend(receipt, delay_s)

    def extend(self, receipt: str, seconds: float) -> None:
        """Keep it invisible for `seconds` from now, 0: no longer. One that is visible again stays so."""
        elapsed = self._elapsed()
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE messages SET visible_at = :until WHERE queue = :queue AND receipt = :receipt"
                " AND visible_at > :now",
                {"until": elapsed + seconds, "queue": self.url, "receipt": receipt, "now": elapsed},
            )

    def hasten(self, receipt: str, seconds: float, *, from_s: float) -> None:
        """If it is to be invisible for more than `from_s`, make it `seconds` from now."""
        elapsed = self._elapsed()
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE messages SET visible_at = :until WHERE queue = :queue AND receipt = :receipt"
                " AND visible_at > :from",
                {
                    "until": elapsed + seconds,
                    "queue": self.url,
                    "receipt": receipt,
                    "from": elapsed + from_s,
                },
            )

    def give_back(self, receipt: str) -> None:
        """Make it visible at once, and count as if it had not been received: it was interrupted."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE messages SET visible_at = :now, receive_count = max(receive_count - 1, 0),"
                " receipt = NULL WHERE queue = :queue AND receipt = :receipt",
                {"now": self._elapsed(), "queue": self.url, "receipt": receipt},
            )

    def release_all(self) -> None:
        """A stack begins: what another had in hand was interrupted, and delays last what is left of them.

        `elapsed` may begin anew as well, with the machine.
        """
        with self._database.writing() as connection:
            connection.execute(
                """
                UPDATE messages SET
                    receive_count = max(receive_count - (receipt IS NOT NULL AND visible_at > :now), 0),
                    visible_at = :now + CASE WHEN receipt IS NULL
                        THEN min(max(sent_at + delay_s - :wall, 0), delay_s) ELSE 0 END
                WHERE queue = :queue
                """,
                {"now": self._elapsed(), "wall": self._now(), "queue": self.url},
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
                {"dead": dead_letter_url, "queue": self.url, "now": self._elapsed(), "most": max_receives},
            ).rowcount

    def depth(self) -> int:
        """Messages not deleted yet: waiting, delayed or being worked on."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM messages WHERE queue = ?", (self.url,)).fetchone()
        return int(row[0])

    def _insert(
        self, connection: sqlite3.Connection, message: Mapping[str, object], body: str, delay_s: int
    ) -> None:
        turn = turn_of(message)
        connection.execute(
            """
            INSERT INTO messages (id, queue, body, sent_at, delay_s, visible_at, project, weight, start)
            VALUES (:id, :queue, :body, :wall, :delay, :visible_at, :project, :weight, :place + coalesce(
                (SELECT CAST(start AS INTEGER) FROM turns WHERE queue = :queue AND project = :project), 0))
            """,
            {
                "id": str(uuid.uuid4()),
                "queue": self.url,
                "body": body,
                "wall": self._now(),
                "delay": delay_s,
                "visible_at": self._elapsed() + delay_s,
                "project": turn.project,
                "weight": turn.weight,
                "place": turn.place,
            },
        )
