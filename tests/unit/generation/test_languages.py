"""What every language has, and that none of it is still in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.values import leaves
from tests.unit.generation.read.witnesses import CODES, subjects

OTHERS = [code for code in CODES if code != "en"]
PAIRS = [(code, subject) for code in OTHERS for subject in subjects(code)]
OWN_KEYS = {
    "facts": {"mass_ends"},
    "grammar": {"genders"},
    "identity": {"disagrees"},
    "invented_people": {"gb", "us", "es", "mx"},
    "tools": {"abbreviations", "at", "joined", "meant"},
    "verbs": {"accents", "enclitics", "inflections", "irregular"},
    "wording": {"owners", "pronouns"},
}
"""What a language has for what another does not do."""
SAME_NAMES = {"statements": {"name"}, "attacks": {"id", "strategy"}, "topics": {"id"}, "turns": {"name"}}
SENTENCE = re.compile(r"[^\W\d_]+[,;:]? [^\W\d_]+")


def _texts(value: Any, left_out: set[str]) -> Iterator[str]:
    return (text for path, text in leaves(value) if isinstance(text, str) and left_out.isdisjoint(path))


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_the_subjects_of_english(code: str) -> None:
    assert subjects(code) == subjects("en")


@pytest.mark.parametrize(("code", "subject"), PAIRS)
def test_a_subject_has_the_keys_that_it_has_in_english(code: str, subject: str) -> None:
    own = OWN_KEYS.get(subject, set())
    assert set(load(code, subject)) - own == set(load("en", subject)) - own


@pytest.mark.parametrize(("code", "subject"), PAIRS)
def test_no_words_of_a_language_are_those_of_another(code: str, subject: str) -> None:
    names = SAME_NAMES.get(subject, set())
    written = {text for text in _texts(load(code, subject), names) if SENTENCE.search(text)}
    for other in set(CODES) - {code}:
        theirs = load(other, subject) if subject in subjects(other) else {}
        assert written.isdisjoint(_texts(theirs, names))
