"""Tables of PDFs keep their rows; what is not surely a table stays text."""

from __future__ import annotations

import pytest

from evalgen.extraction import Unreadable, text_of
from tests.unit.extraction.drawing import page, rule, text_at

HEADS = [text_at(80, 700, "Service"), text_at(200, 700, "Price"), text_at(300, 700, "Waiting time")]
FIRST = [text_at(80, 680, "Cleaning"), text_at(200, 680, "90 dollars")]
WRAPPED = [
    text_at(80, 660, "Whitening with"),
    text_at(80, 648, "trays"),
    text_at(200, 660, "250 dollars"),
    text_at(300, 660, "two weeks"),
]
LAST = [text_at(80, 628, "Filling"), text_at(200, 628, "140 dollars"), text_at(300, 628, "three days")]
LEVELS = [rule(75, y, 400, y) for y in (712, 692, 672, 640, 620)]
UPRIGHT = [rule(x, 620, x, 712) for x in (75, 195, 295, 400)]
WRAPPED_ROW = "| Whitening with trays | 250 dollars | two weeks |"


def rows_of(data: bytes) -> list[str]:
    return [line for line in text_of("pdf", data).splitlines() if line.startswith("|") and "---" not in line]


def test_a_ruled_table_keeps_empty_cells_and_those_of_two_lines() -> None:
    rows = rows_of(page(*LEVELS, *UPRIGHT, *HEADS, *FIRST, *WRAPPED, *LAST))
    assert rows == [
        "| Service | Price | Waiting time |",
        "| Cleaning | 90 dollars |  |",
        WRAPPED_ROW,
        "| Filling | 140 dollars | three days |",
    ]


def test_boxes_around_the_cells_are_rules_too() -> None:
    boxes = [f"{x} {y} {w} 20 re S" for y in (692, 672) for x, w in ((75, 120), (195, 100), (295, 105))]
    assert rows_of(page(*boxes, *HEADS, *FIRST)) == [
        "| Service | Price | Waiting time |",
        "| Cleaning | 90 dollars |  |",
    ]


def test_rules_between_rows_are_enough() -> None:
    assert WRAPPED_ROW in rows_of(page(*LEVELS, *HEADS, *FIRST, *WRAPPED, *LAST))


def test_without_rules_a_table_of_one_line_a_cell_is_read() -> None:
    rows = rows_of(page(*HEADS, *FIRST, *LAST, text_at(60, 560, "Ask at the desk.")))
    assert rows[1:] == ["| Cleaning | 90 dollars |  |", "| Filling | 140 dollars | three days |"]


def test_without_rules_a_table_with_a_cell_of_two_lines_is_none() -> None:
    assert rows_of(page(*HEADS, *FIRST, *WRAPPED, *LAST)) == []


def test_a_grid_with_a_merged_cell_is_none() -> None:
    gapped = [rule(195, 620, 195, 672), *(u for u in UPRIGHT if not u.startswith("195"))]
    assert rows_of(page(*LEVELS, *gapped, *HEADS, *FIRST, *WRAPPED, *LAST)) == []


def test_the_text_around_a_table_stays_around_it() -> None:
    text = text_of(
        "pdf", page(text_at(80, 740, "Fees"), *LEVELS, *UPRIGHT, *HEADS, *LAST, text_at(80, 600, "Thanks."))
    )
    assert text.index("Fees") < text.index("| Service") < text.index("Thanks.")


def test_a_frame_around_a_paragraph_is_no_table() -> None:
    assert rows_of(page("70 600 300 120 re S", text_at(80, 700, "Payment is due on the day."))) == []


@pytest.mark.parametrize(
    ("ending", "data", "says"),
    [
        ("pdf", page(picture=True), "scan"),
        ("pdf", b"%PDF-1.4 nothing", "cannot be read as a PDF"),
        ("docx", b"nothing", "not an Office document"),
        ("xlsx", b"nothing", "not an Office document"),
        ("odt", b"nothing", "not extracted"),
    ],
)
def test_what_cannot_be_read_says_why(ending: str, data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        text_of(ending, data)
