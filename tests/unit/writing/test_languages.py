"""A language is one pair of files beside the others, with everything that the English ones have."""

from __future__ import annotations

import re
import string
import tomllib
from importlib.resources import files
from typing import Any

import pytest

FILES = {entry.name: entry for entry in files("evalgen.languages").iterdir() if entry.name.endswith(".toml")}
OTHERS = sorted(name for name in FILES if not name.startswith("en."))


def data(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name].read_text("utf-8"))


@pytest.mark.parametrize("name", OTHERS)
def test_a_language_has_the_same_tables_as_english(name: str) -> None:
    english = data(f"en.{name.partition('.')[2]}")
    assert set(data(name)) == set(english)
    for key, value in english.items():
        assert type(data(name)[key]) is type(value) or {type(data(name)[key]), type(value)} == {str, list}, (
            key
        )


@pytest.mark.parametrize("name", [n for n in OTHERS if n.endswith(".phrases.toml")])
def test_a_language_has_a_phrase_for_every_move(name: str) -> None:
    assert set(data(name)["moves"]) >= set(data("en.phrases.toml")["moves"])


@pytest.mark.parametrize("name", [n for n in FILES if n.endswith(".phrases.toml")])
def test_every_phrase_is_a_template_that_can_be_filled(name: str) -> None:
    phrases = data(name)["moves"]
    for move, listed in phrases.items():
        assert listed, move
        for phrase in listed:
            texts = [phrase] if isinstance(phrase, str) else [phrase["say"], phrase.get("expect", "")]
            for text in texts:
                fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
                assert all(re.fullmatch(r"\w+", field) for field in fields), text
        assert len({str(phrase) for phrase in listed}) == len(listed), move


@pytest.mark.parametrize("name", [n for n in FILES if n.endswith(".lexicon.toml")])
def test_every_pattern_of_a_lexicon_is_one(name: str) -> None:
    lexicon = data(name)
    for cues in lexicon["themes"].values():
        re.compile("|".join(cues))
    for rules in lexicon["views"].values():
        for pattern, replacement in rules:
            re.sub(pattern, replacement, "a text that you read to the caller")
