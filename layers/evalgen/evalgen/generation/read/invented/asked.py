"""What an answer repeats of the input, and follows of it: its days, the kind that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import kind_of

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_WAY, _AHEAD, _BEHIND, _APART = 120, 180, 120, 60
"""Minutes: of a ride, from its end to what it is to catch, from what it is to meet, between two rides."""
_ENDS = ("begins", "ends")


def as_asked(thing: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A listed thing of the kind that was asked for: its `class` is the `car_class` of the input."""
    known = {Meaning(k): v for k, v in given.items() if isinstance(v, str)}
    asked = {m.words[-1]: v for m, v in known.items() if not (m.is_id or m.fact)}
    free = (m for m in map(Meaning, thing) if not (m.moment or m.fact))
    return thing | {m.key: asked[m.words[-1]] for m in free if m.words[-1] in asked}


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


def time_of(key: str, value: Any) -> time | None:
    """The time of day that an input asks for."""
    is_time = Meaning(key).moment == "time" and not Meaning(key).is_later
    return (
        time.fromisoformat(value) if is_time and isinstance(value, str) and _CLOCK.fullmatch(value) else None
    )


def in_time(
    items: Iterable[dict[str, Any]], given: Mapping[str, Any], rides: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Rides that end after they begin, in time for the flight that was given or after it. `rides` is the
    table of the words for both ends, for what is caught, and for the way back from there.
    """
    caught = next((_at(v) for k, v in given.items() if _is_of(k, rides["caught"]) and _at(v)), 0)
    back = any(isinstance(v, str) and re.match(rides["back"], v) for v in given.values())
    for number, item in enumerate(items):
        ends = [next((k for k in item if _is_of(k, rides[end]) and _at(item[k])), "") for end in _ENDS]
        start = _at(item.get(ends[0]))
        if start and caught:
            start = caught + (_BEHIND + number * _APART if back else -_AHEAD - _WAY - number * _APART)
        fits = all(ends) and 0 < start < 24 * 60 - _WAY
        yield item | {ends[0]: _clock(start), ends[1]: _clock(start + _WAY)} if fits else item


def _is_of(key: str, words: Iterable[str]) -> bool:
    return not {*Meaning(key).words}.isdisjoint(words)


def _at(value: Any) -> int:
    """The minutes since midnight; 0 for anything but a time."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) * 60 + int(match[2]) if match else 0


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
