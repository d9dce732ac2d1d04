"""Scalars in JSON: where they stand, what kind of thing they are, and when two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_EMAIL = re.compile(r"^\S+@\S+\.\w+$")
_MONEY = re.compile(
    r"price|cost|amount|total|fee|balance|charge|fare|deposit|rate$|refund|precio|importe|saldo|monto",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:sur|full_?|first_?|last_?|customer_?|caller_?|guest_?|member_?|patient_?|contact_?|account_holder_?)?name$|nombre",
    re.IGNORECASE,
)


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
    """A form in which equal values are equal, whatever their punctuation: phone numbers by their last ten digits."""
    text = str(value).strip().casefold()
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 10 and not re.search(r"[a-z]", text) and not _DATE.match(text[:10]):
        return digits[-10:]
    return text


def kind_of(key: str, value: Any) -> ValueKind:
    """What kind of thing a value is, by its key first and its looks second."""
    lowered, text = key.lower(), str(value)
    if isinstance(value, bool):
        return "flag"
    if re.search(r"phone|mobile|telefono|teléfono|msisdn|caller_number|cell", lowered) or re.match(
        r"^\+\d{8,15}$", text
    ):
        return "phone"
    if "mail" in lowered or _EMAIL.match(text):
        return "email"
    if re.search(r"birth|dob|nacimiento", lowered):
        return "birth_date"
    if _DATETIME.match(text):
        return "datetime"
    if _DATE.match(text):
        return "date"
    if _TIME.match(text):
        return "time"
    if re.search(
        r"(?:^|_)(?:id|ref|reference|number|code|no|key|token|vin|zip|plate|numero|codigo)$|Id$|_id_", key
    ) and not isinstance(value, float):
        return "id"
    if isinstance(value, int | float):
        return "money" if _MONEY.search(lowered) else "number"
    if _PERSON.search(lowered):
        return "name"
    return "text"


def words_of(identifier: str) -> list[str]:
    """`bookAppointment_v2` as its words: book, appointment, v2."""
    return [w.lower() for w in re.findall(r"[A-ZÁÉÍÓÚÑ]?[a-záéíóúñü]+|[A-Z]+(?![a-z])|\d+", identifier)]


def singular(noun: str) -> str:
    """`emergencies` as `emergency`, `medical questions` as `medical question`."""
    for ending, repl in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if noun.endswith(ending):
            return noun[: -len(ending)] + repl
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
