"""Entries of a tool's answers: the one a later call is about, those beside it, what the caller notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalgen.generation.values import Path, kind_of, words_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.records import Link, Step, value_at
from evalgen.reading.tool_names import said

_REFERENCE = re.compile(
    r"confirmation|reference|ticket|tracking|booking_(?:ref|number|code)|case|claim|order_(?:id|number)"
    r"|request_(?:id|number)|reservation|return|refund|code|number|localizador|confirmacion|codigo|referencia",
    re.IGNORECASE,
)
_BEST_REFERENCE = re.compile(r"confirm|reference|tracking", re.IGNORECASE)


def item_of(output: Any, link: Link) -> dict[str, Any]:
    """The entry of a list that the link's value stands in, without what only machines use; or nothing."""
    position = _position(link.path)
    if position is None:
        return {}
    entry = value_at(output, link.path[: position + 1])
    if not isinstance(entry, dict):
        return {link.key: entry} if isinstance(entry, str) and kind_of(link.key, entry) != "id" else {}
    return {
        key: value
        for key, value in entry.items()
        if not isinstance(value, dict | list | bool)
        and kind_of(key, value) not in ("id", "phone", "email")
        and value not in (None, "")
    }


def other_items(step: Step, link: Link) -> Iterator[dict[str, Any]]:
    """The entries beside the one that a link points to."""
    position = _position(link.path)
    if position is None:
        return
    before, behind = link.path[:position], link.path[position + 1 :]
    entries = value_at(step.call.output, before)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if index != link.path[position] and isinstance(entry, dict):
            yield item_of(step.call.output, Link(link.key, link.call, (*before, index, *behind)))


def siblings(output: Any, path: Path) -> int:
    """How many entries the list has that the path leads into."""
    position = _position(path)
    entries = value_at(output, path[:position]) if position is not None else None
    return len(entries) if isinstance(entries, list) else 0


def item_noun(path: Path, lexicon: Lexicon) -> str:
    """`("upcoming_appointments", 0, "appointment_id")` is about an appointment."""
    holders = path[: _position(path) or 0]
    holder = next((part for part in (*reversed(holders), *path) if isinstance(part, str)), "")
    return lexicon.nouns.singular(said((words_of(holder) or [holder])[-1:], lexicon))


def without_known_day(item: dict[str, Any], source: Step) -> dict[str, Any]:
    """The entry with only the hour of a moment whose day was asked for."""
    days = {str(v)[:10] for v in source.call.input.values() if kind_of("", v) == "date"}
    return {
        k: str(v)[11:16] if kind_of(k, v) == "datetime" and str(v)[:10] in days else v
        for k, v in item.items()
    }


def reference_of(step: Step) -> str:
    """The key of the answer under which the caller gets something to note down, or nothing."""
    if not isinstance(step.call.output, dict):
        return ""
    given = set(map(str, step.call.input.values()))
    named = [
        key
        for key, value in step.call.output.items()
        if isinstance(value, str | int)
        and not isinstance(value, bool)
        and str(value) not in given
        and kind_of(key, value) == "id"
        and _REFERENCE.search(key)
    ]
    return min(named, key=lambda key: (not _BEST_REFERENCE.search(key), key), default="")


def _position(path: Path) -> int | None:
    """Where on the path an entry of a list is chosen, the last time."""
    return next((i for i in range(len(path) - 1, -1, -1) if isinstance(path[i], int)), None)
