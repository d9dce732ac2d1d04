"""Nouns get the articles of their gender, the same in tools and in documents."""

from __future__ import annotations

import pytest

from evalgen.generation.read.documents.nouns import thing
from evalgen.generation.read.documents.rules import rules_of
from evalgen.generation.read.grammar import grammar_of


@pytest.mark.parametrize(
    ("noun", "said"),
    [("clase", "la clase"), ("llave", "la llave"), ("turno", "el turno"), ("reserva", "la reserva")],
)
def test_a_spanish_noun_has_its_article_also_where_its_ending_says_otherwise(noun: str, said: str) -> None:
    assert grammar_of("es").the(noun) == said


def test_a_participle_agrees_with_it() -> None:
    assert grammar_of("es").is_done("anular", "clase") == "queda anulada"


def test_documents_and_tools_agree_on_the_gender_of_a_noun() -> None:
    phrase = thing("Clase de moto", rules_of("es"), ())
    assert phrase and phrase.text == "una clase de moto"


def test_a_letter_that_stands_alone_keeps_its_capital() -> None:
    phrase = thing("Permiso B", rules_of("es"), ())
    assert phrase and phrase.text == "un permiso B"
