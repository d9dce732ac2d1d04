"""The query of a REST proxy event, without any of the requests that it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from evalgen.contract.bodies import Body
from evalgen.contract.requests import RequestModel, validate

MAX_ID_DIGITS = 18

Q = TypeVar("Q", bound=RequestModel)


def query_pairs(event: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The query of a REST proxy event, in order."""
    many = event.get("multiValueQueryStringParameters") or {}
    return [(name, value) for name, values in many.items() for value in values]


def read_query(model: type[Q], event: Mapping[str, Any]) -> Q:
    """Raises InvalidRequest with all wrong parameters."""
    return validate(model, Body(0, pairs=list(query_pairs(event))), keep_empty=True)
