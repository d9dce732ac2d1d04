"""Numbers, codes and names in what a model says: each has to be known from somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import combinations
from typing import Any

from evalgen.generation.check.words import whole
from evalgen.generation.values import leaves
from evalgen.generation.with_model.named import Day, days_in, names_in, numerals_in, weekdays_in
from evalgen.generation.write.placeholders import without_placeholders

FREE = frozenset({"0", "1", "2", "3"})
"""Numbers that count what is said, not what is so."""
MOST_COMPARED = 40
"""Numbers of answers, of which sums and differences are known, too."""
_TOKEN = re.compile(r"[\w][\w.:,/+-]*\w|\w")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,:/-]\d+)*(?!\w)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?")
_SIGNS = ("$", "£", "€")
_PRICE = re.compile(r"[$£€]\s?(\d+(?:,\d{3})*(?:\.\d+)?)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):([0-5]\d)(?!\d)")
_JOINED = re.compile(r"[-/+]")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|am|pm|h|hrs?|º|ª|er|e)$", re.IGNORECASE)


class Known:
    """All that a test may speak of: values of its calls and profile, and texts such as the prompt."""

    def __init__(self, values: Iterable[Any], texts: Iterable[str]) -> None:
        self._text = "\n".join(texts).casefold()
        self._numbers = set(FREE)
        amounts: list[float] = []
        for _, value in leaves(list(values)):
            text = str(value)
            self._text += "\n" + text.casefold()
            self._numbers.update(_of_moment(text))
            if isinstance(value, int | float) and not isinstance(value, bool):
                amounts.append(value)
        for match in _NUMBER.finditer(self._text):
            self._numbers.update(_forms(match[0]))
            if match[0].count("-") == 1:
                self._numbers.update(*map(_forms, match[0].split("-")))
        self._dates = set(_dates_in(self._text))
        for hour, minute in _CLOCK.findall(self._text):
            self._numbers.update(_of_hour(int(hour), int(minute)))
        for one, other in combinations(amounts[:MOST_COMPARED], 2):
            self._numbers.update(_forms(f"{abs(one - other):.10g}"), _forms(f"{one + other:.10g}"))
        prices = [*amounts, *(float(one.replace(",", "")) for one in _PRICE.findall(self._text))]
        pairs = combinations(dict.fromkeys(prices[:MOST_COMPARED]), 2)
        self._sums = {form for pair in pairs for form in _forms(f"{sum(pair):.10g}")}

    def unknown_in(self, text: str, language: str = "") -> list[str]:
        """The numbers and codes that stand nowhere; in a language with tables of them also days, names and
        numbers in words.
        """
        told = without_placeholders(text)
        found = [
            match[0]
            for match in _TOKEN.finditer(told)
            if not (self._has(match[0]) or (_is_priced(told, match.start()) and self._is_sum(match[0])))
        ]
        found += [day.text for day in days_in(told, language) if not self._has_day(day, language)]
        found += [
            name for name, number in weekdays_in(told, language) if not self._has_weekday(number, language)
        ]
        found += [name for name in names_in(told, language) if not self._has_word(name)]
        return found + [
            word
            for word, number in numerals_in(told, language)
            if str(number) not in self._numbers and not self._has_word(word)
        ]

    def _is_sum(self, token: str) -> bool:
        """Whether it is what two prices come to."""
        return _NUMBER.fullmatch(token) is not None and not self._sums.isdisjoint(_forms(token))

    def _has_day(self, day: Day, language: str) -> bool:
        """A day of these, said with its own weekday; of a month alone any day."""
        dated = {one for one in self._dates if (one.month, one.day) == (day.month, day.day)}
        if dated and day.weekday is not None:
            return any(one.weekday() == day.weekday for one in dated)
        if dated or (not day.day and any(one.month == day.month for one in self._dates)):
            return True
        said = days_in(self._text, language, in_any_case=True)
        return any(one.month == day.month and day.day in (0, one.day) for one in said)

    def _has_weekday(self, number: int, language: str) -> bool:
        said = (known for _, known in weekdays_in(self._text, language))
        return any(one.weekday() == number for one in self._dates) or number in said

    def _has_word(self, word: str) -> bool:
        return whole(word).search(self._text) is not None

    def _has(self, token: str) -> bool:
        """A number, a code, or parts of both: `24-hour`, `7/8`, `CW-9K2M`."""
        if not _has_digit(token):
            return True
        plain = _ORDINAL.sub("", token)
        if _NUMBER.fullmatch(plain) and set(_forms(plain)) & self._numbers:
            return True
        parts = _JOINED.split(token)
        if len(parts) > 1:
            return all(map(self._has, parts))
        return not _NUMBER.fullmatch(plain) and token.casefold() in self._text


def _is_priced(text: str, place: int) -> bool:
    """Whether a sign of a currency stands before a place of the text."""
    return text[:place].rstrip()[-1:] in _SIGNS


def lost_in(text: str, other: str) -> str:
    """The first number or code of a text that the other does not say in any form; empty if it says all."""
    kept = {form for match in _TOKEN.finditer(other) for form in _all_forms(match[0])}
    tokens = (match[0] for match in _TOKEN.finditer(without_placeholders(text)))
    return next((one for one in tokens if _has_digit(one) and not kept & set(_all_forms(one))), "")


def _all_forms(token: str) -> Iterator[str]:
    yield token.casefold()
    plain = _ORDINAL.sub("", token)
    if _NUMBER.fullmatch(plain):
        yield from _forms(plain)


def _has_digit(token: str) -> bool:
    return any(c.isdigit() for c in token)


def _forms(number: str) -> Iterator[str]:
    """`1,200.50` is 1200.5; `9-1-1` is 911; `09:30` is 930."""
    yield re.sub(r"\D", "", number).lstrip("0") or "0"
    plain = re.sub(r",(?=\d{3}\b)", "", number)
    try:
        yield f"{float(plain.replace(',', '.')):.10g}"
    except ValueError:
        return


def _dates_in(text: str) -> Iterator[date]:
    for match in _MOMENT.finditer(text):
        try:
            yield date.fromisoformat(match[0][:10])
        except ValueError:
            continue


def _of_moment(text: str) -> Iterator[str]:
    """A day and an hour as people say them: of 14:05 also 2 and 2:05."""
    for match in _MOMENT.finditer(text):
        try:
            at = datetime.fromisoformat(match[0])
        except ValueError:
            continue
        for number in (at.year, at.month, at.day):
            yield str(number)
        if len(match[0]) > 10:
            yield from _of_hour(at.hour, at.minute)


def _of_hour(hour: int, minute: int) -> Iterator[str]:
    twelve = hour % 12 or 12
    yield from (str(hour), str(twelve), f"{hour}{minute:02}".lstrip("0") or "0", f"{twelve}{minute:02}")
