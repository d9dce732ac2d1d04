"""The windows of time in which somebody comes: as the tools or the prompt name them, or of their length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.promises import lists_in, promised_in
from evalgen.generation.values import plain

_STARTS = (13, 9, 11)
_NOON = 12


def windows_of(meaning: Meaning, links: Links, language: str) -> list[str]:
    """A window for each of three things; none where neither tools nor prompt say what windows are."""
    words = load(language, "invented_things")["windows"]
    if meaning.moment or not meaning.words or meaning.words[-1] not in words["keys"]:
        return []
    named = next((list(one) for one in _listed(meaning, links, language) if len(one) > 1), [])
    named = named or _spans(links.prompt, language)
    if not named:
        hours = next((n for text in _said(links) if (n := _hours(text, language))), 0)
        named = [
            words["span"].format(a=_clock(a, words), b=_clock(a + hours, words)) for a in _STARTS if hours
        ]
    return [named[n % len(named)] for n in range(len(_STARTS))] if named else []


def is_window(meaning: Meaning, language: str) -> bool:
    """Whether a parameter is a part of a day that another one names: a window, a time."""
    return not meaning.moment and meaning.words[-1] in load(language, "invented_things")["times_of_day"]


def without_windows(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What is known of something that begins at an hour, and comes in no window besides."""
    return {key: value for key, value in values.items() if not is_window(Meaning(key), language)}


def windows_taken(links: Links, language: str) -> tuple[str, list[str]] | None:
    """The parameter of a deed that takes one of a few windows, and those; None where none does."""
    for tool in links.tools.values():
        for name, shape in tool.properties.items() if tool.role == "write" else ():
            listed = shape.get("enum")
            if isinstance(listed, list) and len(listed) > 1 and is_window(Meaning(name), language):
                return name, [str(one) for one in listed]
    return None


def _listed(meaning: Meaning, links: Links, language: str) -> Iterator[tuple[str, ...]]:
    """What the tools list for it, in a schema or in what they say of their answers."""
    yield tuple(v for v in links.parameter(meaning.key)[1].get("enum", ()) if isinstance(v, str))
    for tool in links.tools.values():
        said = tool.tool.description
        every = (promised_in(said, language, (), each) for each in (False, True))
        for fields in (*every, *(one for _, one in lists_in(said, language))):
            yield tuple(fields.get(meaning.key, ()))


def _said(links: Links) -> Iterator[str]:
    yield plain(links.prompt)
    yield from (plain(tool.tool.description) for tool in links.tools.values())


def _spans(prompt: str, language: str) -> list[str]:
    """`windows: 8 to 10 AM or 12 to 2 PM`: two and more in one sentence about windows; no opening hours."""
    words = load(language, "invented_things")["windows"]
    days = "|".join(load(language, "invented")["weekdays"])
    for sentence in re.split(r"(?<=[.;])\s|\n", prompt):
        at = re.search(words["named"], sentence, re.IGNORECASE)
        if at and not re.search(days, plain(sentence)):
            found = re.finditer(words["from_to"], sentence[at.end() :], re.IGNORECASE)
            if len(spans := [match[0].strip() for match in found]) > 1:
                return spans
    return []


def _hours(text: str, language: str) -> int:
    words = load(language, "invented_things")["windows"]
    numbers = load(language, "records")["numbers"]
    spelt = "|".join([r"\d", *map(re.escape, numbers)])
    for pattern in words["lengths"]:
        if match := re.search(pattern.replace("NUMBER", f"(?:{spelt})"), text):
            hours = int(match["n"]) if match["n"].isdigit() else int(numbers[match["n"]])
            return hours if 0 < hours < min(_STARTS) else 0
    return 0


def _clock(hour: int, words: dict[str, str]) -> str:
    if hour == _NOON:
        return words["noon"]
    half = words["morning"] if hour < _NOON else words["afternoon"]
    return half.format(n=hour if hour <= _NOON else hour - _NOON, hour=hour)
