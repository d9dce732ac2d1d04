"""Rewriting rules: patterns, each with what takes the place of its match, as the data files list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rules:
    """`pairs` in the order of the file."""

    pairs: tuple[tuple[re.Pattern[str], str], ...]

    def everywhere(self, text: str) -> str:
        """The text with every match of every rule replaced, rule by rule."""
        for pattern, replacement in self.pairs:
            text = pattern.sub(replacement, text)
        return text

    def first(self, text: str) -> str:
        """The text with one match of the first rule that has one replaced; itself where none has."""
        return next(self.each(text), text)

    def each(self, text: str) -> Iterator[str]:
        """What each rule that matches makes of the text."""
        for pattern, replacement in self.pairs:
            changed, count = pattern.subn(replacement, text, count=1)
            if count:
                yield changed


def rules_of(listed: Iterable[Sequence[str]]) -> Rules:
    return Rules(tuple((compiled(pattern), replacement) for pattern, replacement in listed))


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern without regard to case; an empty one matches nothing."""
    return re.compile(pattern or r"(?!)", re.IGNORECASE)


def slots_of(text: str) -> frozenset[str]:
    """The names in braces: the values that a template needs."""
    return frozenset(_SLOT.findall(text))


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of several expressions, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
