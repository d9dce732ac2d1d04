"""The state folder: one stack at a time, and what a killed one left behind."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evalgen.storage.folder import INCOMING
from evalgen.storage.sqlite import Database

OURS_ALONE = 0o700


class StateUnusable(Exception):
    """The folder cannot be written, or another stack uses it."""


def database(folder: Path) -> Database:
    """The folder's tables and queues. Raises StateUnusable."""
    path = folder / "state.sqlite3"
    found = Database(path)
    try:
        with found.reading() as connection:
            for table in ("items", "messages"):
                connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - our own names
            return found
    except sqlite3.DatabaseError as error:
        raise StateUnusable(
            f"{path} cannot be used: {error}; move it away to begin anew, or put a copy in its place"
        ) from None


def _made_private(folder: Path) -> None:
    """What it holds is nobody else's; a folder that was there for something else stays as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=OURS_ALONE)
    elif (folder / "state.sqlite3").exists():
        folder.chmod(OURS_ALONE)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder if needed and hold it; the lock goes with the process, however that ends."""
    try:
        _made_private(folder)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise StateUnusable(f"the state folder {folder} cannot be written: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StateUnusable(f"the state folder {folder} is in use by another evalgen") from None
        shutil.rmtree(folder / "blobs" / INCOMING, ignore_errors=True)
        yield
