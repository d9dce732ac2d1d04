"""Days, names and numbers in words of what a model says, in the languages that have tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evalgen.generation.languages import load, written


@dataclass(frozen=True, slots=True)
class Day:
    """As it is said. `day` is 0 for a month alone; `weekday` counts from Monday, None if none is said."""

    text: str
    month: int
    day: int
    weekday: int | None


def days_in(text: str, language: str, *, in_any_case: bool = False) -> Iterator[Day]:
    """Months with their day, and the weekday before or behind them; `May` is a month, `may` is none."""
    if not has_names(language):
        return
    months, weekdays = _months(language), _weekdays(language)
    for match in _days(language, in_any_case).finditer(text):
        named = (match["weekday"] or "").casefold()
        day = match["before"] or match["behind"] or "0"
        weekday = weekdays.index(named) if named else None
        yield Day(match[0].strip(), months.index(match["month"].casefold()) + 1, int(day), weekday)


def weekdays_in(text: str, language: str) -> Iterator[tuple[str, int]]:
    names = load(language, "claims")["weekdays"] if has_names(language) else []
    for number, name in enumerate(names):
        for match in re.finditer(rf"\b{name}s?\b", text, re.IGNORECASE):
            yield match[0], number


def names_in(text: str, language: str) -> Iterator[str]:
    """Words that are written as names, but for those of days."""
    if not has_names(language):
        return
    known = {*_months(language), *_weekdays(language)}
    known |= {one.removesuffix("s") for one in known}
    for match in re.finditer(load(language, "claims")["name"], text):
        if match[0].casefold().removesuffix("s") not in known:
            yield match[0]


def numerals_in(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Of `twenty-four` the whole."""
    numerals: dict[str, int] = load(language, "claims")["numerals"] if has_names(language) else {}
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()):
        tens, _, ones = match[0].partition("-")
        if tens in numerals:
            yield match[0], numerals[tens] + numerals.get(ones, 0)


def has_names(language: str) -> bool:
    return language in written("claims")


def _months(language: str) -> list[str]:
    return [str(one).casefold() for one in load(language, "grammar")["months"]]


def _weekdays(language: str) -> list[str]:
    return [str(one).casefold() for one in load(language, "claims")["weekdays"]]


@cache
def _days(language: str, in_any_case: bool) -> re.Pattern[str]:
    table, months = load(language, "claims"), "|".join(load(language, "grammar")["months"])
    weekdays, between = "|".join(table["weekdays"]), table["between"]
    return re.compile(
        rf"(?:\b(?P<weekday>{weekdays}){between['weekday']})?"
        rf"(?:\b(?P<before>\d{{1,2}}){between['day']})?"
        rf"\b(?P<month>{months})\b(?: (?P<behind>\d{{1,2}})(?!\d))?",
        re.IGNORECASE if in_any_case else 0,
    )
