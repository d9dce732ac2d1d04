"""From a proxy event to a validated request; JSON types are strict, form fields are read as text."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from evalgen.contract.bodies import MEGABYTE, Body, FormPairs, UploadedFile, read_body
from evalgen.contract.json_values import BadJsonError, load_json
from evalgen.contract.problems import problems_of
from evalgen.errors import InvalidRequest

INDEXED = re.compile(r"(?P<name>.+?)\[(?P<index>\d{0,6})\]", re.DOTALL)


class RequestModel(BaseModel):
    """Base of all requests: unknown fields are ignored, and told by `unknown.py`."""

    other_names: ClassVar[frozenset[str]] = frozenset()
    """By which clients call some of the fields."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


M = TypeVar("M", bound=RequestModel)


def by_its_name(given: Any, name: str, other: str) -> Any:
    """A body with a field under its own name that a client calls `other`."""
    if isinstance(given, dict) and name not in given and other in given:
        return {**given, name: given[other]}
    return given


def read_request(model: type[M], event: Mapping[str, Any], *, limit: int = MEGABYTE) -> M:
    """Read and validate a body. Raises InvalidRequest with all wrong fields, and what `read_body` raises."""
    return validate(model, read_body(event, limit=limit))


def validate(model: type[M], body: Body, *, keep_empty: bool = False) -> M:
    """Raises InvalidRequest with all wrong fields. `keep_empty` is for queries: there, empty is a value."""
    values = body.values if body.pairs is None else form_values(model, body.pairs, keep_empty=keep_empty)
    try:
        return model.model_validate(values, strict=body.pairs is None)
    except ValidationError as error:
        raise InvalidRequest(problems_of(error)) from None


def form_values(model: type[RequestModel], pairs: FormPairs, *, keep_empty: bool = False) -> dict[str, Any]:
    """The fields of a form in the shapes of `model`; an empty field is an absent one.

    Lists come as `a=1&a=2`, `a[]=1` or `a[0]=1`; files likewise, an object or a list of others as JSON text.
    """
    gathered: dict[str, list[tuple[int, str | UploadedFile]]] = {}
    for key, value in pairs:
        indexed = INDEXED.fullmatch(key)
        name, index = (indexed["name"], int(indexed["index"] or 0)) if indexed else (key, 0)
        if (keep_empty or value != "") and name in model.model_fields:
            gathered.setdefault(name, []).append((index, value))
    return {
        name: _shaped(model.model_fields[name].annotation, [value for _, value in sorted(found, key=_index)])
        for name, found in gathered.items()
    }


def _index(entry: tuple[int, str | UploadedFile]) -> int:
    return entry[0]


def _shaped(annotation: Any, values: list[str | UploadedFile]) -> Any:
    kinds = set(_kinds(annotation))
    last = values[-1]
    if list in kinds and (isinstance(last, UploadedFile) or not kinds & {dict, RequestModel}):
        return values
    if kinds & {dict, RequestModel} and isinstance(last, str):
        try:
            return load_json(last)
        except BadJsonError:
            return last
    return last


def _kinds(annotation: Any) -> list[type]:
    """The plain types that an annotation is made of; every nested model counts as RequestModel."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return [kind for part in get_args(annotation) for kind in _kinds(part)]
    if origin is list:
        return [list, *_kinds(get_args(annotation)[0])]
    if origin is not None and hasattr(annotation, "__metadata__"):
        return _kinds(get_args(annotation)[0])
    if origin is dict:
        return [dict]
    if isinstance(annotation, type) and issubclass(annotation, RequestModel):
        return [RequestModel]
    return [annotation] if isinstance(annotation, type) else []
