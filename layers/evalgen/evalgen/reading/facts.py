"""The facts of a document: sentences, cells, question–answer pairs and values, each with its line."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from evalgen.generation.definition import Document
from evalgen.generation.values import leaves, words_of
from evalgen.reading.acts import lowered
from evalgen.reading.blocks import blocks_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.questions import Questions, questions_of
from evalgen.reading.records import value_at
from evalgen.reading.statements import Statement, statements_of
from evalgen.reading.structured import Lines, parsed

MOST_FACTS = 5_000
MOST_CHARACTERS = 1_000_000
"""How much prose is read, some 500 pages; beyond that, the same share of each document from its beginning."""
LEAST_WORDS = 4

_QUESTION = re.compile(
    r"^\s*(?:#+\s*|\*\*)?(?:[QP](?:uestion|regunta)?\s*\d*\s*[:.)]\s*)?(?P<question>[^\n?]{6,160}\?)\s*(?:\*\*)?$"
)
_ANSWER = re.compile(r"^\s*(?:[AR](?:nswer|espuesta)?\s*\d*\s*[:.)]\s*)", re.IGNORECASE)
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_RULER = re.compile(r"^[\s|:-]+$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` is what the document says; `about` completes «ask …» without giving the answer away.

    `row` and `column` are those of a table's cell. `exact` says that `about` asks for just this fact.
    """

    id: str
    text: str
    about: str
    topic: str
    file: str
    line: int
    clause: bool = False
    """Whether the text is a sentence with a subject and a verb."""
    row: str = ""
    column: str = ""
    exact: bool = True

    @property
    def subject(self) -> str:
        """What two facts share that can contradict each other: the same but for numbers, or the same cell."""
        key = f"{self.row}|{self.column}" if self.row else _NUMBER.sub("#", self.text)
        return " ".join(key.casefold().split())

    @property
    def contradictable(self) -> bool:
        """Whether another fact of the same subject can say something else."""
        return self.row != "" or _NUMBER.search(self.text) is not None

    @property
    def value(self) -> str:
        """What stands in the cell."""
        return self.text.removeprefix(f"{self.row}, {self.column}: ")


class _Reader:
    """Makes the facts of one document, of whose prose only a share is read."""

    def __init__(self, document: Document, lexicon: Lexicon, share: float) -> None:
        self._document, self._lexicon, self._share = document, lexicon, share
        self._questions = questions_of(lexicon.language)

    def facts(self) -> Iterator[Fact]:
        ending = self._document.file_name.rpartition(".")[2].lower()
        if ending == "csv":
            yield from self._csv()
        elif ending in ("json", "xml"):
            yield from self._structure(ending)
        else:
            yield from self._text()

    def _fact(self, text: str, about: str, topic: str, line: int) -> Fact:
        name, text = self._document.file_name, " ".join(text.split())
        digest = hashlib.sha256(f"{name}|{text}".encode()).hexdigest()[:10]
        return Fact(f"f{digest}", text, about, topic, name, line)

    def _text(self) -> Iterator[Fact]:
        text = self._document.text
        lines = text[: int(len(text) * self._share)].splitlines()
        yield from self._tables(lines)
        asked = yield from self._asked(lines)
        prose = "\n".join(
            "" if number in asked or _ROW.match(line) else line for number, line in enumerate(lines, 1)
        )
        statements = statements_of(blocks_of(prose), (), self._lexicon)
        nested = any(len(statement.section) > 1 for statement in statements)
        for statement in statements:
            told = len(statement.text.split()) >= LEAST_WORDS and not statement.text.endswith((":", "?"))
            if told and (fact := self._of_statement(statement, 1 + nested)):
                yield fact

    def _of_statement(self, statement: Statement, depth: int) -> Fact | None:
        """A sentence with a question of its own, else one that its section of this depth is asked for."""
        topic, line = statement.section[-1] if statement.section else "", statement.lines[0]
        if about := self._questions.of_sentence(statement.text):
            return replace(self._fact(statement.text, about, topic, line), clause=True)
        if 1 < len(statement.trigger.split()) <= 9:
            about = self._lexicon.asking.when.format(x=lowered(statement.trigger))
            return self._fact(statement.text, about, topic, line)
        if len(statement.section) >= depth:
            about = self._questions.all.format(x=lowered(topic))
            return replace(self._fact(statement.text, about, topic, line), exact=False)
        return None

    def _tables(self, lines: Sequence[str]) -> Iterator[Fact]:
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
                yield from self._row(heads, [c.strip() for c in match["cells"].split("|")], topic, number)

    def _row(self, heads: Sequence[str], cells: Sequence[str], topic: str, line: int) -> Iterator[Fact]:
        """A question with its answer where columns are named so, else a fact for each cell."""
        pair = _pair(dict(zip(heads, cells, strict=False)), self._questions)
        if pair:
            yield self._answer(*pair, line)
            return
        label = cells[0] if cells else ""
        for head, cell in zip(heads[1:], cells[1:], strict=False):
            if cell and label and head:
                about = self._questions.of_cell(label, head, cell, self._lexicon.nouns)
                where = f"{topic}: {head}".strip(": ")
                fact = self._fact(f"{label}, {head}: {cell}", about, where, line)
                yield replace(fact, row=label, column=head)

    def _answer(self, question: str, answer: str, line: int) -> Fact:
        return self._fact(answer, f'"{question}"', question.rstrip("?"), line)

    def _asked(self, lines: Sequence[str]) -> Generator[Fact, None, set[int]]:
        """Questions with the answer in one of the lines below; returns the numbers of all these lines."""
        used: set[int] = set()
        for number, line in enumerate(lines, 1):
            if match := _QUESTION.match(line):
                below = next(
                    (n for n in range(number, min(number + 3, len(lines))) if lines[n].strip()), None
                )
                answer = _ANSWER.sub("", lines[below]).strip() if below is not None else ""
                if below is not None and answer and not answer.endswith("?"):
                    used |= {number, below + 1}
                    yield self._answer(match["question"].strip(), answer, below + 1)
        return used

    def _csv(self) -> Iterator[Fact]:
        reader = csv.reader(self._document.text.splitlines())
        try:
            heads = next(reader, [])
            for row in reader:
                cells = [cell.strip() for cell in row]
                yield from self._row(heads, cells, self._document.file_name, reader.line_num)
        except csv.Error:
            return

    def _structure(self, ending: str) -> Iterator[Fact]:
        """Pairs of question and answer, and values by the names that lead to them."""
        value, lines = parsed(self._document.text, ending), Lines(self._document.text)
        answered: set[tuple[object, ...]] = set()
        for path, leaf in leaves(value):
            if path[:-1] in answered or leaf in (None, ""):
                continue
            line, holder = lines.of(str(leaf)), value_at(value, path[:-1])
            if isinstance(holder, dict) and (pair := _pair(holder, self._questions)):
                answered.add(path[:-1])
                yield self._answer(*pair, lines.of(pair[1]))
                continue
            if isinstance(holder, dict) and _is_record(holder, path):
                answered.add(path[:-1])
                heads, cells = list(map(str, holder)), [str(cell).strip() for cell in holder.values()]
                yield from self._row(heads, cells, self._document.file_name, line)
                continue
            names = [" ".join(words_of(part)) for part in path if isinstance(part, str)]
            if names:
                about = self._lexicon.asking.topic.format(x=", ".join(names[-2:]))
                yield self._fact(f"{', '.join(names)}: {leaf}", about, names[0], line)


def _is_record(holder: Mapping[str, object], path: Sequence[object]) -> bool:
    """Whether a value stands in one of several objects of a list, that hold nothing but values."""
    flat = not any(isinstance(value, dict | list) for value in holder.values())
    return flat and len(holder) > 1 and len(path) > 1 and isinstance(path[-2], int)


def _pair(record: Mapping[str, object], questions: Questions) -> tuple[str, str] | None:
    """The question and the answer of a record that has both."""
    named = {key.strip().casefold(): value for key, value in record.items()}
    asked = next((named[key] for key in questions.ask if isinstance(named.get(key), str)), None)
    answer = next((named[key] for key in questions.answer if isinstance(named.get(key), str)), None)
    return (str(asked), str(answer)) if asked and answer else None


def facts_of(documents: Sequence[Document], lexicon: Lexicon) -> list[Fact]:
    """Every fact that a caller could ask for, in order; at most MOST_FACTS of a document, none twice."""
    share = min(1.0, MOST_CHARACTERS / max(1, sum(len(document.text) for document in documents)))
    unique: dict[tuple[str, str], Fact] = {}
    for document in documents:
        for fact in islice(_Reader(document, lexicon, share).facts(), MOST_FACTS):
            unique.setdefault((fact.about, fact.text), fact)
    return list(unique.values())
