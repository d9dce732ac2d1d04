"""Lists of tools: OpenAI's functions, MCP's `tools/list`, and our own, with or without mock data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from evalgen.contract.agent_tools import MAX_TOOLS, ToolWrite
from evalgen.contract.problems import Place
from evalgen.contract.requests import RequestModel
from evalgen.contract.unknown import MOST, no_such_field, unknown_in
from evalgen.importing.imported import Found, FoundTool, Note
from evalgen.importing.source import BadInput, JsonSource

SHOWS = 'entries with "name", or "function" with "name", in a list or in "tools"'
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME = 63


def fits(value: Any) -> bool:
    return isinstance(_listed(value)[0], list)


def read(source: JsonSource) -> Found:
    """Raises BadInput for a tool that is none."""
    tools, place = _listed(source.value)
    if len(tools) > MAX_TOOLS:
        raise BadInput(f"{source.at(place)}: at most {MAX_TOOLS} tools are allowed; got {len(tools)}")
    kinds: dict[str, None] = {}
    found: list[FoundTool] = []
    notes: list[Note] = []
    problems = []
    for position, tool in enumerate(tools):
        kind, inner = _kind(tool)
        if kind is None:
            problems.append(
                f"{source.at((*place, position))}: no tool; "
                'write {"name": "book_table", "description": "…", "parameters": {…}}'
            )
            continue
        kinds[kind] = None
        found.append(found_tool(source, (*place, position, *inner), tool["function"] if inner else tool))
        if not kind:
            notes += ignored(source, (*place, position), ToolWrite, tool, "A tool")
    if problems:
        raise BadInput(*problems)
    return Found(" and ".join(filter(None, kinds)), tools=tuple(found), notes=(*renamed(found), *notes))


def found_tool(source: JsonSource, place: Place, body: dict[str, Any]) -> FoundTool:
    """The tool under a name that tools may have here; what else its body has is validated later."""
    name = body.get("name")
    if isinstance(name, str):
        body = {**body, "name": _NO_NAME.sub("_", name)[:_LONGEST_NAME]}
    return FoundTool(body, source, place, name if isinstance(name, str) else "")


def ignored(
    source: JsonSource, place: Place, model: type[RequestModel], body: dict[str, Any], thing: str
) -> Iterator[Note]:
    """What a body of ours at that place has and the API would not know, either."""
    for inner, meant in islice(unknown_in(model, body), MOST):
        yield Note(source.at((*place, *inner)), no_such_field(thing, meant), minor=not meant)


def apart(found: Iterable[FoundTool | Note]) -> tuple[list[FoundTool], list[Note]]:
    """The tools, and why others are none."""
    tools: list[FoundTool] = []
    notes: list[Note] = []
    for one in found:
        if isinstance(one, Note):
            notes.append(one)
        else:
            tools.append(one)
    return tools, notes


def renamed(tools: list[FoundTool]) -> list[Note]:
    """What is said of tools that are called otherwise here."""
    return [
        Note(
            tool.source.at((*tool.place, "name")),
            f"{tool.name} is called {tool.body['name']} here, also in the prompt: "
            "names have letters, digits, _ and -",
        )
        for tool in tools
        if tool.name != tool.body.get("name") and tool.name
    ]


def _listed(value: Any) -> tuple[Any, Place]:
    """The list of tools in a file, and where it stands."""
    if isinstance(value, dict) and isinstance(value.get("result"), dict):
        return value["result"].get("tools"), ("result", "tools")
    if isinstance(value, dict):
        return value.get("tools"), ("tools",)
    return value, ()


def _kind(tool: Any) -> tuple[str | None, Place]:
    """As people call tools that are listed so (ours: not at all), and where its body stands in the entry."""
    if not isinstance(tool, dict):
        return None, ()
    if isinstance(tool.get("function"), dict):
        return "OpenAI functions", ("function",)
    if "name" not in tool:
        return None, ()
    if "inputSchema" in tool:
        return "MCP tools", ()
    return ("OpenAI functions" if tool.get("type") == "function" else ""), ()
