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
        self._third = [(re.compile(pattern), gives) for pattern, gives in table["third"]]

    def base_of(self, word: str) -> str:
        """The base form of an imperative, or nothing where the word is none."""
        return self._base.get(word.casefold(), "")

    def third(self, base: str) -> str:
        """The form behind a singular subject."""
        for pattern, gives in self._third:
            if pattern.match(base):
                return pattern.sub(gives, base)
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
            return tuple(base[: len(base) - len(ending)] + form for form in forms.split())
    return (base,)


@cache
def verbs_of(code: str) -> Verbs:
    return Verbs(load(code, "verbs"))


def imperative(text: str, language: Language) -> tuple[str, str]:
    """The base form of the verb that the text begins with, and what stands behind it; `("", "")`: none.

    A verb that is also a noun counts only before what an object begins with.
    """
    verbs = verbs_of(language.code)
    match = _FIRST.match(text)
    if not match:
        return "", ""
    base, rest = verbs.base_of(match[1]), text[match.end() :].strip()
    if not base or (base in verbs.nouns and not language.pattern(verbs.table["objects"]).match(rest)):
        return "", ""
    return base, rest


_FIRST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?)(?![\w'’])")
