"""Facts of documents: what they say, where, and how to ask for it without giving the answer."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Document
from evalgen.reading.facts import MOST_FACTS, Fact, facts_of
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.questions import questions_of


def facts(name: str, text: str, language: str = "en") -> list[Fact]:
    return facts_of([Document(1, name, text)], lexicon_of(language))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Winching is covered within 15 metres of a road.", "whether winching is covered, and on what terms"),
        (
            "Taxis and old vans are not covered.",
            "whether taxis and old vans are covered",
        ),
        (
            "Hours that were not used do not carry over.",
            "whether hours that were not used can carry over",
        ),
        (
            "A visit counts as a call-out once it has begun.",
            "whether a visit counts as a call-out, and if so when",
        ),
        ("A second visit is not counted either.", "whether a second visit is counted"),
        ("A tow truck has two passenger seats.", "how many passenger seats a tow truck has"),
        ("Up to five vehicles may be registered here.", "how many vehicles may be registered here"),
        ("After 30 days, nothing is refunded.", "what holds after 30 days"),
        ("Members under 25 pay $20 less.", "how much members under 25 pay"),
        ("The club answers within 10 days.", "how soon the club answers"),
        ("It needs a second truck.", ""),
    ],
)
def test_a_sentence_is_asked_for_by_its_subject_and_verb(sentence: str, question: str) -> None:
    assert questions_of("en").of_sentence(sentence) == question


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Los menores de 14 años no pueden entrar solos.", "si los menores de 14 años pueden entrar solos"),
        ("El aparcamiento cuesta 3 euros al día.", "cuánto cuesta el aparcamiento"),
        ("Si la baja se pide tarde, se cobra el mes.", "qué pasa si la baja se pide tarde"),
    ],
)
def test_spanish_sentences_are_asked_for_in_spanish(sentence: str, question: str) -> None:
    assert questions_of("es").of_sentence(sentence) == question


@pytest.mark.parametrize(
    ("row", "column", "cell", "question"),
    [
        ("Sauna", "Gold", "yes", "whether Sauna comes with Gold"),
        ("Guest passes", "Gold", "4", "how many guest passes come with Gold"),
        ("Call-outs in a year", "Gold", "4", "how many call-outs in a year come with Gold"),
        ("Garden twin", "Beds", "2", "how many beds come with the garden twin"),
        (
            "Towing, each call-out",
            "Gold",
            "up to 9 km",
            "what limit Gold sets for the towing on each call-out",
        ),
        ("Price for a year", "Gold", "$12", "what the price for a year is with Gold"),
        ("Late check-out", "Gold", "$12", "how much the late check-out costs with Gold"),
        ("Garden twin", "Weekly price", "$12", "what the weekly price is for the garden twin"),
        ("Towels", "Gold", "on request", "what holds for Towels where Gold is concerned"),
    ],
)
def test_a_cell_is_asked_for_by_the_kind_of_its_column_and_value(
    row: str, column: str, cell: str, question: str
) -> None:
    assert questions_of("en").of_cell(row, column, cell, lexicon_of("en").nouns) == question


@pytest.mark.parametrize(
    ("row", "cell", "question"),
    [
        ("Cuota mensual", "25 €", "de cuánto es la cuota mensual con Oro"),
        ("Invitados", "3", "qué número de invitados incluye Oro"),
        ("Sauna", "no", "si Oro incluye la sauna"),
    ],
)
def test_a_spanish_cell_is_asked_for_with_its_article(row: str, cell: str, question: str) -> None:
    assert questions_of("es").of_cell(row, "Oro", cell, lexicon_of("es").nouns) == question


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("faq.csv", "Question,Answer\nDo you ship?,Yes we do.\n", 2),
        ("faq.json", '[{"question": "Do you ship?",\n"answer": "Yes we do."}]', 2),
        ("faq.xml", "<faq><i>\n<question>Do you ship?</question>\n<answer>Yes we do.</answer></i></faq>", 3),
        ("faq.md", "| Question | Answer |\n| - | - |\n| Do you ship? | Yes we do. |\n", 3),
        ("faq.txt", "Q: Do you ship?\nA: Yes we do.\n", 2),
    ],
)
def test_questions_and_answers_are_understood_in_every_format(name: str, text: str, line: int) -> None:
    (fact,) = facts(name, text)
    assert (fact.about, fact.text, fact.line) == ('"Do you ship?"', "Yes we do.", line)


def test_records_of_a_json_list_are_rows_of_a_table() -> None:
    gold, silver = facts("plans.json", '[{"plan": "Gold", "price": 12},\n{"plan": "Silver", "price": 8}]')
    assert (gold.text, gold.row, gold.column, gold.line) == ("Gold, price: 12", "Gold", "price", 1)
    assert (silver.value, silver.line) == ("8", 2)


def test_a_case_that_names_nothing_is_no_question() -> None:
    (fact,) = facts("a.md", "# Terms\n\nAfter that, you pay the fee again.")
    assert "that" not in fact.about.split()


def test_entities_of_xml_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "Parcels cost 3 dollars.">]><a><fee>&b;</fee></a>'
    assert facts("bomb.xml", bomb) == []


def test_broken_documents_have_no_facts() -> None:
    assert facts("a.json", "{") == facts("a.xml", "<a>") == facts("a.csv", "") == facts("a.txt", " ") == []


def test_of_too_many_pages_each_document_is_read_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalgen.reading.facts.MOST_CHARACTERS", 120)
    pages = [
        Document(n, f"{n}.txt", f"Kind {n} costs {n} dollars.\n\n" * 2 + "Tea costs 9 euros. " * 9)
        for n in (1, 2)
    ]
    assert [fact.text for fact in facts_of(pages, lexicon_of("en"))] == [
        "Kind 1 costs 1 dollars.", "Kind 2 costs 2 dollars.",
    ]  # fmt: skip


def test_of_a_million_rows_only_the_first_are_read() -> None:
    rows = "".join(f"thing {i},{i}.00\n" for i in range(200_000))
    assert len(facts("big.csv", "Item,Price\n" + rows)) == MOST_FACTS
