"""What pydantic finds wrong, as the contract answers it: by field, in words that say what is allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from evalgen.contract.bodies import UploadedFile
from evalgen.errors import NON_FIELD

SHOWN_CHARACTERS = 60
OWN = "evalgen"
Place = tuple[str | int, ...]
"""Keys and positions, from the top of a JSON value to one in it."""

UNION_KINDS = {"int", "str", "constrained-int", "constrained-str", "SuiteProfile"}
"""What pydantic puts into a place for a value that may be of several kinds."""


def wrong(text: str) -> PydanticCustomError:
    """An error for a validator to raise, whose text is answered as it is."""
    return PydanticCustomError(OWN, "{text}", {"text": text})


def shown(value: object) -> str:
    """A value that was sent, short enough for an answer."""
    if isinstance(value, UploadedFile):
        return "a file"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def problems_of(error: ValidationError) -> dict[str, list[str]]:
    """Every problem under its top-level field; the place inside the field stands before the text."""
    found: dict[str, dict[str, None]] = {}
    for detail in error.errors(include_url=False):
        field, place = _located(detail["loc"])
        text = f"{place}: {_text(detail)}" if place else _text(detail)
        found.setdefault(field, {})[text] = None
    return {field: list(texts) for field, texts in found.items()}


def problems_in(error: ValidationError) -> list[tuple[Place, str]]:
    """Every problem with its whole place."""
    return [(detail["loc"], _text(detail)) for detail in error.errors(include_url=False)]


def problems_by_place(error: ValidationError) -> dict[str, list[str]]:
    """Every problem under its place, such as `scenarios[3].name`; kinds of a union are no part of it."""
    found: dict[str, dict[str, None]] = {}
    for loc, text in problems_in(error):
        field, place = _located([part for part in loc if part not in UNION_KINDS])
        joined = field + (place if place.startswith("[") else f".{place}" if place else "")
        found.setdefault(joined, {})[text] = None
    return {place: list(texts) for place, texts in found.items()}


def in_words(place: Sequence[int | str]) -> str:
    """A place such as `model.tools[2].name`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def _located(loc: Sequence[int | str]) -> tuple[str, str]:
    if not loc:
        return NON_FIELD, ""
    field, *inner = loc
    return str(field), in_words(inner)


def _text(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == OWN:
        return str(context["text"])
    if detail["type"] == "missing":
        return "Required."
    allowed = _ALLOWED.get(detail["type"])
    return f"{allowed(context)}; got {shown(detail['input'])}." if allowed else detail["msg"]


def _is(kind: str) -> Callable[[dict[str, Any]], str]:
    return lambda _: f"Must be {kind}"


_ALLOWED: dict[str, Callable[[dict[str, Any]], str]] = {
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _is("an integer")),
    **dict.fromkeys(("float_type", "float_parsing"), _is("a number")),
    **dict.fromkeys(("bool_type", "bool_parsing"), _is("true or false")),
    "string_type": _is("a string"),
    "list_type": _is("a list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _is("an object")),
    "extra_forbidden": lambda _: "There is no such field",
    "string_too_long": lambda context: f"Must have at most {context['max_length']} characters",
    "string_too_short": lambda _: "Must not be empty",
    "too_long": lambda context: f"Must have at most {context['max_length']} items",
    "too_short": lambda _: "Must have at least one item",
    "greater_than_equal": lambda context: f"Must be at least {context['ge']}",
    "string_pattern_mismatch": lambda context: f"Must match {context['pattern']}",
    "literal_error": lambda context: (
        f"Must be one of {context['expected'].replace(' or ', ', ').replace(chr(39), '')}"
    ),
}
