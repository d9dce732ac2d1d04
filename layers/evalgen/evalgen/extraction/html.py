"""The text of a web page: what its reader sees, with headings, lists and tables as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from evalgen.extraction.rows import markdown_of

_UNSEEN = (
    "head",
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "nav",
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem)?\s*(?:;|$)", re.IGNORECASE
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^[\w-]*[.#]?[\w-]+$")
_BLOCK = frozenset(
    {
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "ul",
            "ol",
            "dl",
            "blockquote",
        ),
        *("pre", "figure", "figcaption", "address", "body", "html", "details", "summary", "form", "fieldset"),
    }
)
MOST_SPAN = 200


def html_text(data: bytes) -> str:
    """A line for each block. Never raises: the standard library's parser takes anything."""
    soup = BeautifulSoup(data, "html.parser")
    hidden = [selector for sheet in soup.find_all("style") for selector in _hiding(sheet.get_text())]
    for selector in hidden:
        for tag in soup.select(selector):
            tag.decompose()
    for tag in soup.find_all(_UNSEEN):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        tag.decompose()
    text = "".join(_pieces(soup))
    return re.sub(r"\n\s*\n+", "\n\n", "\n".join(" ".join(line.split()) for line in text.split("\n"))).strip()


def _hiding(sheet: str) -> Iterator[str]:
    """The plain selectors (a tag, a class, an id) by which a style sheet hides."""
    for selectors, declarations in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if _HIDING.search(declarations):
            yield from (s.strip() for s in selectors.split(",") if _SIMPLE.match(s.strip()))


def _is_hidden(tag: Tag) -> bool:
    style = tag.get("style")
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or (isinstance(style, str) and _HIDING.search(style) is not None)
    )


def _pieces(parent: Tag) -> Iterator[str]:
    for child in parent.children:
        if isinstance(child, Tag):
            yield from _of_tag(child)
        elif _is_text(child):
            yield re.sub(r"\s+", " ", str(child))


def _is_text(child: PageElement) -> bool:
    return isinstance(child, NavigableString) and not isinstance(child, PreformattedString)


def _of_tag(tag: Tag) -> Iterator[str]:
    if tag.name == "br":
        yield "\n"
    elif tag.name == "table":
        yield f"\n\n{markdown_of(_rows(tag))}\n\n"
    elif re.fullmatch(r"h[1-6]", tag.name):
        yield f"\n\n# {' '.join(tag.get_text(' ').split())}\n\n"
    elif tag.name == "li":
        yield "\n- "
        yield from _pieces(tag)
    elif tag.name == "dt":
        yield f"\n\n{' '.join(tag.get_text(' ').split()).rstrip(':')}: "
    elif tag.name in _BLOCK:
        yield "\n\n"
        yield from _pieces(tag)
        yield "\n\n"
    else:
        yield from _pieces(tag)


def _rows(table: Tag) -> list[list[str]]:
    """Each row with a cell for each column; a cell that spans several says the same in all of them."""
    grid: list[dict[int, str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in (row for row in table.find_all("tr") if row.find_parent("table") is table):
        cells = {column: text for column, (_, text) in below.items()}
        below = {column: (left - 1, text) for column, (left, text) in below.items() if left > 1}
        column = 0
        for cell in row.find_all(("td", "th"), recursive=False):
            text = " ".join(cell.get_text(" ").split())
            for _ in range(_span(cell, "colspan")):
                while column in cells:
                    column += 1
                cells[column] = text
                if (rows := _span(cell, "rowspan")) > 1:
                    below[column] = (rows - 1, text)
                column += 1
        grid.append(cells)
    width = max((max(cells, default=-1) for cells in grid), default=-1) + 1
    return [[cells.get(column, "") for column in range(width)] for cells in grid]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value), MOST_SPAN)) if value.isdecimal() else 1
