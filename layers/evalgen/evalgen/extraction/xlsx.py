"""The text of a workbook: each sheet that is shown as a heading, its blocks of cells as tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from evalgen.extraction.cells import shown
from evalgen.extraction.package import opened
from evalgen.extraction.rows import markdown_of


def xlsx_text(data: bytes) -> str:
    """Values as they are shown, not as they are stored. Raises Unreadable where it is no workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only agents with a workbook pay for its import

    opened(data).close()
    workbook = load_workbook(io.BytesIO(data), data_only=True)
    parts = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            blocks = [part for block in _blocks(_grid(sheet)) for part in _of_block(block)]
            parts += [f"# {sheet.title}", *blocks] if blocks else []
    return "\n\n".join(parts)


def _grid(sheet: Any) -> Iterator[list[str]]:
    """The rows of a sheet that are shown, without the columns that are not; merged cells say the same."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    hidden = _hidden_columns(sheet)
    for row in range(1, sheet.max_row + 1):
        if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden:
            continue
        cells = []
        for column in range(1, sheet.max_column + 1):
            if get_column_letter(column) not in hidden:
                cell = sheet.cell(*merged.get((row, column), (row, column)))
                cells.append(shown(cell.value, cell.number_format))
        yield cells


def _hidden_columns(sheet: Any) -> set[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    letters = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            letters |= {
                get_column_letter(n) for n in range(dimension.min, (dimension.max or dimension.min) + 1)
            }
    return letters


def _blocks(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Rows between empty ones."""
    block: list[list[str]] = []
    for row in rows:
        if any(row):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _of_block(block: list[list[str]]) -> Iterator[str]:
    """Rows with one value are lines of text; the others are a table, without the columns that are empty."""
    while block and sum(map(bool, block[0])) == 1:
        yield next(filter(None, block.pop(0)))
    used = [column for column in range(len(block[0]) if block else 0) if any(row[column] for row in block)]
    if block:
        yield markdown_of([[row[column] for column in used] for row in block])
