"""Word documents, workbooks and web pages become what their readers see."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from evalgen.extraction import Unreadable, text_of
from evalgen.extraction.cells import shown
from tests.unit.extraction.drawing import paragraph, run, word, word_table


def docx(body: str, styles: str = "") -> str:
    return text_of("docx", word(body, styles))


def html(text: str) -> str:
    return text_of("html", text.encode())


def workbook(*rows: list[Any], formats: dict[str, str] | None = None) -> Workbook:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for place, number_format in (formats or {}).items():
        book.worksheets[0][place].number_format = number_format
    return book


def xlsx(book: Workbook) -> str:
    out = io.BytesIO()
    book.save(out)
    return text_of("xlsx", out.getvalue())


def test_word_keeps_hyphens_fields_and_content_controls() -> None:
    phone = "<w:r><w:t>555</w:t><w:noBreakHyphen/><w:t>0142</w:t></w:r>"
    field = f'<w:fldSimple w:instr="DATE">{run("July 4")}</w:fldSimple>'
    control = f"<w:sdt><w:sdtContent>{paragraph(run('Inside.'))}</w:sdtContent></w:sdt>"
    assert docx(paragraph(phone) + paragraph(field) + control).split("\n") == [
        "555-0142",
        "",
        "July 4",
        "",
        "Inside.",
        "",
    ]


def test_word_leaves_out_what_is_hidden_or_deleted() -> None:
    secret = '<w:style w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph(
        run("Seen. "),
        run("Hidden.", "<w:vanish/>"),
        run("Styled.", '<w:rStyle w:val="Secret"/>'),
        f"<w:del>{run('Deleted.')}</w:del>",
        f"<w:ins>{run('Inserted.')}</w:ins>",
    )
    assert (
        docx(body + paragraph(run("Whole."), properties='<w:pStyle w:val="Secret"/>'), secret)
        == "Seen. Inserted.\n"
    )


def test_word_marks_headings_lists_and_tables() -> None:
    styles = '<w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
    heading = paragraph(run("Fees"), properties='<w:pStyle w:val="Ttulo1"/>')
    item = paragraph(run("Cash"), properties="<w:numPr/>")
    across = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    table = word_table([["Service", "Price"], ["Crown", "90"], ["Crown two", across]])
    text = docx(heading + item + table, styles)
    assert "# Fees" in text and "- Cash" in text
    assert text.strip().splitlines()[-1] == "| Crown two | 90 |"


def test_a_word_document_that_declares_a_type_is_refused() -> None:
    data = word(paragraph(run("x"))).replace(b"<w:document", b"<w:document")
    assert text_of("docx", data)
    bad = word("</w:body></w:document><!-- <!DOCTYPE x> -->")
    with pytest.raises(Unreadable):
        text_of("docx", bad)


def test_a_workbook_shows_zips_phones_and_long_ids_as_its_reader_sees_them() -> None:
    book = workbook(
        ["ZIP", "Phone", "Id", "Price", "Share"],
        [2134, 5550142, 123456789012, 1200.5, 0.25],
        [None, None, 123456789013, 90, 0.1],
        formats={"A2": "00000", "B2": "000-0000", "D2": '"$"#,##0.00', "E2": "0%"},
    )
    assert xlsx(book).splitlines()[-2:] == [
        "| 02134 | 555-0142 | 123456789012 | $1,200.50 | 25% |",
        "|  |  | 123456789013 | 90 | 0.1 |",
    ]


def test_a_workbook_leaves_out_hidden_sheets_rows_and_columns() -> None:
    book = workbook(["Service", "Cost to us", "Price"], ["Crown", 5, 90], ["Secret", 1, 2])
    sheet = book.worksheets[0]
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Internal").sheet_state = "hidden"
    book["Internal"].append(["not", "for callers"])
    text = xlsx(book)
    assert text.splitlines()[-1] == "| Crown | 90 |"
    assert "Secret" not in text and "Internal" not in text


def test_lines_above_a_table_of_a_workbook_are_text() -> None:
    text = xlsx(workbook(["All prices in dollars."], [None], ["Service", "Price"], ["Crown", 90]))
    assert text.split("\n\n")[1:] == [
        "All prices in dollars.",
        "| Service | Price |\n| --- | --- |\n| Crown | 90 |",
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (90.0, "General", "90"),
        (0.1 + 0.2, "General", "0.3"),
        (5550142, "[<=9999999]###-####;(###) ###-####", "555-0142"),
        (2025550142, "[<=9999999]###-####;(###) ###-####", "(202) 555-0142"),
        (123456789, "000-00-0000", "123-45-6789"),
        (49.9, "#,##0.00\\ [$€-407]", "49.90 €"),
        (49.9, "[$€-2] #,##0.00", "€ 49.90"),
        (3, '0" days"', "3 days"),
        (2.5, "0.##", "2.5"),
        (date(2026, 12, 9), "d/m/yy", "2026-12-09"),
        (datetime.fromisoformat("2026-12-09 14:30"), "d/m/yy h:mm", "2026-12-09 14:30"),
        (time(9, 5), "h:mm", "09:05"),
        (True, "General", "TRUE"),
        (None, "General", ""),
    ],
)
def test_a_cell_reads_as_its_format_shows_it(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_a_page_keeps_rowspans_and_colspans() -> None:
    table = (
        "<table><tr><th>Day</th><th>From</th><th>To</th></tr>"
        "<tr><td>Monday</td><td rowspan=2>9:00</td><td>17:00</td></tr>"
        "<tr><td>Tuesday</td><td>18:00</td></tr><tr><td>Sunday</td><td colspan=2>closed</td></tr></table>"
    )
    assert html(table).splitlines()[2:] == [
        "| Monday | 9:00 | 17:00 |",
        "| Tuesday | 9:00 | 18:00 |",
        "| Sunday | closed | closed |",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Secret.</p>",
        '<p style="color:red; display: none">Secret.</p>',
        '<p style="visibility:hidden">Secret.</p>',
        '<style>.x, #y { display:none }</style><p class="x">Secret.</p><p id="y">Secret.</p>',
        "<script>var a = 'Secret.'</script>",
        "<template><p>Secret.</p></template>",
        "<!-- Secret. -->",
        '<span aria-hidden="true">Secret.</span>',
    ],
)
def test_a_page_leaves_out_what_is_hidden(hidden: str) -> None:
    assert html(f"<html><head><title>T</title></head><body>{hidden}<p>Seen.</p></body></html>") == "Seen."


def test_headings_and_items_of_a_page_are_marked() -> None:
    page = "<h2>Fees</h2><p>Payment is due<br>on the day.</p><ul><li>Cash</li><li>Card</li></ul>"
    assert html(page) == "# Fees\n\nPayment is due\non the day.\n\n- Cash\n- Card"
