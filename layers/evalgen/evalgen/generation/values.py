"""Scalars in JSON: where they stand, what kind of thing they are, and when two are the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Literal

from evalgen.generation.languages import load

ValueKind = Literal[
    "phone",
    "email",
    "name",
    "birth_date",
    "datetime",
    "date",
    "time",
    "id",
    "money",
    "number",
    "flag",
    "text",
]
Path = tuple[str | int, ...]

_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
_DATETIME = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_TIME = re.compile(r"^\d{1,2}:\d\d(?::\d\d)?$")
_CODE = re.compile(r"[A-Z]{1,5}[-_/]?\d{3,}[A-Z0-9-]*")
_EMAIL = re.compile(r"^\S+@\S+\.\w+$")


@cache
def kind_words(kind: str) -> frozenset[str]:
    """The words of keys that say a kind, in any language."""
    return frozenset(load("_any", "kinds")[kind])


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar inside a JSON value with the keys and positions that lead to it."""
    found: list[tuple[Path, Any]] = []
    _collect(value, path, found)
    return iter(found)


def _collect(value: Any, path: Path, found: list[tuple[Path, Any]]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _collect(inner, (*path, str(key)), found)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _collect(inner, (*path, position), found)
    else:
        found.append((path, value))


def key_of(path: Path) -> str:
    """The last key on the path: what the value is called."""
    for part in reversed(path):
        if isinstance(part, str):
            return part
    return ""


def same(value: Any) -> str:
    """A form in which equal values are equal: phone numbers by their last ten digits, whatever is between."""
    text = str(value)
    return _kept_same(text) if len(text) <= LONGEST_KEPT else _same(text)


def _same(written: str) -> str:
    text = written.strip().casefold()
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 10 and not re.search(r"[a-z]", text) and not _DATE.match(text[:10]):
        return digits[-10:]
    return text


_kept_same = lru_cache(maxsize=16384)(_same)

FEWEST_DIGITS = 7
"""Of a phone number that somebody could ring."""
LONGEST_KEPT = 80
"""Characters of a text of which the same is asked again and again."""
PERSONAL: tuple[ValueKind, ...] = ("phone", "email", "name", "birth_date")
"""Kinds of values that say who somebody is."""
OF_ONE: tuple[ValueKind, ...] = (*PERSONAL, "id")
"""Those by which something of somebody's is found."""
MOMENTS: tuple[ValueKind, ...] = ("date", "time", "datetime")
"""Those that say when something is."""


def kind_of(key: str, value: Any) -> ValueKind:
    """What kind of thing a value is, by the words of its key first and its looks second."""
    kept = len(value) <= LONGEST_KEPT if isinstance(value, str) else isinstance(value, int | float | None)
    return _kept_kind_of(key, value) if kept else _kind_of(key, value)


def _kind_of(key: str, value: Any) -> ValueKind:
    words, text = key_words(key), str(value)
    named = set(words)
    if isinstance(value, bool):
        return "flag"
    if (
        (
            named & kind_words("phone")
            and not is_part_of_a_phone(key)
            and not named & (kind_words("address") | kind_words("money"))
        )
        or words[-2:] == ("caller", "number")
        or re.match(r"^\+\d{8,15}$", text)
    ):
        return "phone"
    if named & kind_words("email") or _EMAIL.match(text):
        return "email"
    if named & kind_words("birth_date"):
        return "birth_date"
    if _DATETIME.match(text) and _is_moment(text[:16]):
        return "datetime"
    if _DATE.match(text) and _is_moment(text):
        return "date"
    if _TIME.match(text):
        return "time"
    if isinstance(value, int | float) and named & kind_words("money") and not named & kind_words("count"):
        return "money"
    if (
        words
        and (words[-1] in kind_words("id") or words[0] == "id")
        and not named & kind_words("place")
        and not isinstance(value, float)
    ):
        return "id"
    if isinstance(value, int | float):
        return "number"
    if _CODE.fullmatch(text):
        return "id"
    if words and words[-1] in ("name", "surname", "nombre", "apellidos") and _is_person(words[:-1]):
        return "name"
    return "text"


_kept_kind_of = lru_cache(maxsize=16384, typed=True)(_kind_of)
"""With the types: True and 1 are equal, and not of one kind."""


def is_part_of_a_phone(key: str) -> bool:
    """Whether a key holds a part of a phone number only: `mobile_last4`."""
    words = set(key_words(key))
    return bool(words & kind_words("phone") and words & kind_words("part_of_a_phone"))


def is_half_told(key: str, value: str) -> bool:
    """Whether it is the end of a phone number, and not said to be: `mobile_on_record`, `ends 644`."""
    whole = sum(letter.isdigit() for letter in value) >= FEWEST_DIGITS
    return kind_of(key, value) == "phone" and not (whole or is_part_of_a_phone(key))


def is_first_name(key: str) -> bool:
    """Whether a key holds the first part of a name only."""
    return bool(set(key_words(key)) & kind_words("first_name"))


def is_last_name(key: str) -> bool:
    """Whether a key holds the last part of a name only."""
    return bool(set(key_words(key)) & kind_words("last_name"))


def is_whole_name(key: str, value: Any) -> bool:
    """Whether a value is a name of more than one part."""
    return kind_of(key, value) == "name" and " " in str(value)


def _is_person(words: Iterable[str]) -> bool:
    return all(word in kind_words("person") for word in words)


def names_person(path: Path) -> bool:
    """Whether a `name` on this path is somebody's: at the top, or in what a person is called."""
    path = of_first_person(path)
    before = (key_words(part) for part in path[:-1] if isinstance(part, str))
    known, all_said = _words_of_people()
    return not is_listed(path) and all(
        not known.isdisjoint(words) and all_said.issuperset(words) for words in before
    )


@cache
def _words_of_people() -> tuple[frozenset[str], frozenset[str]]:
    """What people and their records are called, and that with which of several is meant."""
    known = kind_words("person") | kind_words("record")
    return known, known | kind_words("foremost")


def of_first_person(path: Path) -> Path:
    """The path without the list of people into whose first it leads: who comes first holds the record."""
    for at, part in enumerate(path[:-1]):
        if part == 0 and set(key_words(str(path[at - 1]))) & kind_words("people"):
            return (*path[: at - 1], *path[at + 1 :])
    return path


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def moment_of(name: str, schema: dict[str, Any]) -> Literal["datetime", "date", "time"] | None:
    """Whether a value that has no example is a moment, a day or an hour, by its name and its JSON schema."""
    hint = f"{schema.get('format', '')} {schema.get('description', '')}".lower()
    words = set(words_of(name))
    if "date-time" in hint or "iso 8601" in hint or name.endswith("datetime"):
        return "datetime"
    if re.search(r"yyyy-mm-dd|aaaa-mm-dd", hint) or words & kind_words("day"):
        return "date"
    return "time" if words & kind_words("hour") else None


def words_of(identifier: str) -> list[str]:
    """`bookAppointment_v2` as its words: book, appointment, v2."""
    return [
        w.lower()
        for w in re.findall(r"[vV]\d+(?![A-Za-z])|[A-ZÁÉÍÓÚÑ]?[a-záéíóúñü]+|[A-Z]+(?![a-z])|\d+", identifier)
    ]


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """The word as identifiers have it: in small letters without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def key_words(key: str) -> tuple[str, ...]:
    """The words of a key as identifiers have them."""
    return tuple(plain(word) for word in words_of(key))


def snake(key: str) -> str:
    """A key as the profile has it: `customerPhone` is customer_phone."""
    return "_".join(key_words(key))


def is_listed(path: Path) -> bool:
    """Whether a value stands inside a list."""
    return any(isinstance(part, int) for part in path)


def lists_in(answer: Any) -> dict[str, list[Any]]:
    """What an answer lists, by key."""
    parts = answer.items() if isinstance(answer, dict) else ()
    return {key: part for key, part in parts if isinstance(part, list)}


def only_record(answer: Any) -> Path:
    """Where an answer that is one list, beside flags and counts, holds the only record in it; empty for any
    other answer.
    """
    parts = answer.items() if isinstance(answer, dict) else ()
    told = [(key, part) for key, part in parts if not isinstance(part, bool | int | None)]
    if len(told) != 1:
        return ()
    key, found = told[0]
    return (key, 0) if isinstance(found, list) and len(found) == 1 and isinstance(found[0], dict) else ()


def number_of(text: str) -> int:
    """A number that chooses for a text, the same in every process."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
