"""Days and times that a prompt allows: one today, the opening days and hours, a day's notice."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.record_rules import today_in
from evalgen.generation.values import plain

TODAY = date(2027, 3, 1)
"""Of prompts that say none: a Monday."""
_FIRST_DAY = 3
_LATEST = 31
_HORIZON = 365
_USUAL = (time(9), time(17))
_WHOLE_WEEK = frozenset(range(7))


@dataclass(frozen=True)
class Calendar:
    """`open_days` are weekdays from 0, Monday. `hours` are those of such a day."""

    today: date
    open_days: frozenset[int]
    hours: tuple[time, time]
    closed: tuple[tuple[date, date], ...] = ()
    """First and last days of holidays."""
    notice: int = _FIRST_DAY
    """So many days ahead is the first day for what a caller asks for."""
    first: int = _FIRST_DAY
    latest: int = _HORIZON
    """So many days ahead is the last one."""
    times: tuple[time, ...] = ()
    """The only times there are, where there are only some: two seatings."""

    def day(self, number: int) -> date:
        """The open day number `number`, from 0, that is at least `first` days away; behind the last one they
        begin again.
        """
        days = list(self._days())
        return days[number % len(days)] if days else self.today + timedelta(days=self.first)

    def _days(self) -> Iterator[date]:
        for ahead in range(self.first, max(self.latest, self.first) + 1):
            day = self.today + timedelta(days=ahead)
            if day.weekday() in self.open_days and not any(a <= day <= b for a, b in self.closed):
                yield day

    def held(self, number: int) -> date:
        """The same of something on record: with a number behind those of callers no day that they ask for."""
        return replace(self, first=self.notice).day(number)

    def past(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def clock(self, number: int) -> time:
        """A time within the hours: morning, noon, afternoon; on the half hour at most."""
        if self.times:
            return self.times[number % len(self.times)]
        start, end = map(minutes_of, self.hours)
        span = max(60, end - start - 60)
        shares = (0.1, 0.35, 0.75, 0.55, 0.9, 0.2)
        minutes = start + round(span * shares[number % len(shares)] / 30) * 30
        return time(min(23, minutes // 60), minutes % 60)

    def moment(self, day: date, number: int) -> datetime:
        return datetime.combine(day, self.clock(number))


def minutes_of(clock: time) -> int:
    """Minutes from midnight."""
    return clock.hour * 60 + clock.minute


def calendar_of(prompt: str, language: str) -> Calendar:
    """What the prompt says of days and hours; working days from nine to five where it says nothing."""
    words = load(language, "invented")
    days = _open_days(plain(prompt), words)
    today = today_in(prompt, language) or TODAY
    return Calendar(
        today,
        days,
        _hours(plain(prompt), words),
        tuple(_holidays(plain(prompt), language, today)),
        _notice(plain(prompt), language),
        latest=_horizon(plain(prompt), language),
    )


def next_is_offered(prompt: str, language: str) -> bool:
    """Whether the prompt has another day offered in place of one on which nothing is free."""
    return re.search(load(language, "rules")["other_days"], prompt, re.IGNORECASE) is not None


def _notice(text: str, language: str) -> int:
    """A day more than the longest notice that the prompt wants; at least the usual first day."""
    words = load(language, "invented")
    found = (n + 1 for key in ("notice", "notice_is") for n in spans_in(text, words[key], language))
    return min(max([_FIRST_DAY, *found]), _LATEST)


def _horizon(text: str, language: str) -> int:
    """How far ahead the prompt allows days at most."""
    return min([_HORIZON, *spans_in(text, load(language, "invented")["horizon"], language)])


def spans_in(text: str, pattern: str, language: str, figures: int = 2) -> Iterator[int]:
    """The lengths in days of the spans that a pattern finds, whose NUMBER has so many figures at most."""
    words, numbers = load(language, "invented"), load(language, "records")["numbers"]
    any_number = "|".join([rf"\d{{1,{figures}}}", *sorted(map(str, numbers), key=len, reverse=True)])
    for match in re.finditer(pattern.replace("NUMBER", any_number), text):
        count = int(match["n"]) if match["n"].isdigit() else int(numbers[match["n"]])
        days = count if words["tomorrow_unit"] in match["unit"] else -(-count // 24)
        yield 7 * count if words["week_unit"] in match["unit"] else days


def _holidays(text: str, language: str, today: date) -> Iterator[tuple[date, date]]:
    months = [plain(month) for month in load(language, "records")["months"]]
    for pattern in load(language, "invented")["holidays"]:
        for match in re.finditer(pattern.replace("MONTH", "|".join(months)), text):
            month = months.index(match["month"]) + 1
            first, last = int(match["first"]), int(match["last"] or match["first"])
            year = today.year + (month < today.month)
            if first <= last <= monthrange(year, month)[1]:
                yield date(year, month, first), date(year, month, last)


def _open_days(text: str, words: dict[str, object]) -> frozenset[int]:
    names = [str(name) for name in words["weekdays"]]  # type: ignore[attr-defined]  # a list in the table
    opened, shared = set[int](), _WHOLE_WEEK - {5, 6}
    for match in re.finditer(of_days("open_span", words), text):
        span = days_between(match, names)
        opened, shared = opened | span, shared & span or shared
    closed: set[int] = set()
    for match in re.finditer(of_days("closed", words), text):
        closed |= {n for n, name in enumerate(names) if name in (match["day"] or match["day2"])}
    working = shared - closed or (opened or _WHOLE_WEEK) - {5, 6} - closed
    for match in re.finditer(of_days("only_days", words), text):
        only = {n for n, name in enumerate(names) if name in (match["days"] or match["days2"])}
        working = (_WHOLE_WEEK - {5, 6} - closed) & only or working
    return frozenset(working or (opened or _WHOLE_WEEK) - closed or _WHOLE_WEEK)


def of_days(key: str, words: Mapping[str, Any]) -> str:
    """A pattern of the table in which any weekday stands for DAY."""
    return str(words[key]).replace("DAY", f"(?:{'|'.join(words['weekdays'])})")


def days_between(match: re.Match[str], names: Sequence[str]) -> set[int]:
    """The weekdays, from 0, of a span that `open_span` found: over the end of the week, too."""
    first, last = names.index(match["from"]), names.index(match["to"])
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}


def _hours(text: str, words: dict[str, object]) -> tuple[time, time]:
    """The narrowest of the spans that stand near a word of opening."""
    spans = []
    for line in re.split(r"[\n.;]\s", text):
        if re.search(str(words["hours_near"]), line):
            for match in re.finditer(str(words["hours"]), line):
                span = span_of(match)
                if span and span[0] < span[1]:
                    spans.append(span)
    wide = [s for s in spans if s[1].hour - s[0].hour >= 3]
    return (max(s[0] for s in wide), min(s[1] for s in wide)) if _overlap(wide) else _USUAL


def _overlap(spans: Sequence[tuple[time, time]]) -> bool:
    return bool(spans) and min(s[1] for s in spans).hour - max(s[0] for s in spans).hour >= 2


def span_of(match: re.Match[str]) -> tuple[time, time] | None:
    """The times that the pattern of hours found; None where they are none."""
    first, last = int(match["a"]), int(match["b"])
    half_a, half_b = (match["ap"] or "").replace(".", ""), (match["bp"] or "").replace(".", "")
    if half_b == "pm" and last < 12:
        last += 12
    if half_a == "pm" and first < 12:
        first += 12
    if not half_a and half_b == "pm" and first + 12 < last and first < 7:
        first += 12
    if not half_a and not half_b and last <= first and last < 12:
        last += 12
    if first > 23 or last > 24:
        return None
    end = time(23, 30) if last == 24 else time(last, int(match["bm"] or 0) % 60)
    return time(first, int(match["am"] or 0) % 60), end
