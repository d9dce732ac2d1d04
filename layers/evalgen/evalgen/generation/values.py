"""Scalars in JSON: where they stand, what kind of thing they are, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
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
    r"^(?:sur|full_?|first_?|last_?|customer_?|caller_?|guest_?|member_?|patient_?|contact_?"
    r"|account_holder_?)?name$|nombre",
    re.IGNORECASE,
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
    if _DATETIME.match(text) and _is_moment(text[:16]):
        return "datetime"
    if _DATE.match(text) and _is_moment(text):
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


def plain(word: str) -> str:
    """The word as identifiers have it: in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
