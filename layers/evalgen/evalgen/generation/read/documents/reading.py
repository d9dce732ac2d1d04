"""All facts of an agent's documents in one language, and where they contradict each other."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from evalgen.generation.definition import Document
from evalgen.generation.languages import load
from evalgen.generation.read.documents.answers import Answers
from evalgen.generation.read.documents.cells import Cells
from evalgen.generation.read.documents.claims import Claims
from evalgen.generation.read.documents.fact import Fact, Knowledge
from evalgen.generation.read.documents.headings import Headings
from evalgen.generation.read.documents.labels import Labels
from evalgen.generation.read.documents.layout import Answered, Labelled, Part, Sentence, Table, parts_of
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.rules import (
    READ,
    Rules,
    currency_in,
    language_of,
    names_in,
    places_in,
    rules_of,
)
from evalgen.generation.read.documents.sentences import Sentences
from evalgen.generation.read.documents.settled import contradictions_in, told, unique
from evalgen.generation.read.documents.structured import csv_parts, json_parts, xml_parts

MOST_WORDS_OF_AN_ENTRY = 9
MOST_FACTS = 5_000
MOST_CHARACTERS = 1_000_000
"""How much is read of all documents, some 500 pages: of each the same share, from its beginning."""

TOO_MUCH = f"as all documents together have more than {MOST_CHARACTERS} characters"
WHOLE = ("json", "xml")
"""Endings of what says nothing if its end is cut off."""


def facts_of(documents: Sequence[Document], language: str) -> tuple[Fact, ...]:
    """Every fact in documents of that language, in order: sure ones, and those left out with the reason."""
    return read_documents(documents, language).facts


def read_documents(
    documents: Sequence[Document], language: str, said_by_prompt: Document | None = None
) -> Knowledge:
    """The facts of the documents that are written in `language`; the others are named in the warnings.

    `said_by_prompt` is the agent's prompt: its facts are none of these, and may contradict them.
    """
    facts: list[Fact] = []
    warnings: list[str] = []
    texts = [document.text for document in (*documents, said_by_prompt) if document]
    whole = "\n".join(texts)
    names = names_in(whole)
    said = _Said(names, places_in(whole, names, language), currency_in(whole, language))
    share = min(1.0, MOST_CHARACTERS / max(1, sum(len(document.text) for document in documents)))
    for document in documents:
        written = _language(document, language)
        if written != language:
            warnings.append(_other_language(document, written, language))
            continue
        if share < 1 and _ending(document) in WHOLE:
            warnings.append(f"{document.file_name}: not read, {TOO_MUCH}; data is read whole or not at all")
            continue
        try:
            found = list(islice(_facts(document, said, rules_of(language), share), MOST_FACTS + 1))
        except (ValueError, csv.Error, RecursionError) as error:
            warnings.append(f"{document.file_name}: not read, {error}")
            continue
        if share < 1:
            read = f"{document.file_name}: only its first {int(share * 100)} % are read, {TOO_MUCH}"
            warnings.append(read)
        if len(found) > MOST_FACTS:
            del found[MOST_FACTS:]
            warnings.append(f"{document.file_name}: only its first {MOST_FACTS} facts are read")
        if not any(fact.sure for fact in found):
            warnings.append(f"{document.file_name}: no fact in it is read with certainty")
        facts += found
    prompted: list[Fact] = []
    if said_by_prompt and language_of(said_by_prompt.text) == language:
        prompted = list(_facts(said_by_prompt, said, rules_of(language), 1.0))
    settled = unique(facts, prompted)
    contradictions = contradictions_in([*settled, *prompted])
    warnings += [told(found) for found in contradictions]
    return Knowledge(tuple(settled), tuple(contradictions), tuple(warnings))


def _language(document: Document, wanted: str) -> str:
    """A table has too few words to be known by: it counts as written in the language that is wanted."""
    found = language_of(document.text)
    others = [language for language in READ if language != wanted]
    if found or (document.text.isascii() and len(document.text.split()) < 40):
        return found or wanted
    known = sum(_known(document.text, language) for language in others)
    return wanted if _is_tabular(document) and known <= _known(document.text, wanted) else found


def _known(text: str, language: str) -> int:
    words = set(rules_of(language).data["known_by"])
    return sum(word in words for word in text.lower().split())


def _is_tabular(document: Document) -> bool:
    lines = [line for line in document.text.splitlines() if line.strip()]
    rows = sum(line.lstrip().startswith("|") or _is_priced(line) for line in lines)
    return document.file_name.lower().endswith((".csv", ".json", ".xml")) or rows * 2 > len(lines)


def _is_priced(line: str) -> bool:
    """Whether a line is an entry of a list with numbers: a name, an amount, and hardly a word more."""
    return any(c.isdigit() for c in line) and len(line.split()) <= MOST_WORDS_OF_AN_ENTRY


def _other_language(document: Document, written: str, language: str) -> str:
    why = (
        f"written in `{written}`"
        if written
        else f"not written in a language that is read ({', '.join(READ)})"
    )
    return f"{document.file_name}: {why}, and the calls are in `{language}`; it gives no questions"


@dataclass(frozen=True, slots=True)
class _Said:
    """What all texts of an agent say together: names, places with the word before them, a currency."""

    names: frozenset[str]
    places: Mapping[str, str]
    currency: str


def _facts(document: Document, said: _Said, rules: Rules, share: float) -> Iterator[Fact]:
    parts = list(_parts(document, rules, share))
    names = said.names
    maker = Maker(document.file_name, rules, names)
    cells, sentences = Cells(rules, maker, names, said.places, said.currency), Sentences(rules, maker, names)
    answers, labels = Answers(rules, maker, names, sentences), Labels(rules, maker, names, parts)
    headings, claims = Headings(rules, maker, names, document), Claims(rules, maker, names)
    for part in parts:
        match part:
            case Table():
                yield from map(headings.of_cell, cells.facts(part))
            case Labelled():
                yield from _labelled(part, labels, sentences, headings)
            case Answered():
                yield headings.of_answer(answers.fact(part))
            case Sentence() if part.text.endswith((".", "!")) or len(part.text.split()) > 3:
                facts = (fact if fact.sure else claims.fact(part) or fact for fact in sentences.facts(part))
                yield from (headings.said(fact, part) for fact in facts)


def _labelled(part: Labelled, labels: Labels, sentences: Sentences, headings: Headings) -> Iterator[Fact]:
    """The value, and what follows it; where the label says nothing, each of the sentences behind it.

    They go on about what the label names until one has a subject of its own.
    """
    values = labels.facts(part)
    sure = all(value.sure for value in values)
    bare = len(part.sentences) == 1 and len(part.value.split()) < 4
    if sure or bare:
        yield from values
    if bare:
        return
    rest, goes_on = part.sentences[1:] if sure else part.sentences, True
    for sentence in rest:
        said = labels.behind(part.label, sentence) if goes_on else sentence
        facts = (replace(fact, text=sentence.text) for fact in sentences.facts(said))
        yield from (headings.said(fact, sentence) for fact in facts)
        goes_on = goes_on and not labels.has_subject(sentence.text)


def _parts(document: Document, rules: Rules, share: float) -> Iterator[Part]:
    ending = _ending(document)
    text = document.text[: int(len(document.text) * share)]
    questions = load(rules.language, "questions")
    asks, answers = frozenset(questions["asks"]), frozenset(questions["answers"])
    if ending == "csv":
        return csv_parts(text, asks, answers)
    if ending == "json":
        return json_parts(text, asks, answers)
    if ending == "xml":
        return xml_parts(text, asks, answers)
    return parts_of(text, rules)


def _ending(document: Document) -> str:
    return document.file_name.rpartition(".")[2].lower()
