"""What an input is asked for as: the phone number, the number of guests or of months."""

from __future__ import annotations

from typing import Any

from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import key_words, kind_of, plain, words_of


def input_noun(key: str, value: Any, grammar: Grammar) -> str:
    """What is asked for: the phone number, the number of guests; a `boat_id` that is a name is the boat."""
    *what, last = key_words(key) or ("",)
    if what and last == "id" and str(value).isalpha():
        key = "_".join(what)
    return grammar.words.in_full(_noun(key, value, grammar))


def _noun(key: str, value: Any, grammar: Grammar) -> str:
    noun = grammar.words.noun_of(key)
    if isinstance(value, int | float) and is_of_time(key, grammar):
        return str(grammar.words.tables["counted"]).format(noun=words_of(key)[-1])
    if kind_of(key, value) == "date" and noun == grammar.words.tables["keys"].get("start"):
        noun = str(grammar.words.tables["keys"]["start_date"])
    if isinstance(value, int | float) and not isinstance(value, bool) and grammar.words.is_plural(noun):
        counted = str(grammar.words.tables["counted"])
        first, _, rest = noun.partition(" ")
        if rest and first in grammar.words.tables["keys"]["prefixes"]["kept"]:
            return str(grammar.words.tables["prefixed"]).format(prefix=first, noun=counted.format(noun=rest))
        return noun if noun.startswith(counted.split("{", maxsplit=1)[0]) else counted.format(noun=noun)
    return noun


def is_of_time(key: str, grammar: Grammar) -> bool:
    """Whether a number is one of months, days or hours of something: `pause_months`."""
    *what, unit = words_of(key) or [""]
    tables = grammar.words.tables
    return bool(set(what) - set(tables["spans_of_time"])) and plain(unit) in tables["units_of_time"]
