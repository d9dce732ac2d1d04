"""A file of an agent: its text or JSON, and at which line a place in it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from evalgen.contract.json_values import BadJsonError, load_json
from evalgen.contract.problems import Place, in_words
from evalgen.errors import EvalgenError

MOST_PLACES = 100_000
"""So many values have a line of their own; those after them have that of the last one around them."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class BadInput(EvalgenError):
    """Files that hold no agent: each problem with its file, its line, and what is allowed."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`name` as its owner knows it, which may have folders in it."""

    name: str
    data: bytes

    @property
    def base(self) -> str:
        return self.name.rpartition("/")[2]

    def text(self) -> str:
        """Raises BadInput."""
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data[: error.start].count(b"\n") + 1
            raise BadInput(f"{self.name}, line {line}: not UTF-8 text; save it as UTF-8") from None
        if "\0" in text:
            raise BadInput(f"{self.name}: not a text (it holds NUL bytes); give text or JSON")
        return text


@dataclass(frozen=True)
class JsonSource:
    """A file with one JSON value."""

    name: str
    text: str
    value: Any

    def line(self, place: Place) -> int:
        """Of the value at that place, or of the innermost one around it that there is; from 1."""
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def at(self, place: Place) -> str:
        """The place in words: file, line, path."""
        path = in_words(place)
        return f"{self.name}, line {self.line(place)}" + (f", {path}" if path else "")

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return dict(islice(_places(self.text), MOST_PLACES))


def read_json(file: SourceFile) -> JsonSource:
    """Raises BadInput."""
    text = file.text()
    try:
        return JsonSource(file.name, text, load_json(text))
    except BadJsonError as error:
        raise BadInput(f"{file.name}: {error}") from None


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Every value of a valid JSON text with its line; a repeated key counts as its last one."""
    line, at = 1, 0
    path: list[Any] = []
    wants_key: list[bool] = []
    """Of each level: whether the next text is a key; a list never wants one."""
    for token in _TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at, word = token.start(), token[0]
        if word == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                wants_key[-1] = True
        elif word in "}]":
            wants_key.pop()
            path.pop()
        elif word != ":" and wants_key and wants_key[-1]:
            path[-1] = json.loads(word)
            wants_key[-1] = False
        elif word != ":":
            yield tuple(path), line
            if word in "{[":
                wants_key.append(word == "{")
                path.append("" if word == "{" else 0)
