"""Tables of a page from where its text and its rules stand.

Three kinds: with rules on all sides of the cells, with rules between rows only, and without rules where
no cell takes two lines. Whatever is not surely one of them is no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

THIN = 2.5
"""Points; a box that is thinner is a rule, and places that are nearer are the same."""
NEAR = 3.5
MOST_RULES = 800
"""On a page; one with more is a drawing."""
LINE_GAP = 1.9
"""Heights of a line; what is further below belongs to something else."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text with the point where it starts, in points from the lower left, and its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` from top to bottom; `chunks` are the places of the text that stands in them."""

    rows: tuple[tuple[str, ...], ...]
    chunks: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line at `at` (y if it is level, else x) from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


def tables_of(chunks: Sequence[Chunk], boxes: Sequence[Box]) -> list[Found]:
    """The tables of one page; no text is in two of them."""
    found: list[Found] = []
    used: set[int] = set()
    for rules in _connected(_rules_of(boxes)):
        table = _ruled(chunks, rules) or _level_ruled(chunks, rules)
        if table and not used & table.chunks:
            found.append(table)
            used |= table.chunks
    for table in _aligned(chunks, used):
        found.append(table)
        used |= table.chunks
    return found


def _rules_of(boxes: Sequence[Box]) -> list[_Rule]:
    rules = []
    for box in boxes:
        wide, high = box.x1 - box.x0 > THIN, box.y1 - box.y0 > THIN
        if wide and high:
            rules += [_Rule(True, box.y0, box.x0, box.x1), _Rule(True, box.y1, box.x0, box.x1)]
            rules += [_Rule(False, box.x0, box.y0, box.y1), _Rule(False, box.x1, box.y0, box.y1)]
        elif wide:
            rules.append(_Rule(True, (box.y0 + box.y1) / 2, box.x0, box.x1))
        elif high:
            rules.append(_Rule(False, (box.x0 + box.x1) / 2, box.y0, box.y1))
    unique = list({(r.level, round(r.at), round(r.start), round(r.end)): r for r in rules}.values())
    return unique if len(unique) <= MOST_RULES else []


def _connected(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    """Rules that cross or touch, and level ones that are as long as each other, belong together."""
    group = list(range(len(rules)))
    for place, rule in enumerate(rules):
        for other in range(place):
            if group[other] != group[place] and _belong(rule, rules[other]):
                old, new = group[other], group[place]
                group = [new if number == old else number for number in group]
    return [
        [r for r, number in zip(rules, group, strict=True) if number == one] for one in dict.fromkeys(group)
    ]


def _belong(one: _Rule, other: _Rule) -> bool:
    if one.level == other.level:
        same_line = abs(one.at - other.at) <= THIN
        if same_line:
            return one.start <= other.end + THIN and other.start <= one.end + THIN
        return one.level and abs(one.start - other.start) <= THIN and abs(one.end - other.end) <= THIN
    return one.start - THIN <= other.at <= one.end + THIN and other.start - THIN <= one.at <= other.end + THIN


def _ruled(chunks: Sequence[Chunk], rules: Sequence[_Rule]) -> Found | None:
    """A grid in which every rule goes all the way: no cell is merged."""
    xs, ys = _places(rules, level=False), _places(rules, level=True)
    if len(xs) < 3 or len(ys) < 3:
        return None
    if not all(_covers(rules, False, x, ys[0], ys[-1]) for x in xs) or not all(
        _covers(rules, True, y, xs[0], xs[-1]) for y in ys
    ):
        return None
    return _filled(chunks, xs, ys, set(range(len(chunks))))


def _level_ruled(chunks: Sequence[Chunk], rules: Sequence[_Rule]) -> Found | None:
    """Rules between rows: the columns start where the cells of the heading do."""
    ys = _places(rules, level=True)
    levels = [rule for rule in rules if rule.level]
    if len(ys) < 3 or len(levels) < len(rules):
        return None
    left, right = min(rule.start for rule in levels), max(rule.end for rule in levels)
    inside = [c for c in chunks if c.text.strip() and left - THIN <= c.x <= right and ys[0] <= c.y <= ys[-1]]
    above = [
        c for c in chunks if c.text.strip() and left - THIN <= c.x <= right and ys[-1] < c.y < ys[-1] + 30
    ]
    top = ys[-1] if any(ys[-2] < c.y for c in inside) else 0
    heading = [c for c in inside if c.y > ys[-2]] if top else []
    if len({round(c.y) for c in above}) == 1 and len(above) > 1 and len({c.x for c in above}) > len(heading):
        heading, ys = above, [*ys, max(c.y for c in above) + 20]
        inside += above
    starts = sorted({round(c.x, 1) for c in heading})
    if len(starts) < 2 or not all(any(abs(c.x - start) <= NEAR for start in starts) for c in inside):
        return None
    places = {place for place, chunk in enumerate(chunks) if chunk in inside}
    return _filled(chunks, [*(start - NEAR - 0.5 for start in starts), right + NEAR], ys, places)


def _filled(
    chunks: Sequence[Chunk], xs: Sequence[float], ys: Sequence[float], allowed: set[int]
) -> Found | None:
    """The cells between those places, if the heading has text in at least two of them."""
    cells: dict[tuple[int, int], list[tuple[float, int]]] = {}
    places = set()
    for place, chunk in enumerate(chunks):
        if place not in allowed or not chunk.text.strip():
            continue
        column = next((i for i in range(len(xs) - 1) if xs[i] - 1 <= chunk.x < xs[i + 1] - 1), None)
        row = next((i for i in range(len(ys) - 1) if ys[i] - 1 <= chunk.y < ys[i + 1] - 1), None)
        if column is None or row is None:
            continue
        cells.setdefault((len(ys) - 2 - row, column), []).append((-chunk.y, place))
        places.add(place)
    rows = tuple(
        tuple(
            " ".join("".join(_spaced(chunks, cells.get((row, column), []))).split())
            for column in range(len(xs) - 1)
        )
        for row in range(len(ys) - 1)
    )
    filled = tuple(row for row in rows if any(row))
    if len(filled) < 2 or sum(bool(cell) for cell in filled[0]) < 2:
        return None
    return Found(filled, frozenset(places))


def _spaced(chunks: Sequence[Chunk], lines: Sequence[tuple[float, int]]) -> list[str]:
    """The chunks of a cell line by line, those of one line as they were drawn."""
    parts, above = [], None
    for y, place in sorted(lines, key=lambda line: (round(line[0]), line[1])):
        if above is not None and abs(y - above) > THIN:
            parts.append(" ")
        parts.append(chunks[place].text)
        above = y
    return parts


def _aligned(chunks: Sequence[Chunk], used: set[int]) -> list[Found]:
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


def _places(rules: Sequence[_Rule], *, level: bool) -> list[float]:
    """Where the rules of one direction stand, those that are near as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules if rule.level == level):
        if not places or at - places[-1] > THIN:
            places.append(at)
    return places


def _covers(rules: Sequence[_Rule], level: bool, at: float, start: float, end: float) -> bool:
    """Whether the rules at one place reach from start to end without a gap."""
    reached = start
    pieces = sorted(
        (rule.start, rule.end) for rule in rules if rule.level == level and abs(rule.at - at) <= THIN
    )
    for begin, stop in pieces:
        if begin > reached + 2 * THIN:
            break
        reached = max(reached, stop)
    return reached >= end - 2 * THIN
