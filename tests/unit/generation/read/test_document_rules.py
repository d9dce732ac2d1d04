"""Every rule reads its own examples, and leaves its counter-examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.read.documents import Fact
from evalgen.generation.read.documents.answers import Answers
from evalgen.generation.read.documents.cells import Cells
from evalgen.generation.read.documents.labels import Labels
from evalgen.generation.read.documents.layout import Answered, Labelled, Row, Sentence, Table
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.rules import READ, rules_of
from evalgen.generation.read.documents.sentences import Sentences

ROW = {"en": "Crown", "es": "Corona"}
HEAD = {"en": "Service", "es": "Servicio"}


def entries(kind: str, subject: str = "facts") -> list[tuple[str, dict[str, Any]]]:
    return [(language, entry) for language in READ for entry in load(language, subject)[kind]]


def named(value: object) -> str:
    return str(value["name"]) if isinstance(value, dict) else str(value)


def readers(language: str) -> tuple[Sentences, Cells, Answers]:
    rules, names = rules_of(language), frozenset[str]()
    maker = Maker("facts.md", rules, names)
    sentences = Sentences(rules, maker, names)
    return sentences, Cells(rules, maker, names), Answers(rules, maker, names, sentences)


def of_sentence(language: str, text: str) -> Fact:
    return readers(language)[0].fact(Sentence(text, 1, ""))


def of_cell(language: str, head: str, cell: str, first: Sequence[str] = ()) -> Fact:
    over, row = first or (HEAD[language], ROW[language])
    table = Table((over, head), (Row((row, cell), 2, "row"),), 1, "")
    (fact,) = readers(language)[1].facts(table)
    return fact


def of_label(language: str, label: str, value: str) -> Fact:
    rules, names = rules_of(language), frozenset[str]()
    labels = Labels(rules, Maker("facts.md", rules, names), names, ())
    (fact,) = labels.facts(Labelled(label, value, 1, f"{label}: {value}", ""))
    return fact


@pytest.mark.parametrize(("language", "rule"), entries("sentence"), ids=named)
def test_a_rule_of_sentences_reads_its_examples_and_nothing_else(language: str, rule: dict[str, Any]) -> None:
    for text, question in rule["examples"]:
        if question:
            fact = of_sentence(language, text)
            assert (fact.because, fact.ask) == (rule["name"], question), text
    for text in rule["counter"]:
        assert of_sentence(language, text).because != rule["name"], text


@pytest.mark.parametrize(("language", "rule"), entries("column"), ids=named)
def test_a_rule_of_columns_reads_its_examples_and_nothing_else(language: str, rule: dict[str, Any]) -> None:
    for head, cell in rule["examples"]:
        fact = of_cell(language, head, cell, rule.get("first", ()))
        assert (fact.because, fact.sure) == (rule["name"], True), (head, cell)
        assert cell.casefold() not in fact.ask.casefold()
    for head, cell in rule["counter"]:
        assert not of_cell(language, head, cell, rule.get("first", ())).sure, (head, cell)


@pytest.mark.parametrize(("language", "rule"), entries("label"), ids=named)
def test_a_rule_of_labels_reads_its_examples_and_nothing_else(language: str, rule: dict[str, Any]) -> None:
    for label, value in rule["examples"]:
        assert of_label(language, label, value).because == rule["name"], (label, value)
    for label, value in rule["counter"]:
        assert of_label(language, label, value).because != rule["name"], (label, value)


@pytest.mark.parametrize(("language", "rule"), entries("question", "questions"), ids=named)
def test_a_question_of_a_document_is_asked_as_a_caller_would(language: str, rule: dict[str, Any]) -> None:
    answer = {"en": "The desk is open from 9 to 5.", "es": "La oficina abre de 9:00 a 17:00."}[language]
    for question, asked in rule["examples"]:
        assert readers(language)[2].fact(Answered(question, answer, 2, "")).ask == asked, question
