"""The facts of a document: sentences, table cells, question–answer pairs and values, each with its line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalgen.reading.acts import act_of_fact, lowered
from evalgen.reading.blocks import blocks_of
from evalgen.reading.definition import Document
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement, statements_of
from evalgen.reading.values import leaves, words_of

MOST_FACTS = 5_000
_QUESTION = re.compile(
    r"^\s*(?:#+\s*|\*\*)?(?:Q(?:uestion)?\s*\d*\s*[:.)]\s*)?(?P<question>[^\n?]{6,160}\?)\s*(?:\*\*)?$"
)
_ANSWER = re.compile(r"^\s*(?:A(?:nswer)?\s*\d*\s*[:.)]\s*)", re.IGNORECASE)
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_RULER = re.compile(r"^[\s|:-]+$")


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` is what the document says; `about` completes «ask …» without giving the answer away."""

    id: str
    text: str
    about: str
    topic: str
    file: str
    line: int
    clause: bool = False
    """Whether the text is a sentence with a subject and a verb."""


def facts_of(document: Document, lexicon: Lexicon) -> list[Fact]:
    """Every fact of the document that a caller could ask for, in order; at most MOST_FACTS."""
    ending = document.file_name.rpartition(".")[2].lower()
    found = {"csv": _csv_facts, "json": _json_facts}.get(ending, _text_facts)(document, lexicon)
    unique: dict[str, Fact] = {}
    for fact in found:
        unique.setdefault(fact.id, fact)
        if len(unique) >= MOST_FACTS:
            break
    return list(unique.values())


def _fact(document: Document, text: str, about: str, topic: str, line: int, clause: bool = False) -> Fact:
    digest = hashlib.sha256(f"{document.file_name}|{text}".encode()).hexdigest()[:10]
    return Fact(f"f{digest}", " ".join(text.split()), about, topic, document.file_name, line, clause)


def _text_facts(document: Document, lexicon: Lexicon) -> Iterator[Fact]:
    lines = document.text.splitlines()
    yield from _table_facts(document, lines, lexicon)
    yield from _question_facts(document, lines)
    prose = "\n".join("" if _ROW.match(line) else line for line in lines)
    for statement in statements_of(blocks_of(prose), (), lexicon):
        if len(statement.text.split()) >= 5 and not statement.text.endswith((":", "?")):
            topic = statement.section[-1] if statement.section else ""
            act = act_of_fact(replace(statement, kind="fact"), lexicon)
            about = act.x if act else _about(statement, topic, lexicon)
            yield _fact(document, statement.text, about, topic, statement.lines[0], act is not None)


def _about(statement: Statement, topic: str, lexicon: Lexicon) -> str:
    """How to ask for a sentence that has no subject to ask for: by its condition, else by its section."""
    if statement.trigger and len(statement.trigger.split()) <= 9:
        return lexicon.asking.when.format(x=lowered(statement.trigger))
    return lexicon.asking.topic.format(x=lowered(topic)) if topic else ""


def _table_facts(document: Document, lines: list[str], lexicon: Lexicon) -> Iterator[Fact]:
    heads: list[str] = []
    topic = ""
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            topic = line.strip("# ").strip()
        match = _ROW.match(line)
        if not match:
            heads = []
        elif not heads:
            heads = [cell.strip() for cell in match["cells"].split("|")]
        elif not _RULER.match(line):
            cells = [cell.strip() for cell in match["cells"].split("|")]
            yield from _row_facts(document, heads, cells, topic, number, lexicon)


def _row_facts(
    document: Document, heads: list[str], cells: list[str], topic: str, line: int, lexicon: Lexicon
) -> Iterator[Fact]:
    """One fact for each cell: «price for a year, Basic: $84»."""
    label = cells[0] if cells else ""
    for head, cell in zip(heads[1:], cells[1:], strict=False):
        if cell and label:
            about = lexicon.asking.cell.format(row=lowered(label), column=head)
            yield _fact(document, f"{label}, {head}: {cell}", about, f"{topic}: {head}".strip(": "), line)


def _question_facts(document: Document, lines: list[str]) -> Iterator[Fact]:
    for number, line in enumerate(lines, 1):
        if match := _QUESTION.match(line):
            answer = next((text for text in lines[number : number + 3] if text.strip()), "")
            answer = _ANSWER.sub("", answer).strip()
            if answer and not answer.endswith("?"):
                question = match["question"].strip()
                yield _fact(document, answer, f'"{question}"', question.rstrip("?"), number + 1)


def _csv_facts(document: Document, lexicon: Lexicon) -> Iterator[Fact]:
    try:
        rows = list(csv.reader(io.StringIO(document.text)))
    except csv.Error:
        return
    for number, row in enumerate(rows[1:], 2):
        yield from _row_facts(
            document, rows[0], [cell.strip() for cell in row], document.file_name, number, lexicon
        )


def _json_facts(document: Document, lexicon: Lexicon) -> Iterator[Fact]:
    try:
        value = json.loads(document.text)
    except ValueError:
        return
    for path, leaf in leaves(value):
        names = [" ".join(words_of(part)) for part in path if isinstance(part, str)]
        if names and leaf not in (None, ""):
            about = lexicon.asking.topic.format(x=", ".join(names[-2:]))
            yield _fact(document, f"{', '.join(names)}: {leaf}", about, names[0], 1)
