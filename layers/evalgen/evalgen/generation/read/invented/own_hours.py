"""Hours that a prompt states for one thing alone: `cars are dropped off between 8:00 and 9:30`."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import lru_cache

from evalgen.generation.languages import load
from evalgen.generation.read.invented.calendar import minutes_of, span_of
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import plain

_STEP = 30


def times_of(meaning: Meaning, prompt: str, language: str) -> tuple[time, ...]:
    """The times on the half hour within the hours that are stated for a field by its name; none where none
    are, or its name is no more than that of a place or person: the hours of an `office` are those it opens.
    """
    if meaning.is_id or meaning.fact or meaning.moment in ("date", "datetime"):
        return ()
    things = load(language, "invented_things")
    named = [word for word in meaning.words if word not in things["times_of_day"]]
    single = {*things["rides"]["begins"], *things["rides"]["ends"]}
    tells = len(named) > 1 or bool(single & set(named))
    return _times(tuple(named), prompt, language) if tells else ()


def clocks_of(meaning: Meaning, prompt: str, language: str) -> list[str]:
    """The same as texts, for each of three things; empty where none are stated."""
    times = times_of(meaning, prompt, language)
    return [f"{times[(n + 1) % len(times)]:%H:%M}" for n in range(3)] if times else []


def start_of(moment: datetime, meaning: Meaning, number: int, prompt: str, language: str) -> datetime:
    """When a thing begins or ends that is offered for a moment, the first of several being number 0."""
    if times := times_of(meaning, prompt, language):
        return datetime.combine(moment, times[number % len(times)])
    return moment.replace(hour=min(23, moment.hour + 1)) if meaning.is_later else moment


@lru_cache(maxsize=64)
def _times(named: tuple[str, ...], prompt: str, language: str) -> tuple[time, ...]:
    name = r"\w*[ -]?".join(map(re.escape, named)) + r"\w*"
    said = rf"\b{name}\b[^.;\n]{{0,30}}?{load(language, 'invented')['hours']}"
    for match in re.finditer(said, plain(prompt)):
        span = span_of(match)
        if span and span[0] < span[1] and any(match[part] for part in ("am", "ap", "bm", "bp")):
            first, last = map(minutes_of, span)
            return tuple(time(n // 60, n % 60) for n in range(first, last + 1, _STEP))
    return ()
