"""A plugin of pytest that notes in which tests a pattern of generation finds something.

Answers of earlier tests are not kept, or the first test alone would seem to use what it read. `PATTERN_USES`
names the file that is written: JSON, each pattern with the tests it found something in.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FORGETTING = ("evalgen.generation.", "tests.")
FUNCTIONS = ("compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")

_found: defaultdict[str, set[str]] = defaultdict(set)
_test = ""


class Watched:
    """A compiled pattern that notes when it finds something."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def finditer(self, text: str, *at: int) -> Iterator[re.Match[str]]:
        return iter([self._noted(found) for found in self._pattern.finditer(text, *at)])

    def search(self, text: str, *at: int) -> Any:
        return self._noted(self._pattern.search(text, *at))

    def match(self, text: str, *at: int) -> Any:
        return self._noted(self._pattern.match(text, *at))

    def fullmatch(self, text: str, *at: int) -> Any:
        return self._noted(self._pattern.fullmatch(text, *at))

    def findall(self, text: str, *at: int) -> Any:
        return self._noted(self._pattern.findall(text, *at))

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        self.search(text)
        return self._pattern.split(text, maxsplit)

    def sub(self, into: Any, text: str, count: int = 0) -> str:
        self.search(text)
        return self._pattern.sub(into, text, count)

    def subn(self, into: Any, text: str, count: int = 0) -> tuple[str, int]:
        self.search(text)
        return self._pattern.subn(into, text, count)

    def _noted(self, found: Any) -> Any:
        if found:
            _found[self._pattern.pattern].add(_test)
        return found


def _watching(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    compiled = re.compile

    def function(pattern: Any, *given: Any, **named: Any) -> Any:
        caller = str(sys._getframe(1).f_globals.get("__name__", ""))
        if not caller.startswith("evalgen.generation."):
            return plain(getattr(pattern, "_pattern", pattern), *given, **named)
        flags = named.pop("flags", 0)
        if name == "compile":
            flags, given = (given or (flags,))[0], ()
        elif name in ("search", "match", "fullmatch", "findall", "finditer") and len(given) == 2:
            flags, given = given[1], given[:1]
        if not isinstance(pattern, Watched):
            pattern = Watched(compiled(pattern, flags))
        return pattern if name == "compile" else getattr(pattern, name)(*given, **named)

    return function


def _forgetting(cache: Callable[..., Any]) -> Callable[..., Any]:
    def decorator(function: Any) -> Any:
        module = function.__module__
        forgets = module.startswith(FORGETTING) and not module.endswith(".languages")
        return function if forgets else cache(function)

    return decorator


def pytest_configure() -> None:
    for name in FUNCTIONS:
        setattr(re, name, _watching(name, getattr(re, name)))
    functools.cache = _forgetting(functools.cache)


def pytest_runtest_logstart(nodeid: str) -> None:
    global _test  # noqa: PLW0603
    _test = nodeid


def pytest_sessionfinish(session: pytest.Session) -> None:
    found = {pattern: sorted(tests - {""}) for pattern, tests in _found.items()}
    Path(os.environ["PATTERN_USES"]).write_text(json.dumps(found), encoding="utf-8")
