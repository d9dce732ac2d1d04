"""What an answer repeats of the input, and follows of it: its days, the kind that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import kind_of


def as_asked(thing: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A listed thing of the kind that was asked for: its `class` is the `car_class` of the input."""
    known = {Meaning(k): v for k, v in given.items() if isinstance(v, str)}
    asked = {m.words[-1]: v for m, v in known.items() if not (m.is_id or m.fact)}
    free = (m for m in map(Meaning, thing) if not (m.moment or m.fact))
    kept = [m.key for m in free if m.words[-1] in asked]
    return thing | {k: asked[Meaning(k).words[-1]] for k in kept}


def told_apart(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that differ from each other in more than their ids: nobody is offered the same thing twice."""
    known: dict[str, dict[str, Any]] = {}
    for item in items:
        told = {k: v for k, v in item.items() if not Meaning(k).is_id}
        known.setdefault(repr(told or item), item)
    return list(known.values())


def echoed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The days of the input, which lists repeat."""
    return {k: v for k, v in given.items() if kind_of(k, v) == "date" and not Meaning(k).fact}


def day_of(key: str, value: Any) -> date | None:
    """The day that an input asks for."""
    if kind_of(key, value) != "date" or Meaning(key).fact or Meaning(key).is_later:
        return None
    return date.fromisoformat(str(value))
