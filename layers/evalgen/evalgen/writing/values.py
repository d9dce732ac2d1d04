"""Values in words: a day, an hour, an entry that somebody points to."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from num2words import num2words

from evalgen.reading.values import kind_of, words_of
from evalgen.writing.phrases import Phrases

MOST_FIELDS = 2
_SKIP = re.compile(
    r"^(?:status|type|kind|notes?|description|created|updated|currency|duration|estado)", re.IGNORECASE
)
_TELLING = re.compile(r"name|title|product|model|service|plan|room|make|tariff|treatment|item", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)[\w-]+$")
_PERSON = re.compile(
    r"^(?:Dr|Dra|Mr|Mrs|Ms|Sr|Sra)\.? |doctor|provider|agent|driver|technician|stylist|with", re.IGNORECASE
)


def spoken_day(text: str, phrases: Phrases) -> str:
    """`2026-07-08` as `July 8` in the language's way."""
    day = datetime.fromisoformat(text[:10])
    return phrases.words["day"].format(
        month=phrases.words["months"][day.month - 1], day=day.day, year=day.year
    )


@cache
def _number(value: int, language: str) -> str:
    return str(num2words(value, lang=language))


def spoken_hour(text: str, phrases: Phrases) -> str:
    """`14:15` as `two fifteen PM`."""
    hour, minute = int(text[:2]), int(text[3:5])
    if phrases.words["clock"] == 24:
        return text[:5]
    words = _number(hour % 12 or 12, phrases.language)
    if minute:
        words += (" oh " if minute < 10 else " ") + _number(minute, phrases.language)
    return f"{words} {'AM' if hour < 12 else 'PM'}"


def described(item: dict[str, Any], noun: str, phrases: Phrases) -> str:
    """An entry of an answer by what sets it apart for a listener: `the nine AM slot with Dr. Lee`.

    `{"hour": …}` stands for a moment whose day is clear already.
    """
    parts = {"hour": "", "when": "", "kind": "", "rest": ""}
    used = 0
    amounts: list[str] = []
    for key, value in sorted(item.items(), key=lambda entry: not _TELLING.search(entry[0])):
        kind = kind_of(key, value)
        if kind == "datetime":
            parts["hour"] = spoken_hour(str(value)[11:], phrases)
            parts["when"] = phrases.words["at_day"].format(day=spoken_day(str(value), phrases))
        elif kind == "date" and not parts["when"]:
            parts["when"] = phrases.words["at_day"].format(day=spoken_day(str(value), phrases))
        elif kind == "time" and re.match(r"\d\d:\d\d", str(value)):
            parts["hour"] = spoken_hour(str(value), phrases)
        elif (
            used < MOST_FIELDS
            and kind in ("text", "name", "money", "number")
            and not _SKIP.match(key)
            and len(str(value).split()) <= 6
        ):
            if kind in ("money", "number"):
                amounts.append(phrases.words["at_amount"].format(key=" ".join(words_of(key)), value=value))
                continue
            if _CODE.match(str(value)):
                continue
            if _PERSON.match(str(value)) or _PERSON.match(key):
                parts["rest"] += phrases.words["with_person"].format(value=value)
            elif not parts["kind"] and kind == "text":
                parts["kind"] = phrases.words["of_kind"].format(value=value)
            else:
                continue
            used += 1
    if not any(parts.values()):
        parts["rest"] = amounts[0] if amounts else ""
    return " ".join(phrases.words["the_one"].format(noun=noun, **parts).split()).replace(" ,", ",")


def plain(value: Any, phrases: Phrases) -> str:
    """A value as an outcome states it."""
    text = str(value)
    kind = kind_of("", value)
    if kind == "datetime":
        return phrases.words["at_datetime"].format(
            day=spoken_day(text, phrases), hour=spoken_hour(text[11:], phrases)
        )
    return spoken_day(text, phrases) if kind == "date" else text
