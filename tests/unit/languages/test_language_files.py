"""Every language's files are complete: what English can be told, the others can be told too."""

from __future__ import annotations

import re

import pytest

from evalgen.contract.languages import LANGUAGES
from evalgen.languages.tables import DEFAULT, codes_with
from evalgen.reading.lexicon import lexicon_of
from evalgen.writing.phrases import Phrases, phrases_of

OTHERS = [code for code in codes_with("phrases") if code != DEFAULT]
SLOT = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("code", codes_with("phrases"))
def test_a_language_has_a_lexicon_phrases_and_questions(code: str) -> None:
    assert code in codes_with("lexicon")
    assert code in codes_with("knowledge")
    assert phrases_of(code).language == lexicon_of(code).language == code


@pytest.mark.parametrize("code", OTHERS)
def test_a_move_has_most_of_the_variants_that_it_has_in_english(code: str) -> None:
    own, english = phrases_of(code).moves, phrases_of(DEFAULT).moves
    thin = {move for move, phrases in english.items() if len(own[move]) < 0.6 * len(phrases)}
    assert not thin


@pytest.mark.parametrize("code", OTHERS)
def test_outcomes_and_calls_are_told_under_the_same_names_as_in_english(code: str) -> None:
    own, english = phrases_of(code), phrases_of(DEFAULT)
    assert own.outcome.keys() == english.outcome.keys()
    assert own.told.keys() == english.told.keys()
    assert own.knowledge.names.keys() == english.knowledge.names.keys()
    assert "default" in own.names


@pytest.mark.parametrize("code", OTHERS)
def test_some_phrase_of_every_move_needs_no_more_than_its_english_ones(code: str) -> None:
    own, english = phrases_of(code), phrases_of(DEFAULT)
    for move, phrases in english.moves.items():
        given = set().union(*(_needs(phrase.say) for phrase in phrases))
        assert any(_needs(phrase.say) <= given for phrase in own.moves[move]), move


def _needs(text: str) -> set[str]:
    """The values that a phrase is made of: `the_noun` is made of the noun."""
    derived = {"the_noun": "noun", "your_noun": "noun", "a_x": "x", "X": "x", "thing_a": "thing"}
    derived |= {"the_thing": "thing", "the_reference": "reference"}
    return {derived.get(slot, slot) for slot in SLOT.findall(text)}


def test_every_language_of_the_contract_has_a_name() -> None:
    english: Phrases = phrases_of(DEFAULT)
    assert english.languages.keys() == set(LANGUAGES) - {"multi"}


@pytest.mark.parametrize(
    ("instruction", "duty"),
    [
        ("pregunta el nombre y compáralo", "preguntar el nombre y compararlo"),
        ("pida el teléfono y busque la ficha", "pedir el teléfono y buscar la ficha"),
        ("indica que llame al 112 o vaya a urgencias", "indicar que llame al 112 o vaya a urgencias"),
        ("discúlpate, inténtalo otra vez y cuelga", "disculparse, intentarlo otra vez y colgar"),
        ("espera el sí y no sigas sin él", "esperar el sí y no seguir sin él"),
        ("le des datos", "darle datos"),
        ("des diagnósticos ni recomiendes nada", "dar diagnósticos ni recomendar nada"),
    ],
)
def test_spanish_imperatives_of_either_address_become_infinitives(instruction: str, duty: str) -> None:
    assert lexicon_of("es").verbs.as_duty(instruction) == duty


def test_english_instructions_are_duties_as_they_stand() -> None:
    text = "ask for the name, compare it and never guess"
    assert lexicon_of("en").verbs.as_duty(text) == text
