"""Prompts, or parts of them, that are written as JSON or YAML: the strings in them that people wrote.

A region of JSON is parsed; YAML, which no library of the worker's reads, is read by its lines as far as
`key: text` and `- text` go. Both are taken out of the lines, which stay as many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from evalgen.generation.languages import load, written

_KEY = re.compile(r"^(?P<indent> *)(?P<dash>- +)?(?P<key>[A-Za-z_][\w-]{0,60}):(?:\s+(?P<value>.*))?$")
_BEGINS = re.compile(r"^\s*[\[{]\s*(?:$|[\[{\"])")
ENOUGH_KEYS = 0.7
LOOKS = 8
"""How often a line may be looked at on the search for the end of a region: linear in all."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text under a key, with the names of what it stands in."""

    key: str
    text: str
    line: int
    section: tuple[str, ...]


def structured(lines: list[str]) -> tuple[list[str], list[Found]]:
    """The lines without their structured regions, and the texts found in those."""
    if _is_yaml(lines):
        return [""] * len(lines), list(_of_yaml(lines))
    rest = list(lines)
    found: list[Found] = []
    at, heading = 0, ""
    budget = LOOKS * len(lines)
    while at < len(lines):
        if lines[at].startswith("#"):
            heading = lines[at].strip("# :")
        if not _BEGINS.match(lines[at]):
            at += 1
            continue
        value, count, looked = _json_from(lines, at, budget)
        budget -= looked
        if count == 0:
            at += 1
            continue
        found.extend(_of_json(value, lines[at : at + count], at, (heading,) if heading else ()))
        rest[at : at + count] = [""] * count
        at += count
    return rest, found


def _json_from(lines: list[str], at: int, budget: int) -> tuple[Any, int, int]:
    """The JSON value that begins on the line, how many lines it has (0: none), how many were looked at."""
    closing = {"[": "]", "{": "}"}[lines[at].strip()[0]]
    indent = len(lines[at]) - len(lines[at].lstrip())
    for end in range(at, min(len(lines), at + max(0, budget))):
        bare = lines[end]
        if not bare.strip().endswith(closing) or len(bare) - len(bare.lstrip()) > indent:
            continue
        looked = end - at + 1
        try:
            value = json.loads("\n".join(lines[at : end + 1]))
        except (ValueError, RecursionError):
            if end > at:
                return None, 0, looked
            continue
        return (value, looked, looked) if isinstance(value, dict | list) and value else (None, 0, looked)
    return None, 0, len(lines) - at


def _of_json(value: Any, lines: list[str], first: int, section: tuple[str, ...]) -> Iterator[Found]:
    finder = _Finder(lines, first)
    yield from _walk(value, "", section, finder, 0)


def _walk(value: Any, key: str, section: tuple[str, ...], finder: _Finder, depth: int) -> Iterator[Found]:
    if depth > 40:
        return
    if isinstance(value, dict):
        name = next((str(value[n]) for n in ("id", "name", "title") if isinstance(value.get(n), str)), "")
        inner = (*section, name) if name else section
        for own, part in value.items():
            yield from _walk(part, str(own).casefold(), inner, finder, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part, key, section, finder, depth + 1)
    elif isinstance(value, str) and value.strip():
        line = finder.line_of(value)
        if sort := sort_of(key):
            yield Found(sort, " ".join(value.split()), line, section)


class _Finder:
    """Where strings stand, looked for in the order in which they come."""

    def __init__(self, lines: list[str], first: int) -> None:
        self._lines, self._first, self._at = lines, first, 0

    def line_of(self, value: str) -> int:
        begins = json.dumps(value, ensure_ascii=False)[1:-1][:60]
        for at in range(self._at, min(len(self._lines), self._at + 200)):
            if begins in self._lines[at]:
                self._at = at
                break
        return self._first + self._at + 1


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
    return _sorts().get(key, "")


def _is_yaml(lines: list[str]) -> bool:
    written = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    keyed = sum(_KEY.match(line) is not None for line in written)
    nested = sum(line.startswith("  ") for line in written)
    return len(written) >= 4 and keyed >= ENOUGH_KEYS * len(written) and nested * 2 >= len(written)


def _of_yaml(lines: list[str]) -> Iterator[Found]:
    path: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        match = _KEY.match(line)
        indent = len(line) - len(line.lstrip(" -"))
        if line.strip():
            path = [entry for entry in path if entry[0] < indent]
        if match is None:
            text = line.strip().removeprefix("- ").strip("\"' ")
            if path and text and sort_of(path[-1][1]) == "instruction":
                yield Found("instruction", text, number, _names(path))
            continue
        key, value = match["key"].casefold(), (match["value"] or "").strip().strip("\"'")
        if value and value not in ("|", ">") and (sort := sort_of(key)):
            yield Found(sort, value, number, _names(path))
        path.append((indent, key))


def _names(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(key.replace("_", " ") for _, key in path)
