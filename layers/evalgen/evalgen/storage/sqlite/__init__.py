"""The embedded stack's table and queues: one SQLite file, shared by threads and processes."""

from evalgen.storage.sqlite.database import Database
from evalgen.storage.sqlite.queue import ReceivedMessage, SqliteQueue
from evalgen.storage.sqlite.table import SqliteTable

__all__ = ["Database", "ReceivedMessage", "SqliteQueue", "SqliteTable"]
