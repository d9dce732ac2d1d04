"""A document's text as headings, tables, labelled values, questions with answers, and sentences."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalgen.generation.read.documents.rules import Rules

LONGEST_HEADING = 70

_HEADING = re.compile(r"^\s*#{1,6}\s+(?P<text>.+?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*:?\s*$")
_RULE = re.compile(r"^\s*(?:[-=_*~]\s*){3,}$")
_ITEM = re.compile(
    r"^\s*(?:[-*•·▪–]|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s+[^\W\d_a-z]))\s+(?P<text>.+)$"
)
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_RULER = re.compile(r"^[\s|:-]+$")
_LABELLED = re.compile(r"^(?P<label>[^:|?!.]{2,40}?)\s*:\s+(?P<value>\S.*)$")
_ASKED = re.compile(
    r"^(?:(?:[QP](?:uestion|regunta)?)\s*\d*\s*[:.)-]\s*)?(?P<text>¿?[^?]{5,160}\?)\s*(?P<rest>.*)$"
)
_ANSWERED = re.compile(r"^(?:[AR](?:nswer|espuesta)?)\s*\d*\s*[:.)-]\s*(?P<text>.+)$", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)([*_])(?=\S)(?P<inside>[^*_]+?)(?<=\S)\1(?!\w)")
_END = re.compile(r"[.!?…][\"”»')]*$")


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` may be empty strings; every row has as many cells as there are heads."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    section: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`leads`: it is the first of its paragraph, its item or its label."""

    text: str
    line: int
    section: str
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Labelled:
    """`Phone: 555-0142`. `sentences` is what stands there otherwise, read where the label says nothing."""

    label: str
    value: str
    line: int
    text: str
    section: str
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the document with its answer, on `line`; of a list, the one for this `case` alone."""

    question: str
    answer: str
    line: int
    section: str
    case: str = ""


Part = Table | Labelled | Answered | Sentence


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    line: int
    section: str
    starts: tuple[tuple[int, int], ...]
    """Where in the text each of its lines begins, with the line's number."""

    def line_at(self, place: int) -> int:
        return self.starts[bisect_right(self.starts, (place, math.inf)) - 1][1]


def parts_of(text: str, rules: Rules) -> Iterator[Part]:
    """The parts in the order of the document; headings are in `section` and never part of a sentence."""
    yield from _Splitter(text.splitlines(), rules).parts()


class _Splitter:
    """Goes through the lines, holding those that may still go on."""

    def __init__(self, lines: Sequence[str], rules: Rules) -> None:
        self._lines, self._rules = lines, rules
        self._width = max((len(line) for line in lines if not _ROW.match(line)), default=0)
        self._section, self._question, self._listed = "", "", ""
        self._rows: list[Row] = []
        self._held: list[tuple[int, str]] = []

    def parts(self) -> Iterator[Part]:
        for number, line in enumerate(self._lines, 1):
            if row := _ROW.match(line):
                if self._held:
                    yield from self._flushed()
                self._rows.append(Row(_cells(row["cells"]), number, line.strip()))
                continue
            if self._rows:
                yield from self._flushed()
            yield from self._of_line(number, line, _plain(line).strip())
        yield from self._flushed()

    def _of_line(self, number: int, line: str, plain: str) -> Iterator[Part]:
        heading, item = _HEADING.match(line) or _BOLD_LINE.match(line), _ITEM.match(line)
        if not plain or _RULE.match(line):
            yield from self._flushed()
            return
        listed = self._listed or ("" if self._held else self._question)
        asked = _ASKED.match(_of_item(heading, item, plain))
        if asked and self._is_done():
            yield from self._flushed()
            self._question, self._listed = asked["text"], ""
            if asked["rest"]:
                self._held.append((number, asked["rest"]))
        elif heading:
            yield from self._flushed()
            self._section, self._question, self._listed = _plain(heading["text"]).strip(" :"), "", ""
        elif item:
            yield from self._flushed()
            self._question, self._listed = "" if listed else self._question, listed
            self._held.append((number, _plain(item["text"]).strip()))
        elif self._held and not _continues(self._held[-1][1], plain, self._width):
            self._head()
            yield from self._flushed()
            self._listed = ""
            self._held.append((number, plain))
        else:
            alone = not self._held and not self._question
            self._listed = self._listed if self._held else ""
            if alone and _is_heading(plain) and _stands_alone(self._lines, number):
                self._section = plain.strip(" :")
            else:
                self._held.append((number, plain))

    def _is_done(self) -> bool:
        """Whether what is held is whole; a single line without an end mark is a heading then."""
        self._head()
        return not self._held or _END.search(self._held[-1][1]) is not None

    def _head(self) -> None:
        if not self._question and len(self._held) == 1 and _is_heading(self._held[0][1]):
            self._section = self._held.pop()[1].strip(" :")

    def _flushed(self) -> Iterator[Part]:
        if self._rows:
            rows, self._rows = self._rows, []
            yield from _table(rows, self._section)
        if self._held:
            block = _block(self._held, self._section)
            self._held = []
            if self._question:
                answer = _ANSWERED.match(block.text)
                question, self._question = self._question, ""
                yield Answered(question, answer["text"] if answer else block.text, block.line, block.section)
            elif self._listed and (case := _LABELLED.match(block.text)):
                yield Answered(self._listed, case["value"], block.line, block.section, case["label"].strip())
            else:
                yield from _of_block(block, self._rules)


def _plain(text: str) -> str:
    """Without the marks of bold, slanted and code; a single star stays, as it may point at a note."""
    return _MARKUP.sub(lambda found: found["inside"] or "", text)


def _of_item(heading: re.Match[str] | None, item: re.Match[str] | None, plain: str) -> str:
    found = heading or item
    return _plain(found["text"]).strip() if found else plain


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not _END.search(line) and not _LABELLED.match(line)


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether a line of this number has nothing, a rule, or a table behind it."""
    below = lines[number] if number < len(lines) else ""
    return not below.strip() or bool(_RULE.match(below)) or bool(_ROW.match(below))


def _continues(above: str, line: str, width: int) -> bool:
    """Whether a line goes on with the sentence above it: a short line without an end mark does not."""
    if _LABELLED.match(line) and _END.search(above):
        return False
    if line[:1].islower():
        return True
    return (bool(_END.search(above)) and not _LABELLED.match(line)) or len(above) > 0.7 * width > 35


def _block(held: Sequence[tuple[int, str]], section: str) -> _Block:
    starts, text = [], ""
    for number, line in held:
        starts.append((len(text), number))
        text += line + " "
    return _Block(text.strip(), held[0][0], section, tuple(starts))


def _of_block(block: _Block, rules: Rules) -> Iterator[Part]:
    """A labelled value, or the sentences; a label in front of whole sentences is their heading."""
    labelled = _LABELLED.match(block.text)
    if not labelled:
        yield from _sentences(block, block.text, 0, block.section, rules)
        return
    label, value = labelled["label"].strip(), labelled["value"]
    sentences = tuple(_sentences(block, value, labelled.start("value"), label, rules))
    first = sentences[0].text if sentences else value
    yield Labelled(label, first.rstrip("."), block.line, block.text, block.section, sentences)


def _sentences(block: _Block, text: str, offset: int, section: str, rules: Rules) -> Iterator[Sentence]:
    place = 0
    for sentence in rules.sentences(text):
        place = text.index(sentence, place)
        yield Sentence(sentence, block.line_at(offset + place), section, leads=not place)


def _table(rows: Sequence[Row], section: str) -> Iterator[Table]:
    """The table, if it has a heading and a row that is as long."""
    body = [row for row in rows[1:] if not _RULER.match(row.text)]
    heads = rows[0].cells
    fit = tuple(row for row in body if len(row.cells) == len(heads))
    if fit and len(heads) > 1:
        yield Table(heads, fit, rows[0].line, section)


def _cells(inside: str) -> tuple[str, ...]:
    cells = re.split(r"(?<!\\)\|", inside)
    return tuple(" ".join(_plain(cell).replace("\\|", "|").split()) for cell in cells)
