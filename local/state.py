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


class StateUnusable(Exception):
    """The folder cannot be written, or another stack uses it."""


def database(folder: Path) -> Database:
    """The folder's tables and queues. Raises StateUnusable."""
    path = folder / "state.sqlite3"
    found = Database(path)
    try:
        with found.reading():
            return found
    except sqlite3.DatabaseError as error:
        raise StateUnusable(f"{path} cannot be used: {error}") from None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder if needed and hold it; the lock goes with the process, however that ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
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
