"""Tables as Markdown, the one form in which they are stored."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_of(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its heading; rows of any length, cells on one line. Empty without a cell."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in filled), default=0)
    if not width:
        return ""
    lines = [_line([*row, *[""] * (width - len(row))]) for row in filled]
    return "\n".join([lines[0], _line(["---"] * width), *lines[1:]])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
