"""The values that a JSON schema is made of, how many it may have, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_PARTS = 5_000
"""Of one tool's schema: every object, list, text and number in it counts."""


def parts(schema: Any) -> Iterator[Any]:
    """Every value in the schema, itself included."""
    pending = [schema]
    while pending:
        part = pending.pop()
        yield part
        if isinstance(part, dict):
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)


def count_parts(schema: Any) -> int:
    return sum(1 for _ in parts(schema))


def referred(reference: str, root: Any) -> Any:
    """What a `$ref` inside the schema points to; None where nothing is there."""
    found = root
    for part in reference.removeprefix("#").strip("/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if key:
            found = found.get(key) if isinstance(found, dict) else None
    return found
