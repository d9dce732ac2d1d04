"""Tables of a page from where its text and its rules stand.

Three kinds: with rules on all sides of the cells, with rules between rows only, and without rules where
no cell takes two lines. Whatever is not surely one of them is no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evalgen.extraction.pdf_aligned import aligned
from evalgen.extraction.pdf_shapes import NEAR, THIN, Box, Chunk, Found

MOST_RULES = 800
"""On a page; one with more is a drawing."""


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
    for table in aligned(chunks, used):
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
