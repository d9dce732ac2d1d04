"""Which adapters a process uses: decided here, once, from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evalgen.storage.ports import JOB_RETENTION_DAYS, Stores

SHORTEST_RETENTION_DAYS = 15
"""Messages, dead letters included, are kept 14 days: none may outlive its job, and end a slot twice."""

LONGEST_RETENTION_DAYS = 3650


def open_stores(environ: Mapping[str, str]) -> Stores:
    """The stores that EVALGEN_STATE names, else those of EVALGEN_TABLE, _QUEUE_URL and _BUCKET.

    Raises RuntimeError for a setting that is missing or wrong.
    """
    queue_url = _setting(environ, "EVALGEN_QUEUE_URL")
    days = _retention_days(environ)
    if state := environ.get("EVALGEN_STATE"):
        return _embedded(Path(state), queue_url, environ, days)
    return _deployed(_setting(environ, "EVALGEN_TABLE"), queue_url, _setting(environ, "EVALGEN_BUCKET"), days)


def _embedded(state: Path, queue_url: str, environ: Mapping[str, str], retention_days: int) -> Stores:
    from evalgen.storage.folder import FolderBlobs  # noqa: PLC0415 - only the chosen adapters are imported
    from evalgen.storage.links import BlobLinks  # noqa: PLC0415 - likewise
    from evalgen.storage.sqlite import Database, SqliteQueue, SqliteTable  # noqa: PLC0415 - likewise

    state.mkdir(parents=True, exist_ok=True)
    database = Database(state / "state.sqlite3")
    base = environ.get("EVALGEN_BLOBS_URL")
    links = BlobLinks(base, _setting(environ, "EVALGEN_BLOBS_SECRET")) if base else None
    blobs = FolderBlobs(state / "blobs", links)
    return Stores(SqliteTable(database), SqliteQueue(database, queue_url), blobs, retention_days)


def _deployed(table: str, queue_url: str, bucket: str, retention_days: int) -> Stores:
    from evalgen.storage.aws import DynamoTable, S3Blobs, SqsQueue  # noqa: PLC0415 - likewise

    return Stores(DynamoTable(table), SqsQueue(queue_url), S3Blobs(bucket), retention_days)


def _retention_days(environ: Mapping[str, str]) -> int:
    name = "EVALGEN_JOB_RETENTION_DAYS"
    value = environ.get(name, str(JOB_RETENTION_DAYS))
    if not value.isdecimal() or not SHORTEST_RETENTION_DAYS <= int(value) <= LONGEST_RETENTION_DAYS:
        raise RuntimeError(
            f"the environment variable {name} must be a whole number of days from "
            f"{SHORTEST_RETENTION_DAYS} to {LONGEST_RETENTION_DAYS}; got {value!r}"
        )
    return int(value)


def _setting(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise RuntimeError(f"the environment variable {name} is not set; see docs/architecture.md")
    return value
