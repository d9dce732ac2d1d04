"""What a client sends and no request has: said, so that nobody believes that it was followed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, get_args

from evalgen.contract.bodies import Body
from evalgen.contract.problems import shown
from evalgen.contract.queries import query_pairs
from evalgen.contract.requests import INDEXED, RequestModel

MEANT = {
    "count": "num_scenarios",
    "description": "extra_instructions",
    "format": "export_type",
    "limit": "page_size",
    "mock_data": "information",
    "prompt": "description",
    "tools": "mock_tools",
}
"""Names by which other APIs, and parts of the vendor's documentation, call a field."""

MOST = 20


def unknown_fields(model: type[RequestModel], body: Body) -> list[str]:
    """A text for each field of a body that the request does not have, at its place: the first of them."""
    if body.pairs is None:
        return list(islice(_of_values(model, body.values or {}, ""), MOST))
    names = dict.fromkeys(map(_name, body.pairs))
    return list(islice(_texts(model, names, ""), MOST))


def unknown_parameters(model: type[RequestModel] | None, event: Mapping[str, Any]) -> list[str]:
    return list(islice(_texts(model, dict(query_pairs(event)), ""), MOST))


def _of_values(model: type[RequestModel], values: Mapping[str, Any], place: str) -> Iterator[str]:
    yield from _texts(model, values, place)
    for name, field in model.model_fields.items():
        inner, value = _model_in(field.annotation), values.get(name)
        if inner is None:
            continue
        for at, one in enumerate(value) if isinstance(value, list) else [(-1, value)]:
            if isinstance(one, dict):
                yield from _of_values(inner, one, f"{place}{name}[{at}]." if at >= 0 else f"{place}{name}.")


def _model_in(annotation: Any) -> type[RequestModel] | None:
    """The request model that a field is made of, itself or as the items of a list."""
    if isinstance(annotation, type) and issubclass(annotation, RequestModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _name(pair: tuple[str, object]) -> str:
    indexed = INDEXED.fullmatch(pair[0])
    return indexed["name"] if indexed else pair[0]


def _texts(model: type[RequestModel] | None, names: Iterable[str], place: str) -> Iterator[str]:
    known = {*model.model_fields, *model.other_names} if model is not None else set[str]()
    return (_text(name, known, place) for name in names if name not in known)


def _text(name: str, known: set[str], place: str) -> str:
    close = [MEANT[name]] if MEANT.get(name) in known else difflib.get_close_matches(name, known, 1, 0.8)
    meant = f" Is {close[0]} meant?" if close else ""
    return f"{place}{shown(name)[1:-1]}: This request has no such field; it was ignored.{meant}"
