"""What the words of tools' names and keys mean, and how they are said: `patient_id`, `bookAppointment`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from evalgen.generation.languages import load, written
from evalgen.generation.values import key_words, plain, words_of

_BARE = (["number"], ["id"], ["code"], ["no"], ["ref"], ["numero"], ["codigo"])
SHORTEST_STEM, LONGEST_STEM = 4, 6
MOST_KEPT = 8192
"""Words that are asked for again and again."""
Effect = Literal["read", "verify", "write", "inward"]


@dataclass(frozen=True, eq=False)
class Words:
    """One language's words for the parts of tools; there is one of each language."""

    language: str
    tables: dict[str, Any]

    def effect(self, verb: str) -> Effect | None:
        for effect in ("inward", "verify", "write", "read"):
            if verb in self.tables["verbs"][effect]:
                return effect
        return None

    @lru_cache(maxsize=MOST_KEPT)  # noqa: B019 - there is one for each language
    def noun_of(self, key: str) -> str:
        """What a caller calls the value of a key: `customer_phone` is the phone number."""
        words = list(key_words(key))
        if self.unit_of(key):
            words = words[: -1 - (words[-2] in self.tables["measured"]["joins"])]
        while len(words) > 1 and words[-1] in (*self.tables["units"], *self.tables["openers"]):
            if len(words) == 2 and words[0] in self.tables["counting"]:
                break
            words.pop()
        known = self.tables["keys"]
        if len(words) > 1 and words[-1] == "at":
            return str(self.tables.get("at", "{noun}")).format(noun=" ".join(words[:-1]))
        while True:
            if (noun := known.get("_".join(words))) and isinstance(noun, str):
                return noun
            if len(words) < 2 or words[0] not in known["prefixes"]["people"] or words[1:] in _BARE:
                break
            words = words[1:]
        if len(words) > 1 and words[0] in known["prefixes"]["kept"]:
            return str(self.tables["prefixed"]).format(
                prefix=words[0], noun=self.noun_of("_".join(words[1:]))
            )
        if len(words) > 1 and words[0] in self.tables["for_whom"]["words"]:
            return str(self.tables["for_whom"]["said"]).format(noun=self.noun_of("_".join(words[1:])))
        if len(words) > 1 and words[0] == "id":
            return self.numbered(words[1:])
        if len(words) > 1 and words[-1] in ("id", "no", "num"):
            return self.numbered(words[:-1])
        whole = self.tables.get("abbreviations", {})
        return self.written(" ".join(self._joined([whole.get(word, word) for word in words])))

    def unit_of(self, key: str) -> str:
        """How people say the unit behind what a key measures: `inches` of `height_in`; of `check_in` none."""
        *what, unit = key_words(key) or ("",)
        measured = self.tables["measured"]
        return str(measured["units"].get(unit, "")) if set(what) & set(measured["nouns"]) else ""

    def _joined(self, words: list[str]) -> list[str]:
        """`fecha recogida` as `fecha de recogida`, in languages that put a word between."""
        joint = self.tables.get("joined")
        if not joint or len(words) != 2 or words[0] not in joint["heads"] or words[1] in joint["adjectives"]:
            return words
        return [words[0], joint["by"], words[1]]

    def written(self, text: str) -> str:
        """Words of keys with the accents that keys leave out."""
        accents = self.tables.get("accents", {})
        return " ".join(accents.get(word, word) for word in text.split())

    @lru_cache(maxsize=MOST_KEPT)  # noqa: B019 - there is one for each language
    def in_full(self, noun: str) -> str:
        """What a key shortens, as people say it: `item count` as the number of items."""
        for pattern, gives in self.tables["in_full"]["nouns"]:
            noun = re.sub(pattern, gives, noun)
        return noun

    def numbered(self, words: Sequence[str]) -> str:
        """`order` as what its id is called: order number."""
        return str(self.tables["numbered"]).format(noun=" ".join(words))

    def is_plural(self, noun: str) -> bool:
        last = (noun.split() or [""])[-1].casefold()
        exceptions = self.tables["nouns"]["plural_exceptions"]
        if last in self.tables["nouns"]["irregular"]:
            return True
        return last.endswith("s") and not last.endswith("ss") and last not in exceptions

    @lru_cache(maxsize=MOST_KEPT)  # noqa: B019 - there is one for each language
    def singular(self, noun: str) -> str:
        *before, last = noun.split() or [""]
        if one := self.tables["nouns"]["irregular"].get(last):
            return " ".join([*before, one])
        for ending, single in self.tables["singular"]:
            if self.is_plural(last) and re.search(ending, last):
                return " ".join([*before, re.sub(ending, single, last)])
        return noun


@cache
def words_in(language: str) -> Words:
    """The words of a language. Raises FileNotFoundError where none are written."""
    return Words(language, load(language, "tools"))


@cache
def all_words() -> tuple[Words, ...]:
    """Of all languages: a tool's name need not be in the language of its prompt."""
    return tuple(words_in(code) for code in written("tools"))


@cache
def in_all(table: str, name: str) -> frozenset[str]:
    """The words of a list in a table of all languages."""
    return frozenset(word for words in all_words() for word in words.tables[table][name])


@dataclass(frozen=True, slots=True)
class ToolName:
    """`bookAppointment` as its language, verb and noun; `effect` is what the verb says that it does."""

    language: str
    verb: str
    noun: str
    effect: Effect

    @property
    def undoes(self) -> bool:
        """Whether it acts on what another call has made: `cancel`, `move`."""
        return self._is("undoing")

    @property
    def changes(self) -> bool:
        """Whether a value that is given for it is a new one: `move`, `update`."""
        return self._is("changing")

    @property
    def alters(self) -> bool:
        """Whether it does something to what is there already, and makes nothing: either of the two."""
        return self.undoes or self.changes

    def _is(self, what: str) -> bool:
        return self.verb in in_all("wishes", what)


@lru_cache(maxsize=MOST_KEPT)
def singular_of(word: str) -> str:
    """The word as one of the languages has it for a single thing."""
    return next((one for words in all_words() if (one := words.singular(word)) != word), word)


def head_of(noun: str) -> str:
    """The last word of what a thing is called, as identifiers have it: slot of `exam slot`."""
    return plain(noun.rsplit(maxsplit=1)[-1]) if noun else ""


def stems_of(verbs: Iterable[str]) -> tuple[str, ...]:
    """The letters by which a verb and its noun are taken for the same: `cancel` and `Cancellations`; nothing
    of verbs that are too short.
    """
    stems = (plain(verb)[:LONGEST_STEM].removesuffix("e") for verb in verbs)
    return tuple(stem for stem in stems if len(stem) >= SHORTEST_STEM)


def read_name(name: str) -> ToolName | None:
    """None where no language knows a verb in it."""
    parts = words_of(name)
    for words in all_words():
        for first in range(len(parts)):
            two = words.tables["verbs"]["two"].get("_".join(parts[first : first + 2]))
            verb = two or parts[first]
            effect = words.effect(verb)
            if effect is None or (first and first != len(parts) - 1 and first > 1):
                continue
            rest = parts[first + (2 if two else 1) :] or parts[:first]
            nouns = words.tables["nouns"]
            added_to = nouns["added_to"] if rest[:1] == ["to"] and verb == "add" else {}
            noun = added_to.get(" ".join(rest[1:])) or _noun(rest, words)
            if effect == "inward" and set(noun.split()) & {*nouns["moved"], *nouns["reported"]}:
                effect = "write"
            return ToolName(words.language, verb, noun, effect)
    return None


def _noun(parts: list[str], words: Words) -> str:
    nouns = words.tables["nouns"]
    parts = parts[1:] if len(parts) > 1 and parts[0] in nouns["ends"] else parts
    for position, part in enumerate(parts):
        if position and part in nouns["ends"]:
            parts = parts[:position]
            break
    return " ".join([part for part in parts if part not in nouns["fillers"]] or parts)
