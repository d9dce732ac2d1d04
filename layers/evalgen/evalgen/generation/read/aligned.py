"""Tables of plain text, whose cells stand below their titles with blanks between them, each taken out of its
lines. The lines stay as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_COLUMNS = 3
FEWEST_ROWS = 2
_CELL = re.compile(r"\S+(?: \S+)*")
_MARKED = re.compile(r"^\s*(?:[-*•|#>]|\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the titles of its table; `line` is counted from 1."""

    cells: tuple[str, ...]
    columns: tuple[str, ...]
    line: int


def aligned(lines: list[str]) -> tuple[list[str], list[Row]]:
    """The lines without such tables, and the rows of those."""
    rest, rows = list(lines), list[Row]()
    for first, last in _regions(lines):
        columns = tuple(_CELL.findall(lines[first]))
        rows += [Row(tuple(_CELL.findall(lines[n])), columns, n + 1) for n in range(first + 1, last)]
        rest[first:last] = [""] * (last - first)
    return rest, rows


def _regions(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First line and the one behind the last of each run of lines whose cells begin at the same places."""
    at = 0
    while at < len(lines):
        starts, end = _starts(lines[at]), at + 1
        while starts and end < len(lines) and _starts(lines[end]) == starts:
            end += 1
        if end - at > FEWEST_ROWS:
            yield at, end
        at = end


def _starts(line: str) -> tuple[int, ...]:
    """Where the cells of a line begin; nothing where it has too few, or is an item of a list."""
    found = tuple(m.start() for m in _CELL.finditer(line))
    return found if len(found) >= FEWEST_COLUMNS and not _MARKED.match(line) else ()
