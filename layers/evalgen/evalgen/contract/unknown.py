"""What a client sends and no request has: said, so that nobody believes that it was followed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from evalgen.contract.bodies import Body
from evalgen.contract.problems import shown
from evalgen.contract.queries import query_pairs
from evalgen.contract.requests import INDEXED, RequestModel

MEANT = {
    "count": "num_scenarios",
    "description": "extra_instructions",
    "format": "export_type",
    "limit": "page_size",
    "prompt": "description",
    "tools": "mock_tools",
}
"""Names by which other APIs, and parts of the vendor's documentation, call a field."""

MOST = 20


def unknown_fields(model: type[RequestModel], body: Body) -> list[str]:
    """A text for each field of a body that the request does not have, the first of them."""
    names = body.values or {} if body.pairs is None else dict.fromkeys(map(_name, body.pairs))
    return _texts(model, names)


def unknown_parameters(model: type[RequestModel] | None, event: Mapping[str, Any]) -> list[str]:
    return _texts(model, dict(query_pairs(event)))


def _name(pair: tuple[str, object]) -> str:
    indexed = INDEXED.fullmatch(pair[0])
    return indexed["name"] if indexed else pair[0]


def _texts(model: type[RequestModel] | None, names: Iterable[str]) -> list[str]:
    known = {*model.model_fields, *model.other_names} if model is not None else set[str]()
    return [_text(name, known) for name in names if name not in known][:MOST]


def _text(name: str, known: set[str]) -> str:
    close = [MEANT[name]] if MEANT.get(name) in known else difflib.get_close_matches(name, known, 1, 0.8)
    meant = f" Is {close[0]} meant?" if close else ""
    return f"{shown(name)[1:-1]}: This request has no such field; it was ignored.{meant}"
