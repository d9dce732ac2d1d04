"""What a client sends and no request has: said, so that nobody believes that it was followed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, get_args

from evalgen.contract.bodies import Body
from evalgen.contract.problems import Place, in_words, shown
from evalgen.contract.query_strings import query_pairs
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
        return _told(unknown_in(model, body.values or {}))
    return _told(_unknown(model, dict.fromkeys(map(_name, body.pairs)), ()))


def unknown_parameters(model: type[RequestModel] | None, event: Mapping[str, Any]) -> list[str]:
    return _told(_unknown(model, dict(query_pairs(event)), ()))


def unknown_in(
    model: type[RequestModel], values: Mapping[str, Any], place: Place = ()
) -> Iterator[tuple[Place, str]]:
    """The place of each field that the model does not have, and which one may be meant."""
    yield from _unknown(model, values, place)
    for name, field in model.model_fields.items():
        value = values.get(name)
        if not isinstance(value, dict | list) or (inner := _model_in(field.annotation)) is None:
            continue
        for step, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(one, dict):
                at = (*place, name) if step is None else (*place, name, step)
                yield from unknown_in(inner, one, at)


def no_such_field(thing: str, meant: str) -> str:
    """What is said of a field that the thing does not have."""
    return f"{thing} has no such field; it was ignored." + (f" Is {meant} meant?" if meant else "")


def _told(unknown: Iterator[tuple[Place, str]]) -> list[str]:
    return [
        f"{in_words(place)}: {no_such_field('This request', meant)}" for place, meant in islice(unknown, MOST)
    ]


def _model_in(annotation: Any) -> type[RequestModel] | None:
    """The request model that a field is made of, itself or as the items of a list."""
    if isinstance(annotation, type) and issubclass(annotation, RequestModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _name(pair: tuple[str, object]) -> str:
    indexed = INDEXED.fullmatch(pair[0])
    return indexed["name"] if indexed else pair[0]


def _unknown(
    model: type[RequestModel] | None, names: Iterable[str], place: Place
) -> Iterator[tuple[Place, str]]:
    known = {*model.model_fields, *model.other_names} if model is not None else set[str]()
    return (((*place, shown(name)[1:-1]), _meant(name, known)) for name in names if name not in known)


def _meant(name: str, known: set[str]) -> str:
    close = [MEANT[name]] if MEANT.get(name) in known else difflib.get_close_matches(name, known, 1, 0.8)
    return close[0] if close else ""
