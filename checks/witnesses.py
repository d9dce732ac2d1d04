"""Patterns of the languages that no test would miss: `make witnesses ARGS="en/duties en/prompt"`.

One run of the tests of generation notes which patterns find something in which tests. Each pattern is then
switched off (`(?!)`, which finds nothing) and those tests run again: if all pass, none is a witness.
"""

from __future__ import annotations

import argparse
import copy
import functools
import io
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evalgen.generation import languages

ROOT = Path(__file__).parent.parent
TESTS = ("tests/unit/generation", "tests/unit/reading")
NOTHING = "(?!)"
LONGEST_S = 300
_SIGN = re.compile(r"\\[bBwds]|\(\?|\[\^|[a-z)\]][?*+]|\||^\^|\$$")
_HOLE = re.compile(r"<[A-Z]+>|\{\w+\}|[A-Z]{3,}")
_WITNESS = re.compile(r"(?:.*_)?(?:shows|spares|finds)|examples|counter|bans|example|says|gives")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a language's table; `path` are the keys and places that lead to it."""

    language: str
    subject: str
    path: tuple[str | int, ...]
    text: str

    def __str__(self) -> str:
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return f"{self.language}/{self.subject}{path} {self.text[:60]}"

    def off(self, tables: dict[str, Any]) -> dict[str, Any]:
        """The tables of its subject without it."""
        tables = copy.deepcopy(tables)
        within: Any = tables
        for part in self.path[:-1]:
            within = within[part]
        within[self.path[-1]] = NOTHING
        return tables


def patterns(language: str, subject: str) -> Iterator[Pattern]:
    """All strings of a subject that are written as patterns."""

    def within(value: Any, path: tuple[str | int, ...]) -> Iterator[Pattern]:
        if isinstance(value, str) and _SIGN.search(value) and not value.startswith(("@", NOTHING)):
            yield Pattern(language, subject, path, value)
        if isinstance(value, dict | list):
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                if not _WITNESS.fullmatch(str(key)):
                    yield from within(inner, (*path, key))

    return within(languages.load(language, subject), ())


def uses() -> dict[str, list[str]]:
    """Every pattern that finds something in a test, with those tests."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "uses.json"
        subprocess.run(
            [sys.executable, "-m", "pytest", "--quiet", "-p", "checks.pattern_uses", *TESTS],
            cwd=ROOT, env=os.environ | {"PATTERN_USES": str(noted)}, check=True,
        )  # fmt: skip
        found: dict[str, list[str]] = json.loads(noted.read_text(encoding="utf-8"))
    return found


def tests_of(pattern: Pattern, used: dict[str, list[str]]) -> list[str]:
    """The tests in which a pattern that holds this one found something."""
    part = max(_HOLE.split(pattern.text.replace("{{", "{").replace("}}", "}")), key=len)
    return sorted({test for whole, tests in used.items() if part in whole for test in tests})


def is_missed(pattern: Pattern, tests: list[str]) -> bool:
    """Whether a test fails without the pattern: first of those that used it, then of their whole files."""
    files = sorted({test.partition("::")[0] for test in tests})
    return bool(tests) and (_fails(pattern, tests) or _fails(pattern, files))


def _fails(pattern: Pattern, tests: list[str]) -> bool:
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_run_without, args=(pattern, tests))
    child.start()
    child.join()
    return child.exitcode != 0


def _run_without(pattern: Pattern, tests: list[str]) -> None:
    """Ends the process: 0 where all tests pass."""
    signal.alarm(LONGEST_S)
    read = languages.with_witnesses

    def without(language: str, subject: str) -> dict[str, Any]:
        tables = read(language, subject)
        mine = (language, subject) == (pattern.language, pattern.subject)
        return pattern.off(tables) if mine else tables

    languages.with_witnesses = functools.cache(without)
    languages.load.cache_clear()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        code = pytest.main(["-x", "--quiet", "-p", "no:cacheprovider", *tests])
    os._exit(int(code))


def main() -> None:
    """Prints the patterns without a witness; ends with 1 where there are some."""
    known = argparse.ArgumentParser(description=__doc__, prog="make witnesses")
    known.add_argument("subjects", nargs="*", metavar="LANGUAGE/SUBJECT", help="all, if none is given")
    known.add_argument("--uses", type=Path, help="a file to keep the first run in, for the next time")
    known.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth pattern: a sample")
    given = known.parse_args()
    subjects = [tuple(name.split("/")) for name in given.subjects] or [
        (path.parent.name, path.stem)
        for path in sorted(Path(languages.__file__).parent.glob("[a-z]*/*.toml"))
    ]
    if given.uses and given.uses.exists():
        used = json.loads(given.uses.read_text(encoding="utf-8"))
    else:
        used = uses()
        if given.uses:
            given.uses.write_text(json.dumps(used), encoding="utf-8")
    chosen = [one for subject in subjects for one in patterns(*subject)][:: given.every]
    without = 0
    for pattern in chosen:
        tests = tests_of(pattern, used)
        if not is_missed(pattern, tests):
            without += 1
            print(pattern, "" if tests else "(finds nothing in any test)", flush=True)  # noqa: T201
    print(f"{without} of {len(chosen)} patterns without a witness")  # noqa: T201
    sys.exit(without > 0)


if __name__ == "__main__":
    main()
