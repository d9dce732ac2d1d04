"""One SQLite file in WAL mode, used by several threads and processes at once."""

from __future__ import annotations

import sqlite3
import uuid
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evalgen.storage.ports import Contention

SCHEMA = """
CREATE TABLE items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (pk, sk)
) WITHOUT ROWID;
CREATE TABLE messages (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL,
    sent_at REAL NOT NULL, visible_at REAL NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0, first_received_at REAL, receipt TEXT UNIQUE
);
CREATE INDEX messages_by_visibility ON messages (queue, visible_at);
"""
VERSIONS = (
    """
    ALTER TABLE messages ADD COLUMN delay_s REAL NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN project TEXT NOT NULL DEFAULT '';
    ALTER TABLE messages ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE turns (
        queue TEXT NOT NULL, project TEXT NOT NULL, served INTEGER NOT NULL, start REAL NOT NULL,
        PRIMARY KEY (queue, project)
    ) WITHOUT ROWID;
    """,
)
"""What each version of the file adds to the one before; SCHEMA is the first."""


class Database:
    """Connections to `path`, each used by one thread at a time and kept for the next one.

    A transaction that a process was killed in is rolled back by whoever opens the file next.
    """

    def __init__(self, path: Path, *, busy_timeout_s: float = 30.0) -> None:
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._idle: list[sqlite3.Connection] = []
        weakref.finalize(self, _close_all, self._idle)
        if path.exists():
            _upgrade(path, busy_timeout_s)
        else:
            _create(path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection on which each statement sees everything committed before it."""
        with self._connection() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The only writer, until the end of the block: all of it is committed, or on an exception nothing.

        Raises Contention if others write for longer than the busy timeout.
        """
        with self._connection() as connection:
            try:
                # A read that turns into a write fails at once in WAL mode; this waits its turn.
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise Contention(f"{self._path} was locked for {self._busy_timeout_s} s") from error
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the idle connections; the next use opens new ones."""
        _close_all(self._idle)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = sqlite3.connect(
                self._path, timeout=self._busy_timeout_s, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield connection
        finally:
            self._idle.append(connection)


def _create(path: Path) -> None:
    """The file appears whole: switching to WAL fails at once where another process does so too."""
    unnamed = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    connection = sqlite3.connect(unnamed, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA)
        _add_versions(connection)
    finally:
        connection.close()
    try:
        path.hardlink_to(unnamed)
    except FileExistsError:
        return  # another process was first
    finally:
        unnamed.unlink()


def _upgrade(path: Path, busy_timeout_s: float) -> None:
    """A file of an earlier version becomes one of this; what is no database is left for its user to find."""
    connection = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None)
    try:
        if _version(connection) < len(VERSIONS):
            connection.execute("BEGIN EXCLUSIVE")
            _add_versions(connection)
            connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        return
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _add_versions(connection: sqlite3.Connection) -> None:
    """Statement by statement: a script would commit what is open."""
    for script in VERSIONS[_version(connection) :]:
        for statement in filter(str.strip, script.split(";")):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")


def _close_all(connections: list[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
