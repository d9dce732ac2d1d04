"""Values of dynamic variables that no record of the call holds: a number, a day, by what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.described import example_in
from evalgen.generation.read.invented.calendar import calendar_of
from evalgen.generation.read.invented.children import FACTS, child_fact
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.people import people_in
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.record_rules import comparisons, today_in

CALLERS = 3
_AHEAD = timedelta(days=60)
_OPENING = time(9)
_LEADING = re.compile(r"(?<![\d:])0(?=\d)")
_DAYS = (
    "%A, %B %d, %Y",
    "%A %d %B %Y",
    "%A, %d %B %Y",
    "%B %d, %Y",
    "%d %B %Y",
    "%m/%d/%Y",
    "%A, %Y-%m-%d",
    "%A %Y-%m-%d",
)
_CLOCKS = (", %I:%M %p", " %I:%M %p", " at %I:%M %p", ", %H:%M", " %H:%M")
_FORMS = (*(day + clock for day in _DAYS for clock in ("", *_CLOCKS)), "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M")


def variable_of(
    name: str, about: str, prompt: str, language: str, number: int, asked: date | None = None
) -> Any:
    """The value for caller number `number`, from 0; None where its name does not say what it is.

    `asked` is the first day that the mock data are asked with: today lies before it.
    A number that the prompt compares with a limit lies above it for one caller and below it for the next.
    """
    if language not in written("invented"):
        return None
    found = list(_values(name, about, prompt, language, asked))
    return found[number % len(found)] if found else None


@cache
def _values(name: str, about: str, prompt: str, language: str, asked: date | None) -> tuple[Any, ...]:
    meaning, words = Meaning(name, about), load(language, "invented")["variables"]
    if is_now(name, about, language):
        today = _today(prompt, language, asked)
        if shown := in_form_of((example_in(about) or "").strip(" '\"`,"), datetime.combine(today, _OPENING)):
            return (shown,)
        return (f"{today} 09:00",) if re.search(words["clock"], meaning.snake) else (str(today),)
    if listed := re.match(words["one_of_two"], about, re.IGNORECASE):
        return (listed["usual"],)
    people = people_in(prompt, language)[:CALLERS]
    fact = meaning.fact or Meaning(name.rsplit(".", 1)[-1]).fact
    if fact == "phone":
        return tuple(next(person.phones) for person in people)
    if fact in FACTS:
        today = _today(prompt, language, asked)
        return tuple(child_fact(fact, person, n, today, language) for n, person in enumerate(people))
    if fact:
        return tuple(person.fact(fact) for person in people)
    if limits := tuple(_beside_limits(meaning, prompt, language)):
        return limits
    texts = Texts(prompt, language)
    counted = tuple(value for n in range(CALLERS) for value in texts.numbers(meaning, n))
    fields = load(language, "invented_things")["fields"]
    last = meaning.words[-1:] and meaning.words[-1]
    usual = tuple(v for v in fields.get(last, ()) if not str(v).startswith("@"))
    if not counted and not usual and meaning.moment == "date":
        return tuple(str(calendar_of(prompt, language).day(n)) for n in range(CALLERS))
    if not counted and not usual and meaning.moment == "time":
        return tuple(f"{calendar_of(prompt, language).clock(n):%H:%M}" for n in range(CALLERS))
    return usual or counted


def is_now(name: str, about: str, language: str) -> bool:
    """Whether a variable is today or the time of the call, by its name or what is said of it."""
    words = load(language, "invented")["variables"]
    today = re.search(words["today"], Meaning(name).snake)
    return today is not None or re.match(words["said_now"], about, re.IGNORECASE) is not None


def in_form_of(example: str, moment: datetime) -> str:
    """The moment as the example has one, by its form; empty where that is none of a few."""
    for form in _FORMS:
        with suppress(ValueError):
            datetime.strptime(example, form)  # noqa: DTZ007 - no zone is told
            said = moment.strftime(form)
            padded = form.startswith("%Y") or re.search(_LEADING, example)
            return said if padded else re.sub(_LEADING, "", said)
    return ""


def _today(prompt: str, language: str, asked: date | None) -> date:
    """What the prompt says, else what invented data hold to, else a week before the first day asked for."""
    today = calendar_of(prompt, language).today
    if today_in(prompt, language) or asked is None or timedelta(0) <= asked - today <= _AHEAD:
        return today
    return asked - timedelta(days=7)


def _beside_limits(meaning: Meaning, prompt: str, language: str) -> Iterator[int]:
    """Half as much again as the limit that the prompt compares it with, and half of it."""
    noun = r"\W+".join(re.escape(word) for word in meaning.words)
    for sentence in re.split(r"(?<=[.;])\s|\n", plain_text(prompt)):
        if not re.search(rf"(?<!\w){noun}(?!\w)", sentence):
            continue
        for _, pattern in comparisons(language):
            if (match := pattern.search(sentence)) and (limit := re.sub(r"\D", "", match["n"])):
                yield from (int(limit) * 3 // 2, int(limit) // 2)
                return
