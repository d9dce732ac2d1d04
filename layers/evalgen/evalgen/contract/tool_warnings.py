"""What is strange about an agent's tools without being wrong: said, place by place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from evalgen.contract.agent_tools import MockCallWrite, ToolFields, ToolPatch, ToolWrite
from evalgen.contract.problems import shown

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
MOST = 20
SUBSCHEMAS = ("properties", "$defs", "definitions")
"""Keywords whose values are schemas by name."""


def tool_warnings(tools: Sequence[ToolWrite]) -> list[str]:
    """Schemas of unknown types, and mock calls that contradict each other: the first of them."""
    found = (
        text
        for at, tool in enumerate(tools)
        for text in _of_tool(
            tool, tool.mock_data, f"mock_tools[{at}].parameters", f"mock_tools[{at}].mock_data"
        )
    )
    return list(islice(found, MOST))


def warnings_of(tool: ToolPatch) -> list[str]:
    """The same of a tool by itself."""
    return list(islice(_of_tool(tool, tool.information, "parameters", "information"), MOST))


def _of_tool(
    tool: ToolFields, calls: Sequence[MockCallWrite], schema_place: str, calls_place: str
) -> Iterator[str]:
    yield from _of_schema(schema_place, tool.parameters or {})
    yield from _of_calls(calls_place, calls)


def _of_schema(place: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """Without recursion: what clients send is nested as they like."""
    pending = [(place, schema)]
    while pending:
        where, part = pending.pop()
        kinds = part.get("type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if kind is not None and kind not in TYPES:
                yield f"{where}.type: {shown(kind)} is none of JSON schema's types ({', '.join(TYPES)})."
        for keyword in SUBSCHEMAS:
            named = part.get(keyword)
            for name, below in named.items() if isinstance(named, dict) else ():
                if isinstance(below, dict):
                    pending.append((f"{where}.{keyword}.{name}", below))
                elif not isinstance(below, bool):
                    yield f"{where}.{keyword}.{name}: {shown(below)} is no schema."
        if isinstance(part.get("items"), dict):
            pending.append((f"{where}.items", part["items"]))


def _of_calls(place: str, calls: Sequence[MockCallWrite]) -> Iterator[str]:
    first: dict[str, tuple[int, str]] = {}
    for at, call in enumerate(calls):
        asked, answered = (json.dumps(value, sort_keys=True) for value in (call.input, call.output))
        before, output = first.setdefault(asked, (at, answered))
        if output != answered:
            yield f"{place}[{at}]: Has the input of [{before}] and another output."
