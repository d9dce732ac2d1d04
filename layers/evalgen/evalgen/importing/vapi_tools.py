"""Tools of Vapi: functions, requests to an API, and those of the platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evalgen.contract.problems import Place
from evalgen.importing.imported import FoundTool, Note
from evalgen.importing.parts import CamelPart, schema_of
from evalgen.importing.source import JsonSource
from evalgen.importing.tools import found_tool

BUILT_IN = {
    "endCall": "End the call.",
    "transferCall": "Transfer the call.",
    "handoff": "Hand the call over to another assistant.",
    "dtmf": "Press digits on the keypad.",
    "sms": "Send a text message.",
    "voicemail": "Leave a message on voicemail.",
}
"""The platform's own tools, by type, which is also how a prompt calls them."""


class Function(CamelPart):
    name: str
    description: str | None = None
    parameters: dict[str, Any] | None = None


class Destination(CamelPart):
    type: str = ""
    number: str | None = None
    sip_uri: str | None = None
    assistant_name: str | None = None
    name: str | None = None
    description: str | None = None

    @property
    def said(self) -> str:
        return self.number or self.sip_uri or self.assistant_name or self.name or self.type


class Tool(CamelPart):
    type: str
    name: str | None = None
    description: str | None = None
    function: Function | None = None
    destinations: list[Destination] | None = None
    body: dict[str, Any] | None = None


def tools_of(tools: Sequence[Tool], source: JsonSource) -> Iterator[FoundTool | Note]:
    """Each as ours, or as a note of why it is none."""
    for position, tool in enumerate(tools):
        place: Place = ("model", "tools", position)
        if tool.function is not None:
            function = {
                "name": tool.function.name,
                "description": (tool.function.description or "") + _destinations(tool),
                "parameters": tool.function.parameters,
            }
            yield found_tool(source, (*place, "function"), function)
        elif tool.type == "apiRequest" and tool.name:
            body = {"name": tool.name, "description": tool.description or "", "parameters": tool.body}
            yield found_tool(source, place, body)
        elif tool.type in BUILT_IN:
            yield found_tool(source, place, _built_in(tool))
        else:
            text = f"a tool of the type {tool.type}, whose inputs are not in this file: it is not mocked"
            yield Note(source.at(place), text)


def end_call(source: JsonSource, place: Place) -> FoundTool:
    """The tool that a switch of the assistant stands for."""
    return found_tool(source, place, _built_in(Tool(type="endCall")))


def _built_in(tool: Tool) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if tool.destinations:
        properties["destination"] = {"type": "string", "enum": [one.said for one in tool.destinations]}
    return {
        "name": tool.name or tool.type,
        "description": (tool.description or BUILT_IN[tool.type]) + _destinations(tool),
        "parameters": schema_of(properties, list(properties)),
    }


def _destinations(tool: Tool) -> str:
    told = [f"{one.said}: {one.description}" for one in tool.destinations or [] if one.description]
    return f" {'; '.join(told)}" if told else ""
