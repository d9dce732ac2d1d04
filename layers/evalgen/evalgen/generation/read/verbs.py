"""Verbs of instructions: which base form an imperative has, and the form behind `it`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.language import Language


class Verbs:
    """The `verbs` of a language.

    Where imperatives have endings of their own, `inflections` give them by the ending of the base form: the
    familiar one, the polite one, and the one that forbids.
    """

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.nouns = frozenset(table["nouns"].split())
        self.heard = frozenset(table["heard"].split())
        self.heard_banned = self.heard | frozenset(table["heard_banned"].split())
        self.own = frozenset(table["own"].split())
        self._base: dict[str, str] = {}
        for base in sorted({*table["plain"].split(), *self.nouns}):
            for form in _forms(base, table):
                self._base.setdefault(form, base)
        self._enclitics: dict[str, str] = table.get("enclitics", {})
        self._accents: dict[int, str] = str.maketrans(*table.get("accents", ("", "")))
        endings = "|".join(sorted(self._enclitics, key=len, reverse=True))
        self._enclitic = re.compile(rf"^(\w{{2,}}?)({endings})$" if endings else "(?!)")
        self._third = [(re.compile(pattern), gives) for pattern, gives in table["third"]]

    def base_of(self, word: str) -> str:
        """The base form of an imperative, or nothing where the word is none."""
        return self.split(word)[0]

    def split(self, word: str) -> tuple[str, str]:
        """The base form of an imperative and the pronoun that a base form has behind it."""
        lowered = word.casefold()
        if lowered in self._base:
            return self._base[lowered], ""
        if match := self._enclitic.match(lowered):
            for form in (match[1], match[1].translate(self._accents)):
                if form in self._base:
                    return self._base[form], self._enclitics[match[2]]
        return "", ""

    def third(self, base: str) -> str:
        """The form behind a singular subject."""
        for pattern, gives in self._third:
            if pattern.match(base):
                return str(pattern.sub(gives, base))
        return base

    def from_gerund(self, word: str) -> str:
        """The base form of `giving`, or nothing."""
        stem = word.casefold().removesuffix("ing")
        return next((b for b in (stem, f"{stem}e", stem[:-1]) if b and b in self._base.values()), "")


def _forms(base: str, table: dict[str, Any]) -> tuple[str, ...]:
    irregular = table.get("irregular", {})
    if base in irregular:
        return tuple(irregular[base].split())
    for ending, forms in table.get("inflections", ()):
        if base.endswith(ending):
            return (*(base[: len(base) - len(ending)] + form for form in forms.split()), base)
    return (base,)


@cache
def verbs_of(code: str) -> Verbs:
    return Verbs(load(code, "verbs"))


def imperative(text: str, language: Language, ban: bool = False) -> tuple[str, str]:
    """The base form of the verb that the text begins with, and what stands behind it; `("", "")`: none.

    A verb that is also a noun counts only before what an object begins with, or behind a negation (`ban`)
    that nouns do not take.
    """
    verbs = verbs_of(language.code)
    match = _FIRST.match(text)
    if not match:
        return "", ""
    base, rest = verbs.base_of(match[1]), text[match.end() :].strip()
    forbidden = ban and rest[:1].isalpha() and verbs.table["ban_begins_with_verb"]
    surely = base not in verbs.nouns or forbidden
    if not base or not (surely or language.pattern(verbs.table["objects"]).match(rest)):
        return "", ""
    return base, rest


_FIRST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?)(?![\w'’])")
