"""Scalars in JSON: where they stand, what kind of thing they are, and when two are the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

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
_PHONE_WORDS = frozenset(
    ["phone", "mobile", "telephone", "telefono", "movil", "msisdn", "cell", "cellphone", "callback"]
)
_PART_WORDS = frozenset(
    ["last", "masked", "hint", "ending", "four", "ultimos", "ultimas", "cifras", "digitos"]
)
_EMAIL_WORDS = frozenset(["email", "mail", "correo"])
_BIRTH_WORDS = frozenset(["birth", "birthdate", "birthday", "dob", "nacimiento"])
_MONEY_WORDS = frozenset(
    [
        "price",
        "cost",
        "amount",
        "total",
        "fee",
        "balance",
        "charge",
        "fare",
        "deposit",
        "rate",
        "refund",
        "premium",
        "deductible",
        "precio",
        "importe",
        "saldo",
        "monto",
        "cuota",
        "senal",
        "tarifa",
    ]
)
_COUNT_WORDS = frozenset(["count", "number", "quantity", "minutes", "hours", "days", "percent"])
_ID_WORDS = frozenset(
    [
        "id",
        "ids",
        "ref",
        "reference",
        "number",
        "code",
        "no",
        "num",
        "key",
        "token",
        "vin",
        "plate",
        "numero",
        "codigo",
        "matricula",
    ]
)
_PLACE_WORDS = frozenset(["zip", "postal", "country", "area", "currency", "cp"])
_PERSON_WORDS = frozenset(
    [
        "full",
        "first",
        "last",
        "sur",
        "middle",
        "customer",
        "caller",
        "guest",
        "member",
        "patient",
        "contact",
        "account",
        "holder",
        "owner",
        "user",
        "client",
        "cardholder",
        "policyholder",
        "learner",
        "student",
        "pupil",
        "tenant",
        "resident",
        "patron",
        "donor",
        "subscriber",
        "renter",
        "driver",
        "passenger",
        "traveler",
        "traveller",
        "policy",
        "membership",
        "alumno",
        "inquilino",
        "abonado",
        "asegurado",
        "clienta",
        "ficha",
        "completo",
        "cliente",
        "paciente",
        "socio",
        "titular",
        "recipient",
        "addressee",
        "destinatario",
        "contribuyente",
    ]
)

_RECORD_WORDS = frozenset(
    ["data", "result", "record", "recipient", "sender", "parcel", "order", "booking", "reservation", "person"]
)

DAY_WORDS = frozenset({"date", "fecha"})
HOUR_WORDS = frozenset({"time", "hora"})


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar inside a JSON value with the keys and positions that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from leaves(inner, (*path, position))
    else:
        yield path, value


def key_of(path: Path) -> str:
    """The last key on the path: what the value is called."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def same(value: Any) -> str:
    """A form in which equal values are equal: phone numbers by their last ten digits, whatever is between."""
    text = str(value).strip().casefold()
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 10 and not re.search(r"[a-z]", text) and not _DATE.match(text[:10]):
        return digits[-10:]
    return text


PERSONAL: tuple[ValueKind, ...] = ("phone", "email", "name", "birth_date")
"""Kinds of values that say who somebody is."""


def kind_of(key: str, value: Any) -> ValueKind:
    """What kind of thing a value is, by the words of its key first and its looks second."""
    words, text = key_words(key), str(value)
    named = set(words)
    if isinstance(value, bool):
        return "flag"
    if (
        (named & _PHONE_WORDS and not is_part_of_a_phone(key))
        or words[-2:] == ("caller", "number")
        or re.match(r"^\+\d{8,15}$", text)
    ):
        return "phone"
    if named & _EMAIL_WORDS or _EMAIL.match(text):
        return "email"
    if named & _BIRTH_WORDS:
        return "birth_date"
    if _DATETIME.match(text) and _is_moment(text[:16]):
        return "datetime"
    if _DATE.match(text) and _is_moment(text):
        return "date"
    if _TIME.match(text):
        return "time"
    if isinstance(value, int | float) and named & _MONEY_WORDS and not named & _COUNT_WORDS:
        return "money"
    if (
        words
        and (words[-1] in _ID_WORDS or words[0] == "id")
        and not named & _PLACE_WORDS
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


def is_part_of_a_phone(key: str) -> bool:
    """Whether a key holds a part of a phone number only: `mobile_last4`."""
    words = set(key_words(key))
    return bool(words & _PHONE_WORDS and words & _PART_WORDS)


def _is_person(words: Iterable[str]) -> bool:
    return all(word in _PERSON_WORDS for word in words)


def names_person(path: Path) -> bool:
    """Whether a `name` on this path is somebody's: at the top, or in what a person is called."""
    before = [word for part in path[:-1] if isinstance(part, str) for word in key_words(part)]
    return not is_listed(path) and all(word in _PERSON_WORDS or word in _RECORD_WORDS for word in before)


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
    if re.search(r"yyyy-mm-dd|aaaa-mm-dd", hint) or words & DAY_WORDS:
        return "date"
    return "time" if words & HOUR_WORDS else None


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


def number_of(text: str) -> int:
    """A number that chooses for a text, the same in every process."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
