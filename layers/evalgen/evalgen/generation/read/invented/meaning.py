"""What a value is by the name and description of its parameter: a fact of a person, a moment, a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from evalgen.generation.languages import load, written
from evalgen.generation.patterns import search
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_words, kind_words, moment_of, plain

MomentKind = Literal["datetime", "date", "time"]


@dataclass(frozen=True)
class Meaning:
    """A parameter's name with what is said of it, read by the tables of all languages."""

    key: str
    about: str = ""
    format: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        return key_words(self.key)

    @cached_property
    def snake(self) -> str:
        return "_".join(self.words)

    @cached_property
    def said(self) -> str:
        return plain(self.about)

    @cached_property
    def fact(self) -> str:
        """The fact of a person that it is; empty for anything else."""
        for table in _tables("invented"):
            for name, pattern in table["facts"]:
                if search(pattern, self.snake):
                    return str(name)
        staff = {word for table in _tables("invented") for word in table["staff"]}
        if self.is_id or self.moment or staff & set(self.words):
            return ""
        for table in _tables("invented"):
            for name, pattern in table["facts_about"]:
                if re.search(pattern, self.said):
                    return str(name)
        return ""

    @cached_property
    def concept(self) -> tuple[str, ...]:
        """What an id is of: `new_slot_id` and `slotId` are both of a slot."""
        words = [w for w in self.words if w not in prefixes()]
        ids = {w for table in _tables("invented") for w in table["ids"]}
        kept = tuple(w for w in words if w not in ids)
        return kept or self.words

    @cached_property
    def bare(self) -> str:
        """The key without the words that say which of several is meant, in the same spelling."""
        kept = [w for w in self.words if w not in prefixes()]
        if len(kept) in (0, len(self.words)):
            return self.key
        if "_" in self.key or "-" in self.key or self.key.islower():
            return "_".join(kept)
        return kept[0] + "".join(w.title() for w in kept[1:])

    @cached_property
    def is_id(self) -> bool:
        ids = {w for table in _tables("invented") for w in table["ids"]}
        counts = bool(set(self.words[-1:]) & kind_words("count"))
        led = len(self.words) > 1 and self.words[0] in ids and not counts
        return bool(self.words) and (self.words[-1] in ids or led)

    @cached_property
    def moment(self) -> MomentKind | None:
        if self.format in ("date-time", "date", "time"):
            return "datetime" if self.format == "date-time" else self.format  # type: ignore[return-value]
        known = moment_of(self.key, {"description": self.about})
        if set(self.words) & kind_words("day") and set(self.words) & kind_words("hour"):
            return "datetime"
        nouns = " ".join(words.noun_of(self.key) for words in all_words())
        for table in _tables("invented"):
            for kind in ("datetime", "date", "time"):
                if re.search(table[f"is_{kind}"], self.said):
                    return kind
        if known:
            return known
        for table in _tables("invented"):
            if re.search(table["noun_datetime"], nouns):
                return "datetime"
            if re.search(table["noun_date"], nouns) or set(self.words) & set(table["days"]):
                return "date"
            if re.search(table["noun_time"], nouns):
                return "time"
        return None

    @cached_property
    def is_later(self) -> bool:
        """Whether it is the second of two moments: an end, a departure."""
        return any(set(self.words) & set(table["later_words"]) for table in _tables("invented"))

    @cached_property
    def is_return(self) -> bool:
        """Whether it is the end of something that takes days: a return, a departure."""
        return any(set(self.words) & set(table["return_words"]) for table in _tables("invented"))

    @cached_property
    def text(self) -> str:
        """Which of the invented texts it takes; empty where none is meant."""
        for where, said in (("by_key", self.snake), ("by_about", self.said)):
            for table in _tables("invented_texts"):
                for name, pattern in table["texts"][where]:
                    if re.search(pattern, said):
                        return str(name)
        return ""


@cache
def prefixes() -> frozenset[str]:
    """Words of an id's key that say which of several is meant: `new_slot_id`, `from_account_id`."""
    return frozenset(w for table in _tables("invented") for w in (*table["prefixes"], *table["sides"]))


def _tables(subject: str) -> Iterator[dict[str, Any]]:
    for code in written(subject):
        yield load(code, subject)
