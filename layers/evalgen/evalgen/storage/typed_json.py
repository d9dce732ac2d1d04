"""Dataclasses as JSON, and back: what reads a kind is made when the first is, as that takes milliseconds."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_json(value: object) -> bytes:
    return _adapter(type(value)).dump_json(value)  # type: ignore[arg-type] # classes are hashable


def from_json(kind: type[T], data: bytes | str) -> T:
    """Raises pydantic's ValidationError."""
    value: T = _adapter(kind).validate_json(data)  # type: ignore[arg-type] # likewise
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
