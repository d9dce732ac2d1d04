"""A claim of a model and what it rests on, in the languages whose words are known."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.languages import load, written
from evalgen.generation.with_model.claims import fault_of, quoted, turns_round
from evalgen.generation.with_model.forms import Claim
from evalgen.generation.with_model.quotes import Passages

PROMPTS = {
    "en": "# Keys\nNever give out the code of the gate, do not say who lives here.\nA new key is 20 dollars.",
    "es": "# Llaves\nNunca des el código de la puerta ni digas quién vive.\nUna llave nueva cuesta 20 euros.",
}


def fault(language: str, text: str, quote: str, kind: str = "says", stated: list[Any] | None = None) -> str:
    claim = Claim.model_validate(
        {"kind": kind, "text": text, "quotes": [quote], "answers": [], "caused_by": 1}
    )
    prompt = PROMPTS[language]
    found = [quoted(prompt, Passages(prompt), quote, language)]
    return fault_of(claim, found, stated or [], [{"code": "K-771", "unit": "B14"}], language)


@pytest.mark.parametrize(
    ("language", "text", "quote", "kind"),
    [
        ("en", "The main agent should not give out the gate code.", "Never give out the code", "does_not"),
        (
            "en",
            "The main agent should refuse to say who lives there.",
            "do not say who lives here",
            "refuses",
        ),
        ("en", "The main agent should name 20 dollars for the new key.", "A new key is", "says"),
        ("en", "The main agent should ask for the floor.", "A new key is", "asks"),
        ("es", "El agente principal debe evitar dar el código.", "Nunca des el código", "does_not"),
        ("es", "El agente principal debe decir que la llave cuesta 20 euros.", "Una llave nueva", "says"),
    ],
)
def test_a_claim_that_says_what_it_quotes_has_no_fault(
    language: str, text: str, quote: str, kind: str
) -> None:
    assert fault(language, text, quote, kind) == ""


@pytest.mark.parametrize(
    ("language", "text", "quote", "kind", "told"),
    [
        ("en", "The main agent should give the code.", "give out the code", "says", "leaves out 'Never'"),
        ("en", "The main agent should say who lives there.", "say who lives here", "says", "out 'not'"),
        ("en", "The main agent should give the code.", "Never give out the code", "does_not", "to happen"),
        ("en", "The main agent should recommend some locksmith.", "A new key is", "says", "nothing of it"),
        ("en", "The main agent should ask for some passport first.", "A new key is", "asks", "nothing of it"),
        ("en", "The main agent should not give the code.", "Never give out the code", "says", "not happen"),
        ("es", "El agente principal debe dar el código.", "des el código", "says", "leaves out 'Nunca'"),
        ("es", "El agente principal debe dar el código.", "Nunca des el código", "does_not", "to happen"),
        ("es", "El agente principal debe recomendar otros cerrajeros.", "Una llave nueva", "says", "of it"),
    ],
)  # fmt: skip
def test_a_claim_that_says_something_else_is_told(
    language: str, text: str, quote: str, kind: str, told: str
) -> None:
    assert told in fault(language, text, quote, kind)


def test_another_code_than_the_one_that_is_named_is_told() -> None:
    text = "The main agent should give `B14` for the new key."
    assert "states 'B14'" in fault("en", text, "A new key is", stated=["K-771"])
    assert fault("en", text, "A new key is", stated=["B14", "K-771"]) == ""


@pytest.mark.parametrize(
    ("language", "planned", "words", "turned"),
    [
        ("en", "The main agent should not book it.", "The main agent should avoid booking it.", True),
        ("en", "The main agent should not book it.", "The main agent should not book anything.", False),
        ("en", "The main agent should say that it is off.", "The main agent should not say it.", True),
        ("es", "El agente principal debe evitar darlo.", "El agente principal debe darlo.", True),
        ("es", "El agente principal debe evitar darlo.", "El agente principal debe negarse a darlo.", False),
        ("de", "Der Hauptagent sollte das nicht tun.", "Der Hauptagent sollte das tun.", False),
    ],
)
def test_words_that_turn_a_statement_round_are_told(
    language: str, planned: str, words: str, turned: bool
) -> None:
    assert turns_round(planned, words, language) is turned


def test_every_language_has_the_same_words_for_claims() -> None:
    assert len({frozenset(load(code, "claims")) for code in written("claims")}) == 1
    assert written("claims") == written("frames")
