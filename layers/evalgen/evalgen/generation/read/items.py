"""The items and headings of a prompt, and their order where some were taken out of its lines before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evalgen.generation.read.aligned import Row
from evalgen.generation.read.flows import Found
from evalgen.generation.read.marks import clean


@dataclass(frozen=True, slots=True)
class Item:
    """`starts` are the offsets in `text` at which a line begins, with its number; `parent` is an index.

    `marked` says that it is an item of a list or a table, not a paragraph; `cells` are those of a row.
    `columns` are the titles of a row's cells. `kind` is `text`, `code` (unread), or what the key says under
    which structured text holds it; `fault` says why it cannot be read.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    section: tuple[str, ...]
    parent: int | None = None
    marked: bool = False
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    kind: str = "text"
    fault: str = ""

    def line_at(self, offset: int) -> int:
        """The line, counted from 1, of a place in the text."""
        at = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[max(0, at - 1)][1]


@dataclass(frozen=True, slots=True)
class Heading:
    """`path` are the headings above it and its own title, outermost first."""

    path: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    items: tuple[Item, ...]
    headings: tuple[Heading, ...]


def with_found(
    items: list[Item], headings: list[Heading], found: Sequence[Found], rows: Sequence[Row]
) -> list[Item]:
    """The items, and in their places those of structured texts and of tables that plain text has."""
    first, known = len(items), list(items)
    for text in found:
        parent = None if text.under is None else first + text.under
        starts = ((0, text.line), (max(0, len(text.text) - 1), max(text.line, text.last)))
        known.append(Item(text.text, starts, text.section, parent, True, kind=text.kind, fault=text.fault))
    for row in rows:
        section = _section_at(row.line, items, headings)
        said = " | ".join(map(clean, row.cells))
        known.append(Item(said, ((0, row.line),), section, marked=True, cells=row.cells, columns=row.columns))
    return _in_order(known) if found or rows else known


def _section_at(line: int, items: list[Item], headings: list[Heading]) -> tuple[str, ...]:
    """The headings above a line: those of the item before it, or one that stands behind that."""
    before = max((i for i in items if i.starts[0][1] < line), key=lambda i: i.starts[0][1], default=None)
    heading = max((h for h in headings if h.line < line), key=lambda h: h.line, default=None)
    if heading and (before is None or before.starts[0][1] < heading.line):
        return heading.path
    return before.section if before else ()


def _in_order(items: list[Item]) -> list[Item]:
    order = sorted(range(len(items)), key=lambda at: items[at].starts[0][1])
    place: dict[int | None, int] = {old: new for new, old in enumerate(order)}
    return [replace(items[at], parent=place.get(items[at].parent)) for at in order]
