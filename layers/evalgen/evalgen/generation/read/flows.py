"""Flows, states and rules as data: the texts in them that people wrote, each with what it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from evalgen.generation.languages import load, written

MOST_LEVELS = 40
_NAMES = ("id", "name", "title", "state")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+|[a-z]+")
_PROGRAM = re.compile(r"[=<>!]=|^not \w+\.|\w+\.\w+(?:\.|\s*[=<>]|$)|\(\)|^[A-Z_]+$")


@dataclass(frozen=True, slots=True)
class Line:
    """A text with the number of its line, counted from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Found:
    """A text of data: `kind` is what its key says, `under` the place of the text that it holds under.

    `fault` says why it cannot be read; `last` is its last line where it has several.
    """

    kind: str
    text: str
    line: int
    section: tuple[str, ...]
    under: int | None = None
    fault: str = ""
    last: int = 0


def texts_of(value: Any, section: tuple[str, ...], first: int, code: str) -> list[Found]:
    """The texts of dicts, lists and Lines, in order; `first` is the place that the first one will have."""
    walk = _Flow(first, load(code, "prompt"))
    walk.take(value, "", section, None, 0)
    return walk.found


class _Flow:
    """Walks through a value. A state holds under the one condition that leads to it."""

    def __init__(self, first: int, table: dict[str, Any]) -> None:
        self.found: list[Found] = []
        self._first, self._table = first, table
        self._led: dict[str, list[int]] = {}
        self._states = 0

    def take(self, value: Any, key: str, section: tuple[str, ...], under: int | None, depth: int) -> None:
        if depth > MOST_LEVELS:
            return
        if isinstance(value, dict):
            self._of_dict(value, section, under, depth)
        elif isinstance(value, list):
            for part in value:
                self.take(part, key, section, under, depth + 1)
        elif isinstance(value, Line) and value.text:
            self._of_text(value, key, section, under)

    def _of_dict(
        self, value: dict[str, Any], section: tuple[str, ...], under: int | None, depth: int
    ) -> None:
        lowered = {own.casefold(): part for own, part in value.items()}
        name = next((lowered[n].text for n in _NAMES if isinstance(lowered.get(n), Line)), "")
        section = (*section, name) if name else section
        under, certain = self._state(lowered, name, under)
        opener: int | None = None
        for own, part in lowered.items():
            sort = sort_of(own)
            below = opener if sort in ("action", "instruction") and opener is not None else under
            if sort == "condition" and isinstance(part, Line):
                opener = self._condition(part, lowered, section, under)
            elif sort == "description" and isinstance(part, Line) and _nests(lowered):
                self._add("description", part, section, under)
                under = self._first + len(self.found) - 1
            elif isinstance(part, Line) and (own in _NAMES or sort == "target"):
                continue
            else:
                named = own.replace("_", " ") if isinstance(part, dict) and not sort else ""
                before = len(self.found)
                self.take(part, own, (*section, named) if named else section, below, depth + 1)
                if not certain:
                    self.found[before:] = [_somewhere(one) for one in self.found[before:]]

    def _state(self, value: dict[str, Any], name: str, under: int | None) -> tuple[int | None, bool]:
        """What a state stands under, and whether that is certain; the first state stands under nothing."""
        if not name or not any(sort_of(key) == "instruction" for key in value):
            return under, True
        self._states += 1
        led = self._led.get(name, [])
        if under is None and len(led) == 1:
            return led[0], True
        return under, under is not None or self._states == 1 or not self._led

    def _condition(
        self, text: Line, value: dict[str, Any], section: tuple[str, ...], under: int | None
    ) -> int:
        """The condition as a line that opens what is done; answers its place."""
        opens = conditioned(text.text, str(self._table["if_word"]))
        fault = "a condition of a program" if _PROGRAM.search(text.text) else ""
        self.found.append(Found("text", opens, text.line, section, under, fault))
        place = self._first + len(self.found) - 1
        for key, part in value.items():
            if sort_of(key) == "target" and isinstance(part, Line):
                self._led.setdefault(part.text, []).append(place)
        return place

    def _of_text(self, text: Line, key: str, section: tuple[str, ...], under: int | None) -> None:
        sort = sort_of(key)
        if sort == "collect" and _IDENTIFIER.fullmatch(text.text):
            words = re.sub(r"[_-]", " ", text.text)
            frame = next(frame for pattern, frame in self._table["collect"] if re.match(pattern, words))
            asked = str(frame).replace("{x}", words)
            self._add("text", Line(asked, text.line), section, under)
        elif sort in ("instruction", "action", "collect", "condition") and (
            _IDENTIFIER.fullmatch(text.text) or _PROGRAM.search(text.text)
        ):
            self._add("text", text, section, under, "a word of a program")
        elif sort:
            self._add("description" if sort == "description" else "text", text, section, under)
        elif len(text.text.split()) > 2:
            self._add("text", text, section, under, f"a text under `{key}`, which is no key that is known")

    def _add(
        self, kind: str, text: Line, section: tuple[str, ...], under: int | None, fault: str = ""
    ) -> None:
        self.found.append(Found(kind, text.text, text.line, section, under, fault))


def conditioned(text: str, if_word: str) -> str:
    """A condition as the line that opens what is done under it."""
    bare = text.strip(" .:,;")
    opened = bare if bare.casefold().startswith(f"{if_word} ".casefold()) else f"{if_word} {bare}"
    return f"{opened}:"


def _nests(value: dict[str, Any]) -> bool:
    return any(isinstance(part, list | dict) for part in value.values())


def _somewhere(one: Found) -> Found:
    return Found("somewhere", one.text, one.line, one.section, one.under, one.fault)


@cache
def _sorts() -> dict[str, str]:
    """Which sort of text stands under a key, in all languages that are read."""
    return {
        key: sort
        for code in written("prompt")
        for sort, keys in load(code, "prompt")["keys"].items()
        for key in keys
    }


def sort_of(key: str) -> str:
    """What stands under a key of data, or in a tag of that name; empty: not known."""
    return _sorts().get(key, "")
