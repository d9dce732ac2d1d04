"""Scenarios as a workbook that a person reads: wrapped prose, a header that stays, a filter."""

from __future__ import annotations

import io

from evalgen.errors import InvalidRequest
from evalgen.exports.exported import Exported
from evalgen.exports.table import COLUMNS, rows

MAX_CELL = 32_767
"""In units of UTF-16, as spreadsheets count: most emoji are two."""

PROSE = {"name": 36, "instructions": 70, "expected_outcome_prompt": 60, "first_message": 24}
"""The columns that are wrapped, with their widths in characters. Lists and objects would make tall rows."""

NARROW, WIDTH = ("id", "agent", "test_profile", "max_duration", "scenario_language", "writer"), 22


def as_xlsx(exported: Exported) -> bytes:
    """Raises InvalidRequest if a text is longer than a cell may be: the library would cut it."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only those who ask for this file pay for its import

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        plain = workbook.add_format({"valign": "top"})
        wrapped = workbook.add_format({"valign": "top", "text_wrap": True})
        sheet = workbook.add_worksheet("Scenarios")
        for column, name in enumerate(COLUMNS):
            width = PROSE.get(name, 10 if name in NARROW else WIDTH)
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        count = 0
        for count, row in enumerate(rows(exported), 1):
            _fits(row)
            for column, cell in enumerate(row):
                sheet.write_string(count, column, cell, wrapped if COLUMNS[column] in PROSE else plain)
        sheet.freeze_panes(1, COLUMNS.index("name") + 1)
        sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    return out.getvalue()


def _fits(row: list[str]) -> None:
    for name, cell in zip(COLUMNS, row, strict=True):
        units = len(cell.encode("utf-16-le", "surrogatepass")) // 2
        if units > MAX_CELL:
            too_long = f"Scenario {row[COLUMNS.index('id')]} has {units} characters in {name}"
            text = f"{too_long}; a cell holds {MAX_CELL}. Ask for csv or json."
            raise InvalidRequest({"export_type": [text]})
