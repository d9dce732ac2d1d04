"""Keys of mock calls that no parameter of the tool has: mistyped, mostly, and no call that an agent makes."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from evalgen.contract.problems import Place, shown
from evalgen.schema_parts import referred

NEAREST = 3
LISTED = 10
LONGEST = 63
"""Of a key that another may be meant by: what is longer was not mistyped."""


def unknown_keys(
    tool: str, schema: Mapping[str, Any], calls: Sequence[Mapping[str, Any]], place: Place
) -> Iterator[tuple[Place, str]]:
    """Each such key where the first call has it, with the nearest of those that there are."""
    known = _Known(schema)
    seen = set[Place]()
    for at, call in enumerate(calls):
        for keys, allowed in known.strange(call["input"], schema, ()):
            named = tuple(key for key in keys if isinstance(key, str))
            if named not in seen:
                seen.add(named)
                path = ".".join(shown(key)[1:-1] for key in named)
                yield (
                    (*place, at, "input", *keys),
                    f"{tool} has no parameter {path}{_meant(named[-1], allowed)}",
                )


def _meant(key: str, allowed: Collection[str]) -> str:
    if len(key) <= LONGEST:
        short = [name for name in allowed if len(name) <= LONGEST]
        if near := difflib.get_close_matches(key, short, NEAREST):
            return f"; is {' or '.join(near)} meant?"
    if not allowed:
        return ", nor any other."
    more = ", …" if len(allowed) > LISTED else ""
    return f"; there are {', '.join(islice(allowed, LISTED))}{more}."


class _Known:
    """The keys that a schema knows, part by part, each looked at once."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._known: dict[int, dict[str, Any] | None] = {}

    def strange(self, value: Any, schema: Any, place: Place) -> Iterator[tuple[Place, Collection[str]]]:
        """Without recursion, as mock data are nested however they like."""
        pending: list[tuple[Any, Any, Place]] = [(value, schema, place)]
        while pending:
            value, schema, place = pending.pop()
            if isinstance(value, list) and isinstance(schema, dict):
                pending += [(one, schema.get("items"), (*place, at)) for at, one in enumerate(value)]
            known = self._properties(schema) if isinstance(value, dict) else None
            if known is None:
                continue
            for key, inner in value.items():
                if key in known:
                    pending.append((inner, known[key], (*place, key)))
                else:
                    yield (*place, key), known

    def _properties(self, schema: Any) -> dict[str, Any] | None:
        """By name, whichever alternative is followed; None where the schema names none, or any may be."""
        if id(schema) not in self._known:
            self._known[id(schema)] = self._collected(schema)
        return self._known[id(schema)]

    def _collected(self, schema: Any) -> dict[str, Any] | None:
        found: dict[str, Any] | None = None
        pending, seen = [schema], set[int]()
        while pending:
            part = pending.pop()
            if not isinstance(part, dict) or id(part) in seen:
                continue
            seen.add(id(part))
            if part.get("additionalProperties") not in (None, False) or part.get("patternProperties"):
                return None
            if isinstance(part.get("properties"), dict):
                found = {} if found is None else found
                for name, one in part["properties"].items():
                    found[name] = {"anyOf": [found[name], one]} if name in found else one
            if isinstance(part.get("$ref"), str):
                pending.append(referred(part["$ref"], self._root))
            pending += [part.get("then"), part.get("else")]
            for keyword in ("allOf", "anyOf", "oneOf"):
                if isinstance(part.get(keyword), list):
                    pending += part[keyword]
        return found
