"""The text of a Word document: what its reader sees, with headings, lists and tables as Markdown.

Read from its parts directly: of the libraries, one loses content controls and fields, one takes hyphens
out of numbers, one keeps hidden text (docs/decisions/0013-documents.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from evalgen.extraction.package import opened, part_of
from evalgen.extraction.rows import markdown_of
from evalgen.extraction.unreadable import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}
_UNSEEN = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}rPr"}
)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class _Styles:
    headings: frozenset[str]
    hidden: frozenset[str]


def docx_text(data: bytes) -> str:
    """A line for each paragraph. Raises Unreadable where it is no Word document."""
    archive = opened(data)
    document = part_of(archive, "word/document.xml")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise Unreadable("the file is not a Word document")
    return "\n".join(_blocks(body, _styles(part_of(archive, "word/styles.xml"))))


def _styles(root: Element | None) -> _Styles:
    headings, hidden = set(), set()
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = style.find(f"{_W}name")
        called = (name.get(f"{_W}val") or "").lower() if name is not None else ""
        identity = style.get(f"{_W}styleId") or ""
        if called.startswith("heading") or called in ("title", "subtitle"):
            headings.add(identity)
        if _is_on(style.find(f"{_W}rPr/{_W}vanish")):
            hidden.add(identity)
    return _Styles(frozenset(headings), frozenset(hidden))


def _blocks(parent: Element, styles: _Styles) -> Iterator[str]:
    """Paragraphs and tables in order, also those in content controls and tracked insertions."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            yield f"\n{markdown_of(_rows(element, styles))}\n"
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(element, styles)


def _paragraph(paragraph: Element, styles: _Styles) -> Iterator[str]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    identity = style.get(f"{_W}val", "") if style is not None else ""
    text = "" if identity in styles.hidden else "".join(_runs(paragraph, styles)).strip()
    if text:
        is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        if identity in styles.headings:
            yield f"\n# {text}\n"
        else:
            yield f"- {text}" if is_item else f"{text}\n"
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(box in fallback.iter() for fallback in paragraph.iter(f"{_MC}Fallback")):
            yield from _blocks(box, styles)


def _runs(element: Element, styles: _Styles) -> Iterator[str]:
    """The pieces of text that are seen; text boxes are paragraphs of their own."""
    for child in element:
        if child.tag in _UNSEEN or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}r" and _is_hidden(child, styles):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag.removeprefix(_W) in _SIGNS:
            yield _SIGNS[child.tag.removeprefix(_W)]
        else:
            yield from _runs(child, styles)


def _is_hidden(run: Element, styles: _Styles) -> bool:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    if vanish is not None:
        return _is_on(vanish)
    return style is not None and style.get(f"{_W}val") in styles.hidden


def _is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{_W}val", "on").lower() not in _OFF


def _rows(table: Element, styles: _Styles) -> list[list[str]]:
    """Each row with a cell for each column; merged cells say the same in all of them."""
    rows: list[list[str]] = []
    for row in _inside(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[str] = []
        for cell in _inside(row, "tc"):
            text = " ".join(" ".join(_blocks(cell, styles)).replace("|", " ").split()).removeprefix("# ")
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and rows:
                text = rows[-1][len(cells)] if len(cells) < len(rows[-1]) else ""
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [text] * int(span.get(f"{_W}val", "1") if span is not None else 1)
        rows.append(cells)
    return rows


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _inside(child, name)
