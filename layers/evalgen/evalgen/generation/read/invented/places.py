"""The days and hours of each place that a prompt names: `Saltbox: dinner Wednesday to Sunday, 5 to 9 PM`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.calendar import Calendar, days_between, minutes_of, of_days, span_of
from evalgen.generation.read.invented.parameters import inputs_of, spelt
from evalgen.generation.read.invented.shapes import Shape
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain

_WHOLE_WEEK = frozenset(range(7))


def calendars_of(
    tools: Iterable[ToolModel], prompt: str, language: str, usual: Calendar
) -> dict[str, Calendar]:
    """By the choice of a parameter the calendar of the place that it is, where the prompt has lines with the
    hours of several of its choices. Of hours that differ by day it has those of the most days.
    """
    table = load(language, "invented")
    found: dict[str, Calendar] = {}
    for tool in tools:
        for _, shape in inputs_of(tool):
            listed = [one for one in shape.get("enum", ()) if isinstance(one, str)]
            lines = list(_lines(plain(prompt), listed))
            own = {
                one: [_calendar(line, table, usual) for line in lines if _is_of(one, line)] for one in listed
            }
            known = {one: next(filter(None, calendars)) for one, calendars in own.items() if any(calendars)}
            found |= known if len(known) > 1 else {}
    return found


def calendar_at(
    tool: ToolModel, choices: Callable[[str, Shape], list[Any]], places: Mapping[str, Calendar]
) -> Calendar | None:
    """The calendar of the place that a call has to name; `choices` answers those of a parameter."""
    taken = (choices(m.key, shape)[:1] for m, shape in inputs_of(tool) if m.key in tool.required)
    named = (one for first in taken for one in first if isinstance(one, str))
    return next((places[one] for one in named if one in places), None)


def _lines(text: str, choices: Iterable[str]) -> Iterator[str]:
    """The lines of a prompt, those with several places in sentences of their own cut between these."""
    any_place = "|".join(map(spelt, choices))
    for line in text.split("\n"):
        yield from re.split(rf"(?<=[.;])\s+(?=(?:{any_place}):)", line) if any_place else [line]


def _is_of(choice: str, line: str) -> bool:
    """Whether a line begins with the name of a place: `- The Lantern Room:` for `lantern_room`."""
    return re.match(rf"\W*(?:\w+ )?{spelt(choice)}\b\W*", line) is not None


def _calendar(line: str, table: dict[str, Any], usual: Calendar) -> Calendar | None:
    """None where a line says no hours."""
    names = [str(name) for name in table["weekdays"]]
    closed = _days_in(" ".join(m[0] for m in _found("closed", line, table)), names, table)
    said = _days_in(re.sub(of_days("closed", table), " ", line), names, table)
    best: Calendar | None = None
    a_day = f"(?={'|'.join(names)})"
    for clause in re.split(rf"[;.](?:\s|$)|(?<=\d), {a_day}|(?<=[ap]m), {a_day}", line):
        spans = [(m, s) for m in _found("hours", clause, table) if (s := span_of(m)) and s[0] < s[1]]
        if len(spans) != 1:
            continue
        match, (first, last) = spans[0]
        if not (match["ap"] or match["bp"] or said or re.search(table["hours_near"], line)):
            continue
        days = (_days_in(clause, names, table) or said or usual.open_days) - closed
        only = (first, last) if re.search(table["two_times"], match[0]) else ()
        if days and (best is None or len(days) > len(best.open_days)):
            best = replace(usual, open_days=frozenset(days), hours=(first, last), times=only)
    return best


def _days_in(text: str, names: list[str], table: dict[str, Any]) -> set[int]:
    days = set(_WHOLE_WEEK) if re.search(table["every_day"], text) else set[int]()
    for match in _found("open_span", text, table):
        days |= days_between(match, names)
    return days | {n for n, name in enumerate(names) if re.search(rf"\b{name}s?\b", text)}


def _found(key: str, text: str, table: dict[str, Any]) -> Iterator[re.Match[str]]:
    return re.finditer(of_days(key, table), text)


def clocks_near(wanted: time, calendar: Calendar) -> list[time]:
    """Three times of a calendar at most, those first that are nearest to the one that was asked for."""
    if calendar.times:
        return list(calendar.times)
    minutes = minutes_of(wanted)
    first, last = map(minutes_of, calendar.hours)
    near = (one for one in (minutes, minutes + 30, minutes - 30, minutes + 60, minutes - 60))
    return [time(one // 60, one % 60) for one in near if first <= one <= last][:3]
