"""The fields of a record, and its texts as rules compare them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalgen.generation.read.record_states import Held
from evalgen.generation.values import Path, is_listed, key_of, key_words, kind_of, leaves, plain


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a record with the words of its key and of what it stands in."""

    path: Path
    words: tuple[str, ...]
    value: Any

    @property
    def held(self) -> Held:
        return self.path, self.words, self.value


def fields_of(record: Any) -> Iterator[Field]:
    """The scalars of a record that stand outside lists."""
    for path, value in leaves(record):
        if not is_listed(path) and value is not None:
            yield Field(path, key_words(key_of(path)), value)


def known_values(outputs: Iterable[Any]) -> dict[tuple[str, ...], frozenset[str]]:
    """The short texts that each field has in all answers."""
    found: dict[tuple[str, ...], set[str]] = {}
    for output in outputs:
        for path, value in leaves(output):
            if isinstance(value, str) and 0 < len(value) <= 30 and kind_of(key_of(path), value) == "text":
                words = key_words(key_of(path))
                found.setdefault(words, set()).add(plain_text(value))
    return {words: frozenset(values) for words, values in found.items()}


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """In small letters, without marks of code and with underscores as blanks."""
    return re.sub(r"[`*_\"«»“”]+", " ", plain(text)).strip()
