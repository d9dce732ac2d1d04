"""Tables without rules: lines whose pieces start where those of a heading start."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.extraction.pdf_shapes import NEAR, THIN, Chunk, Found

LINE_GAP = 1.9
"""Heights of a line; what is further below belongs to something else."""


def aligned(chunks: Sequence[Chunk], used: set[int]) -> list[Found]:
    """Lines whose pieces start where those of the first of them start, if no cell takes two lines."""
    lines = _lines(chunks, used)
    tables, first = [], 0
    while first < len(lines):
        heads = [chunks[place].x for place in lines[first]]
        end = first + 1
        while end < len(lines) and len(heads) > 1 and _fits(chunks, lines, end, heads):
            end += 1
        rows = lines[first:end]
        if len(rows) > 2 and not _goes_on(chunks, lines, end, heads):
            table = tuple(_cells(chunks, row, heads) for row in rows)
            tables.append(Found(table, frozenset(place for row in rows for place in row)))
            first = end
        else:
            first += 1
    return tables


def _lines(chunks: Sequence[Chunk], used: set[int]) -> list[list[int]]:
    """The places of chunks line by line, from the top, each from the left."""
    free = [place for place, chunk in enumerate(chunks) if place not in used and chunk.text.strip()]
    lines: list[list[int]] = []
    for place in sorted(free, key=lambda place: -chunks[place].y):
        if lines and abs(chunks[lines[-1][0]].y - chunks[place].y) <= THIN:
            lines[-1].append(place)
        else:
            lines.append([place])
    return [sorted(line, key=lambda place: chunks[place].x) for line in lines]


def _fits(chunks: Sequence[Chunk], lines: list[list[int]], number: int, heads: Sequence[float]) -> bool:
    """Whether a line has several pieces, the first in the first column and each in one of its own."""
    xs = [chunks[place].x for place in lines[number]]
    columns = [_column(x, heads) for x in xs]
    return len(xs) > 1 and columns[0] == 0 and None not in columns and len(set(columns)) == len(columns)


def _goes_on(chunks: Sequence[Chunk], lines: list[list[int]], number: int, heads: Sequence[float]) -> bool:
    """Whether the line below the table is near, and starts where one of its columns does."""
    if number >= len(lines):
        return False
    above, below = chunks[lines[number - 1][0]], chunks[lines[number][0]]
    return above.y - below.y < LINE_GAP * below.size and _column(below.x, heads) is not None


def _cells(chunks: Sequence[Chunk], row: Sequence[int], heads: Sequence[float]) -> tuple[str, ...]:
    cells = [""] * len(heads)
    for place in row:
        column = _column(chunks[place].x, heads)
        if column is not None:
            cells[column] = " ".join(chunks[place].text.split())
    return tuple(cells)


def _column(x: float, heads: Sequence[float]) -> int | None:
    return next((number for number, head in enumerate(heads) if abs(x - head) <= NEAR), None)
