"""What is strange about an agent's tools without being wrong: said, place by place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from evalgen.contract.mock_keys import unknown_keys
from evalgen.contract.problems import Place, in_words, shown

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
MOST = 20
SUBSCHEMAS = ("properties", "$defs", "definitions")
"""Keywords whose values are schemas by name."""

Strange = Iterator[tuple[Place, str]]


def tool_warnings(tools: Sequence[Mapping[str, Any]]) -> list[str]:
    """The first things that are strange about an agent's tools, as it is answered."""
    found = (
        f"mock_tools[{at}].{in_words(place)}: {text}"
        for at, tool in enumerate(tools)
        for place, text in strange_in(tool)
    )
    return list(islice(found, MOST))


def warnings_of(tool: Mapping[str, Any]) -> list[str]:
    """The same of a tool by itself, which has its mock calls as `information`."""
    return [f"{in_words(place)}: {text}" for place, text in islice(strange_in(tool, "information"), MOST)]


def strange_in(tool: Mapping[str, Any], calls: str = "mock_data") -> Strange:
    """Places in a tool: types that JSON schema does not have, keys of mock calls that no parameter has, and
    mock calls that contradict each other."""
    schema = tool["parameters"] or {}
    yield from _of_schema(("parameters",), schema)
    yield from unknown_keys(tool["name"], schema, tool[calls], (calls,))
    yield from _contradictions((calls,), tool[calls])


def _of_schema(place: Place, schema: Mapping[str, Any]) -> Strange:
    """Without recursion: what clients send is nested as they like."""
    pending = [(place, schema)]
    while pending:
        where, part = pending.pop()
        kinds = part.get("type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if kind is not None and kind not in TYPES:
                yield (*where, "type"), f"{shown(kind)} is none of JSON schema's types ({', '.join(TYPES)})."
        for keyword in SUBSCHEMAS:
            named = part.get(keyword)
            for name, below in named.items() if isinstance(named, dict) else ():
                if isinstance(below, dict):
                    pending.append(((*where, keyword, name), below))
                elif not isinstance(below, bool):
                    yield (*where, keyword, name), f"{shown(below)} is no schema."
        if isinstance(part.get("items"), dict):
            pending.append(((*where, "items"), part["items"]))


def _contradictions(place: Place, calls: Sequence[Mapping[str, Any]]) -> Strange:
    first: dict[str, tuple[int, str]] = {}
    for at, call in enumerate(calls):
        asked, answered = (json.dumps(call[part], sort_keys=True) for part in ("input", "output"))
        before, output = first.setdefault(asked, (at, answered))
        if output != answered:
            yield (*place, at), f"Has the input of [{before}] and another output."
