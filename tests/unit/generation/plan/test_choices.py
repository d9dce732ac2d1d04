"""Choices of a parameter as callers say them: in the prompt's own words."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.choices import said_choice
from evalgen.generation.read.grammar import grammar_of

PHYSIO = "Prices: first assessment $95, pelvic floor session $110, sports massage $80."
FISIO = "Precios: primera sesión 45 €, sesión de suelo pélvico 60 €, masaje deportivo 50 €."


@pytest.mark.parametrize(
    ("choice", "prompt", "language", "said"),
    [
        ("pelvic", PHYSIO, "en", "pelvic floor session"),
        ("first", PHYSIO, "en", "first assessment"),
        ("sports", PHYSIO, "en", "sports massage"),
        ("pelvico", FISIO, "es", "sesión de suelo pélvico"),
        ("primera", FISIO, "es", "primera sesión"),
        ("deportivo", FISIO, "es", "masaje deportivo"),
    ],
)
def test_a_fragment_is_said_with_the_words_that_the_prompt_has_around_it(
    choice: str, prompt: str, language: str, said: str
) -> None:
    assert said_choice("session_type", choice, grammar_of(language), prompt) == said


@pytest.mark.parametrize(
    ("choice", "prompt"),
    [
        ("massage", "We offer massage and physiotherapy. A massage session is $80."),
        ("dog", "A dog and cat hotel. A dog visit is free."),
        ("cat", "A cat room costs $28."),
        ("standard", "Delivery is standard, or express."),
        ("pelvic", "We do not say what we treat."),
    ],
)
def test_a_choice_that_the_prompt_has_alone_stays_as_it_is(choice: str, prompt: str) -> None:
    assert said_choice("kind", choice, grammar_of("en"), prompt) == choice
