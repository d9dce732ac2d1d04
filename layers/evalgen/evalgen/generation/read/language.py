"""A language as reading needs it: its tables compiled, and which one a prompt is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.patterns import compiled

ENOUGH, CLEARLY = 0.1, 0.2
"""Share of a prompt's words that are the language's commonest ones, from which it is written in it; the
second where the agent speaks a language that is not read. That may be a relative: every tenth word of French
is a common one of Spanish, of Spanish itself every third."""
LONGEST_SAMPLE = 60_000
_WORD = re.compile(r"[^\W\d_]+")
_MACRO = re.compile(r"<([A-Z]+)>")


@dataclass(frozen=True, slots=True)
class Frame:
    """A named rule: a pattern that has to account for a whole phrase, and what it gives.

    `marks` are the switches of the table (`topic = true`); `shows` and `spares` are its witnesses.
    """

    name: str
    pattern: re.Pattern[str]
    gives: str
    marks: Mapping[str, Any]
    shows: tuple[tuple[str, str], ...]
    spares: tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """The tables of one language, with the caller's nouns of one prompt in their patterns."""

    code: str
    one: tuple[str, ...]
    many: tuple[str, ...]
    without: frozenset[str] = frozenset()
    """Names of rules that are switched off: only tests do that."""
    owner: str = ""
    """What this prompt calls those that it speaks for (`the firm`), where it is sure."""

    def table(self, subject: str) -> dict[str, Any]:
        return load(self.code, subject)

    @cached_property
    def _macros(self) -> dict[str, str]:
        own = {"ONE": "|".join(self.one), "MANY": "|".join(self.many)}
        return {**self.table("prompt")["macros"], **own}

    def expanded(self, pattern: str) -> str:
        for _ in range(4):
            pattern = _MACRO.sub(lambda m: self._macros.get(m[1], m[0]), pattern)
        return pattern

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {}

    def pattern(self, text: str) -> re.Pattern[str]:
        """A pattern of the tables, compiled once, in small and capital letters alike."""
        if text not in self._compiled:
            self._compiled[text] = compiled(self.expanded(text), re.IGNORECASE)
        return self._compiled[text]

    @cached_property
    def _parts(self) -> dict[str, re.Pattern[str]]:
        texts = {n: p for n, p in self.table("prompt")["parts"].items() if isinstance(p, str)}
        return {name: self.pattern(text) for name, text in texts.items()}

    def part(self, name: str) -> re.Pattern[str]:
        """One of the patterns by which a sentence is taken apart."""
        return self._parts[name]

    @cache  # noqa: B019 - a handful of languages and tables, each read for one prompt
    def frames(self, subject: str, table: str) -> tuple[Frame, ...]:
        return tuple(
            Frame(
                entry["name"],
                self.pattern(entry["pattern"]),
                entry.get("gives", ""),
                entry,
                tuple((text, gives) for text, gives in entry["shows"]),
                tuple(entry.get("spares", ())),
            )
            for entry in self.table(subject)[table]
            if entry["name"] not in self.without
        )


def language_of(prompt: str, declared: str) -> str:
    """The language whose common words are most of the prompt's; empty where none that is read is.

    A prompt of too few words to tell is read in the declared language, if that is read at all.
    """
    words = [word.casefold() for word in _WORD.findall(prompt[:LONGEST_SAMPLE])]
    shares = {
        code: sum(word in common for word in words) / max(1, len(words))
        for code in written("prompt")
        if (common := frozenset(load(code, "prompt")["common"]))
    }
    best = max(shares, key=lambda code: (shares[code], code == declared))
    if shares[best] >= (ENOUGH if declared in shares else CLEARLY):
        return best
    few = len(words) < FEW_WORDS and (len(words) < FEWEST_WORDS or shares.get(declared))
    return declared if few and declared in shares else ""


FEWEST_WORDS, FEW_WORDS = 8, 40
"""Below the second one common word is enough for the declared language, below the first none is needed."""


def nouns_of(prompt: str, code: str) -> tuple[str, ...]:
    """The words by which the prompt surely calls the caller, the commonest first.

    A word needs evidence: it is asked, told, or does something in a condition; unusual ones need it twice.
    """
    table = load(code, "prompt")["caller"]
    known = "|".join(table["one"])
    evidence = re.compile(
        table["evidence"].replace("<NOUNS>", "|".join(table["many"])).replace("<NOUN>", known), re.IGNORECASE
    )
    found: dict[str, int] = {}
    for match in evidence.finditer(prompt):
        for noun in filter(None, match.groups()):
            one = _one_of(noun.casefold(), table)
            found[one] = found.get(one, 0) + 1
    apart = re.compile(table["apart"].replace("<NOUN>", known), re.IGNORECASE)
    others = {noun.casefold() for match in apart.finditer(prompt) for noun in match.groups() if noun}
    sure = {noun for noun, times in found.items() if times > 1 or noun in table["usual"]} - others
    counts: dict[str, int] = {}
    for word in map(str.casefold, _WORD.findall(prompt)):
        if word in table["always"] or _one_of(word, table) in sure:
            counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts, key=lambda noun: (-counts[noun], noun)))


def language_for(prompt: str, code: str) -> tuple[Language, tuple[str, ...]]:
    """The language with this prompt's own nouns for the caller, and those nouns."""
    nouns = nouns_of(prompt, code)
    table = load(code, "prompt")["caller"]
    used = {_one_of(noun, table) for noun in (*nouns, *table["always"])}
    one = tuple(noun for noun in table["one"] if noun in used)
    many = tuple(noun for noun in table["many"] if _one_of(noun, table) in used)
    return Language(code, one, many, owner=owner_in(prompt, code)), nouns


def owner_in(prompt: str, code: str) -> str:
    """What a prompt calls `we`; empty where the usual noun of the language is as good."""
    owners = load(code, "wording").get("owners", ())
    return next((str(noun) for pattern, noun in owners if re.search(pattern, prompt)), "")


def _one_of(noun: str, table: Mapping[str, Any]) -> str:
    """The noun in the singular."""
    return str(table["one"][table["many"].index(noun)]) if noun in table["many"] else noun
