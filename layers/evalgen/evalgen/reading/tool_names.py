"""The words that names of tools and of their data are made of, in all languages: prompt and names may differ.

English words stand for the ideas; every other language says which of its words mean them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from evalgen.generation.values import plain, words_of
from evalgen.languages.rules import compiled
from evalgen.languages.tables import DEFAULT, codes_with, filled, load
from evalgen.reading.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ToolNames:
    """`reads` to `identifies` are English words; `english` leads to them from those of other languages."""

    reads: frozenset[str]
    writes: frozenset[str]
    hidden: frozenset[str]
    both: frozenset[str]
    makes: frozenset[str]
    acts_on_entry: frozenset[str]
    identifies: frozenset[str]
    fillers: frozenset[str]
    ends: frozenset[str]
    two_words: dict[str, str]
    not_found: re.Pattern[str]
    english: dict[str, str]

    @property
    def verbs(self) -> frozenset[str]:
        return self.reads | self.writes | self.hidden


@cache
def tool_names() -> ToolNames:
    """The words of all languages as one."""
    lists: dict[str, list[str]] = {}
    two_words: dict[str, str] = {}
    english: dict[str, str] = {}
    for code in codes_with("lexicon"):
        data = load(code, "lexicon")
        two_words |= data["two_words"]
        for name, listed in data["tools"].items():
            lists.setdefault(name, []).extend(listed)
        for table in ("tool_verbs", "tool_nouns"):
            for idea, own in data[table].items():
                for word in own.split():
                    english.setdefault(plain(word), idea)
    entries: dict[str, Any] = {name: frozenset(listed) for name, listed in lists.items()}
    not_found = compiled("|".join(lists["not_found"]))
    return filled(ToolNames, entries | {"two_words": two_words, "not_found": not_found, "english": english})


def english_of(word: str) -> str:
    """The English word that a word of a name stands for; the word itself where none is known."""
    return tool_names().english.get(plain(word), word)


def said_verb(word: str, lexicon: Lexicon) -> str:
    """The verb of a name in the lexicon's language, as far as it is known."""
    own, idea = lexicon.own_verbs, english_of(word)
    return own.by_spelling.get(plain(word)) or own.by_idea.get(idea, idea)


def said(words: list[str], lexicon: Lexicon) -> str:
    """The other words of a name in the lexicon's language, if all are known; foreign ones in its order."""
    own, is_english = lexicon.own_nouns, lexicon.language == DEFAULT
    known = [own.by_spelling.get(plain(word), "") for word in words]
    if all(known):
        return lexicon.nouns.joint.join(known)
    ideas = [english_of(word) for word in words]
    texts = [w or own.by_idea.get(i, i if is_english else "") for w, i in zip(known, ideas, strict=True)]
    if texts == words or not all(texts):
        return " ".join(words)
    return lexicon.nouns.joint.join(reversed(texts))


def spoken(identifier: str, lexicon: Lexicon) -> str:
    """What a listener calls a key of the data: `patient_id` is the patient number."""
    words = words_of(identifier)
    for key in (words, [english_of(word) for word in words]):
        if whole := lexicon.identifiers.get("_".join(key)):
            return whole
    if len(words) > 1 and words[-1] == "id":
        return lexicon.templates.id_number.format(noun=said(words[:-1], lexicon))
    return said(words, lexicon)
