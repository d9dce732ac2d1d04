"""A prompt as items: paragraphs, list items and table rows with their lines, headings and nesting.

Markdown is read by markdown-it-py, after the marks and lists that prompts have besides were rewritten line by
line, so that the line numbers stay true.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from evalgen.generation.languages import load
from evalgen.generation.read.aligned import aligned
from evalgen.generation.read.bare_titles import titled as titled_barely
from evalgen.generation.read.items import Document, Heading, Item, with_found
from evalgen.generation.read.lists import listed
from evalgen.generation.read.marks import clean, counted, headed, lettered, unfenced
from evalgen.generation.read.run_in import titles_in
from evalgen.generation.read.structured import structured

_PARSER = (
    MarkdownIt("commonmark", {"maxNesting": 200})
    .enable("table")
    .disable(["code", "html_block", "html_inline", "link", "image"])
)
_WHOLE = re.compile(r"^[\"“¿¡(]?[A-ZÁÉÍÓÚÑ0-9{].*[.!?:\"”]$|^[A-Za-z]\w*_\w+.*[.:]$")
_ROW = re.compile(r"^[^|]+(?: \| [^|]+){2,}(?<!,)$")
"""A line that is a table in itself: `cleaning 60 min | filling 60 | crown 90`."""
_LABELLED = re.compile(r"^[A-ZÁÉÍÓÚÑ][^:|?!]{2,60}: \S")
_OF_A_VALUE = re.compile(r"^[a-záéíóúñ]\w*: \S.*[.!?)]$")
"""A line about one value of a field, to its end: `on_stop: invoices are overdue.`"""
_RUN_IN = re.compile(r"^(?:\*\*|__)(?P<title>[A-ZÁÉÍÓÚÑ¿¡][^*_.:!?]{1,60})[.!?]?(?:\*\*|__)\.?\s+(?=\S)")
RUN_IN_LEVEL = 7
"""Of a bold sentence that begins a paragraph (`**Moving a booking.** Find it …`): below every heading."""
ITEM_LEVEL = 8
"""Of an item that is a title of those below it (`New rental:`): a level for each list around it."""
_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.):]|\d{1,2}(?:\.\d{1,2})+|[IVX]{1,5}[.)]|[A-Z][.)])\s+(?=\S)"
)
_FEWEST_LINES = 2
_BREAKS = str.maketrans({"\0": " ", "\t": "    ", "\u2028": " ", "\u2029": " "})


def document_of(prompt: str, code: str = "en") -> Document:
    """Every paragraph, item and row of the prompt, in order; `code` is the language that it is written in."""
    table = load(code, "prompt")
    if_word, condition = table["if_word"], re.compile(table["parts"]["starts_condition"], re.IGNORECASE)
    lines = titled_barely(counted(lettered(unfenced(lines_in(prompt))), condition), code)
    lines, found = structured(lines, code)
    lines, rows = aligned(lines)
    items: list[Item] = []
    headings: list[Heading] = []
    titled, forbids = (re.compile(table["parts"][k], re.IGNORECASE) for k in ("item_title", "bare_ban"))
    walk = _Walk(items, headings, titles_in(lines, code), titled, forbids)
    for token in _PARSER.parse("\n".join(listed(headed(lines, if_word), condition))):
        walk.take(token)
    items = with_found(items, headings, found, rows)
    return Document(tuple(items), tuple(sorted(headings, key=lambda h: h.line)))


def lines_in(prompt: str) -> list[str]:
    """The lines that are counted, whatever they end with."""
    return prompt.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS).split("\n")


class _Walk:
    """Takes the parser's tokens one by one."""

    def __init__(
        self,
        items: list[Item],
        headings: list[Heading],
        run_in: dict[int, str],
        titled: re.Pattern[str],
        forbids: re.Pattern[str],
    ) -> None:
        self._items, self._headings, self._run_in = items, headings, run_in
        self._titled, self._forbids = titled, forbids
        self._section: list[tuple[int, str]] = []
        self._open: list[int | None] = []
        self._opener: list[int | None] = []
        self._heading = 0
        self._row: list[Token] | None = None
        self._columns: tuple[str, ...] = ()
        self._last_plain: int | None = None

    def take(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind == "inline" and self._heading:
            self._head(token)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._opener.append(self._last_plain if not self._open else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._opener.pop()
            self._last_plain = None
        elif kind == "list_item_open":
            self._open.append(None)
        elif kind == "list_item_close":
            self._open.pop()
            self._section = [entry for entry in self._section if entry[0] <= ITEM_LEVEL + len(self._open)]
        elif kind == "table_open":
            self._columns = ()
        elif kind == "tr_open":
            self._row = []
        elif kind == "tr_close":
            self._close_row()
        elif kind == "inline" and self._row is not None:
            self._row.append(token)
        elif kind in ("inline", "fence") and token.content.strip() and token.map:
            self._text(token)

    def _head(self, token: Token) -> None:
        self._title(self._heading, token.content, (token.map or [0])[0] + 1)
        self._heading = 0
        self._last_plain = None

    def _title(self, level: int, text: str, line: int) -> None:
        """Begin a section, without its number; one without a title ends those of its level."""
        self._section = [entry for entry in self._section if entry[0] < level]
        if title := _NUMBER.sub("", clean(text).strip(" :#-")):
            self._section.append((level, title))
            self._headings.append(Heading(self._path, line))

    def _close_row(self) -> None:
        cells = tuple(clean(cell.content) for cell in self._row or ())
        first = next((cell.map for cell in self._row or () if cell.map), None)
        self._row = None
        if not self._columns:
            self._columns = cells
            return
        line = (first or [0])[0] + 1
        self._add(
            Item(" | ".join(cells), ((0, line),), self._path, marked=True, cells=cells, columns=self._columns)
        )

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple(name for _, name in self._section)

    def _text(self, token: Token) -> None:
        assert token.map
        lines, first = token.content.split("\n"), token.map[0] + 1 + (token.type == "fence")
        if self._open and self._open[-1] is None and self._titled.match(clean(token.content)):
            self._title(ITEM_LEVEL + len(self._open), token.content, first)
            return
        if self._open and self._open[-1] is None and first in self._run_in:
            self._title(ITEM_LEVEL + len(self._open), self._run_in[first], first)
        elif not self._open and token.type == "inline" and (title := _RUN_IN.match(lines[0])):
            self._title(RUN_IN_LEVEL, title["title"], first)
        elif not self._open and token.type == "inline" and self._run_in:
            label = self._run_in.get(first, "")
            self._title(RUN_IN_LEVEL, label, first)
            lines[0] = lines[0].removeprefix(f"{label}: ")
        if token.type == "inline" and not self._open and _one_each(lines):
            for at, line in enumerate(lines):
                self._put([line], first + at, "text", marked=True)
        else:
            self._put(lines, first, "code" if token.type == "fence" else "text", marked=bool(self._open))

    def _put(self, lines: list[str], first: int, kind: str, *, marked: bool) -> None:
        text, starts = joined(lines, first)
        if not text:
            return
        parent = next((i for i in reversed(self._open) if i is not None), None)
        if parent is None and self._opener and self._opener[0] is not None:
            parent = self._opener[0]
        at = self._add(Item(text, starts, self._path, parent, marked=marked, kind=kind))
        if self._open:
            if self._open[-1] is None:
                self._open[-1] = at
        else:
            self._last_plain = at if text.endswith(":") or self._forbids.match(text) else None

    def _add(self, item: Item) -> int:
        self._items.append(item)
        return len(self._items) - 1


def _one_each(lines: list[str]) -> bool:
    """Whether every line is a sentence or more of its own, as where a prompt has no marks for its lists."""
    if len(lines) < _FEWEST_LINES:
        return False
    bare = [clean(line) for line in lines]
    whole = all(_WHOLE.match(line) or _ROW.match(line) for line in bare)
    labelled = all(_LABELLED.match(line) for line in bare[:-1]) and any(
        pattern.match(bare[-1]) for pattern in (_LABELLED, _WHOLE)
    )
    of_values = all(_OF_A_VALUE.match(line) for line in bare)
    return whole or ((labelled or of_values) and len(lines) > _FEWEST_LINES)


def joined(lines: list[str], first: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Lines as one text of clean words, and at which offset each line begins."""
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for number, line in enumerate(lines, first):
        if words := clean(line):
            starts.append((length, number))
            parts.append(words)
            length += len(words) + 1
    return " ".join(parts), tuple(starts) or ((0, first),)
