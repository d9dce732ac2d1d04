"""All facts of an agent's documents in one language, and where they contradict each other."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from evalgen.generation.definition import Document
from evalgen.generation.languages import load
from evalgen.generation.read.documents.answers import Answers
from evalgen.generation.read.documents.cells import Cells
from evalgen.generation.read.documents.claims import Claims
from evalgen.generation.read.documents.fact import Contradiction, Fact, Knowledge
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
from evalgen.generation.read.documents.structured import csv_parts, json_parts, xml_parts

MOST_WORDS_OF_AN_ENTRY = 9
MOST_FACTS = 5_000
MOST_CHARACTERS = 1_000_000
"""How much is read of all documents, some 500 pages: of each the same share, from its beginning."""

TOO_MUCH = f"as all documents together have more than {MOST_CHARACTERS} characters"
WHOLE = ("json", "xml")
"""Endings of what says nothing if its end is cut off."""

ONE_VALUE = frozenset(
    {
        *("price", "duration", "waiting", "delivery", "phone", "address", "email", "age", "validity", "loan"),
        *("warranty", "deposit", "capacity", "notice", "limit", "hours_on", "check_in", "check_out"),
    }
)
"""Attributes of which a thing has one value: two that differ contradict each other. Of any other, two that
differ only leave the question without one definite answer."""
_PLACES = ("phone", "address", "hours", "email", "check_in", "check_out", "hours_on")


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
            told = f"{document.file_name}: only its first {int(share * 100)} % are read, {TOO_MUCH}"
            warnings.append(told)
        if len(found) > MOST_FACTS:
            del found[MOST_FACTS:]
            warnings.append(f"{document.file_name}: only its first {MOST_FACTS} facts are read")
        if not any(fact.sure for fact in found):
            warnings.append(f"{document.file_name}: no fact in it is read with certainty")
        facts += found
    prompted: list[Fact] = []
    if said_by_prompt and language_of(said_by_prompt.text) == language:
        prompted = list(_facts(said_by_prompt, said, rules_of(language), 1.0))
    unique = _unique(facts, prompted)
    contradictions = _contradictions([*unique, *prompted])
    warnings += [_told(found) for found in contradictions]
    return Knowledge(tuple(unique), tuple(contradictions), tuple(warnings))


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
                yield answers.fact(part)
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


def _unique(facts: Sequence[Fact], prompted: Sequence[Fact]) -> list[Fact]:
    """Each fact once, and only those sure whose question has one answer, the prompt's counted."""
    labels = Counter(
        (f.file, f.because, f.subject) for f in facts if f.kind == "label" and f.because in _PLACES
    )
    answers: dict[str, set[str]] = {}
    for fact in (*facts, *prompted):
        if fact.sure and fact.ask:
            answers.setdefault(fact.ask, set()).add(f"{fact.subject}|{_comparable(fact)}")
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in facts:
        if fact.sure and labels[fact.file, fact.because, fact.subject] > 1:
            kept.append(_left(fact, "label in several sections"))
        elif (
            fact.sure and fact.ask and len(answers[fact.ask]) > 1 and not _is_single(fact, answers[fact.ask])
        ):
            kept.append(_left(fact, "several answers"))
        elif (key := (fact.ask or fact.text, _comparable(fact) or f"{fact.line}|{fact.text}")) not in seen:
            seen.add(key)
            kept.append(fact)
    return kept


def _left(fact: Fact, because: str) -> Fact:
    return replace(fact, kind="unread", sure=False, because=because)


def _is_single(fact: Fact, answers: set[str]) -> bool:
    """Whether the answers are about one and the same thing, which has one value."""
    kind = fact.attribute.partition(":")[0]
    return (kind in ONE_VALUE or kind == "polar") and len({a.partition("|")[0] for a in answers}) == 1


def _contradictions(facts: Sequence[Fact]) -> list[Contradiction]:
    """Sure facts about the same that do not say the same."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        kind = fact.attribute.partition(":")[0]
        if fact.sure and (kind in ONE_VALUE or kind == "polar"):
            groups.setdefault((fact.attribute, fact.subject), []).append(fact)
    return [
        Contradiction(tuple(group))
        for group in groups.values()
        if any(fact.file for fact in group) and len({_comparable(fact) for fact in group}) > 1
    ]


def _comparable(fact: Fact) -> str:
    """The value without what is written in two ways; of a yes or no, which of them."""
    if not fact.sure:
        return ""
    plain = fact.value.casefold().replace(",", "").replace(".00", "")
    if fact.attribute.startswith("polar"):
        return plain.split(maxsplit=1)[0]
    for sign, word in (("$", "dollars"), ("€", "euros"), ("£", "pounds")):
        if plain.startswith(sign):
            plain = f"{plain.removeprefix(sign).strip()} {word}"
    return " ".join(plain.split())


def _told(found: Contradiction) -> str:
    said = "; ".join(f"{fact.file or 'the prompt'} line {fact.line}: {fact.text}" for fact in found.facts)
    return f'There are contradictory answers to "{found.facts[0].ask}": {said}'
