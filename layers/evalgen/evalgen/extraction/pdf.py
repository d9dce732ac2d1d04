"""The text of a PDF by pypdf, with the tables that its rules and positions give."""

from __future__ import annotations

import io
from typing import Any

from evalgen.extraction.pdf_shapes import Box, Chunk
from evalgen.extraction.pdf_tables import tables_of
from evalgen.extraction.rows import markdown_of
from evalgen.extraction.unreadable import Unreadable

MOST_PAGES = 5_000
MOST_CHARACTERS = 3_000_000
NOT_SCANNED = 20
"""Characters of a page's text; with fewer on every page and a picture on one it is taken for a scan."""


def pdf_text(data: bytes) -> str:
    """Raises Unreadable where it is encrypted, or holds pictures of text only."""
    from pypdf import PdfReader  # noqa: PLC0415 - only agents with a PDF pay for its import

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("the PDF is encrypted; upload it without a password")
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(f"the PDF has more than {MOST_PAGES} pages; split it")
    pages, characters = [], 0
    for page in reader.pages:
        pages.append(_page_text(page))
        characters += len(pages[-1])
        if characters > MOST_CHARACTERS:
            raise Unreadable(f"the PDF holds more than {MOST_CHARACTERS} characters of text; split it")
    if all(len(text.strip()) < NOT_SCANNED for text in pages) and any(_has_picture(p) for p in reader.pages):
        raise Unreadable("the PDF holds pictures and no text: it is a scan; upload a version with text")
    return "\n".join(pages)


def _page_text(page: Any) -> str:
    """The page's text in the order in which it is drawn, each table where its first cell stood."""
    chunks: list[Chunk] = []
    boxes: list[Box] = []
    pen = [0.0, 0.0]

    def on_text(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        x, y = _at(cm, tm[4], tm[5])
        chunks.append(Chunk(text, x, y, abs(size * tm[0] * cm[0]) or abs(size) or 10.0))

    def on_operator(operator: bytes, operands: Any, cm: list[float], _tm: list[float]) -> None:
        if operator == b"re":
            x, y, width, height = (float(value) for value in operands)
            (x0, y0), (x1, y1) = _at(cm, x, y), _at(cm, x + width, y + height)
            boxes.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        elif operator in (b"m", b"l"):
            x, y = _at(cm, float(operands[0]), float(operands[1]))
            if operator == b"l":
                boxes.append(Box(min(x, pen[0]), min(y, pen[1]), max(x, pen[0]), max(y, pen[1])))
            pen[:] = [x, y]

    page.extract_text(visitor_text=on_text, visitor_operand_before=on_operator)
    tables = tables_of(chunks, boxes)
    starts = {min(table.chunks): table for table in tables}
    inside = {place for table in tables for place in table.chunks}
    parts = []
    for place, chunk in enumerate(chunks):
        if place in starts:
            parts.append(f"\n{markdown_of(starts[place].rows)}\n\n")
        if place not in inside:
            parts.append(chunk.text)
    return "".join(parts)


def _at(cm: list[float], x: float, y: float) -> tuple[float, float]:
    return x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(thing.get_object().get("/Subtype") == "/Image" for thing in objects.get_object().values())
