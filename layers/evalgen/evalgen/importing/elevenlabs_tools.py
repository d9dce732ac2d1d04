"""Tools of ElevenLabs: webhooks, tools of the client, and those of the platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.contract.problems import Place
from evalgen.importing.imported import FoundTool
from evalgen.importing.parts import Inputs, Part, schema_of
from evalgen.importing.source import JsonSource
from evalgen.importing.tools import found_tool

BUILT_IN = {
    "end_call": "End the call.",
    "transfer_to_number": "Transfer the call to a person.",
    "transfer_to_agent": "Hand the call over to another agent.",
    "play_keypad_touch_tone": "Press digits on the keypad.",
    "voicemail_detection": "Leave a message on voicemail.",
}
"""The platform's tools that do something in the call."""

FILLED = ("dynamic_variable", "constant_value", "is_system_provided", "is_omitted")
"""What says of a property that the platform fills it, and no model."""

SCHEMA = ("type", "description", "enum", "items", "properties", "required", "format", "pattern")


class Request(Part):
    url: str | None = None
    path_params_schema: dict[str, Any] | None = None
    query_params_schema: Inputs | None = None
    request_body_schema: Inputs | None = None


class Destination(Part):
    phone_number: str | None = None
    sip_uri: str | None = None


class Transfer(Part):
    condition: str | None = None
    phone_number: str | None = None
    transfer_destination: Destination | None = None
    agent_id: str | None = None

    @property
    def said(self) -> str:
        there = self.transfer_destination or Destination()
        to = self.phone_number or there.phone_number or there.sip_uri or self.agent_id or ""
        return f"{to}: {self.condition}" if self.condition else str(to)


class Params(Part):
    system_tool_type: str | None = None
    transfers: list[Transfer] | None = None
    voicemail_message: str | None = None


class Tool(Part):
    type: str | None = None
    name: str
    description: str | None = None
    api_schema: Request | None = None
    parameters: dict[str, Any] | None = None
    params: Params | None = None


def is_mocked(tool: Tool) -> bool:
    """Whether a call of the tool is something that a test sees."""
    return tool.params is None or (tool.params.system_tool_type or tool.name) in BUILT_IN


def tool_of(tool: Tool, source: JsonSource, place: Place) -> FoundTool:
    body: dict[str, Any] = {"name": tool.name, "description": tool.description or ""}
    if tool.params is not None:
        transfers = [one.said for one in tool.params.transfers or []]
        body["description"] = " ".join(
            [tool.description or BUILT_IN[tool.params.system_tool_type or tool.name], *transfers]
        )
        body["parameters"] = schema_of({})
    elif tool.api_schema is not None:
        body["parameters"] = _merged(tool.api_schema)
    elif tool.parameters is not None:
        body["parameters"] = _plain(tool.parameters)
    return found_tool(source, place, body)


def _merged(request: Request) -> dict[str, Any]:
    """Path, query and body together, as a model is asked for them."""
    path = _properties(request.path_params_schema)
    others = [one for one in (request.query_params_schema, request.request_body_schema) if one]
    properties = dict(path)
    for one in others:
        properties |= _properties(one.properties)
    wanted = [*path, *(name for one in others for name in one.required or ())]
    return schema_of(properties, [name for name in dict.fromkeys(wanted) if name in properties])


def _properties(found: object) -> dict[str, Any]:
    """Those that a model fills."""
    return {
        name: _plain(schema)
        for name, schema in (found.items() if isinstance(found, dict) else ())
        if isinstance(schema, dict) and not any(schema.get(key) for key in FILLED)
    }


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON schema knows of it."""
    return dict(_kept(schema))


def _kept(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in SCHEMA:
        value = schema.get(key)
        if key == "properties":
            if value is not None:
                yield key, _properties(value)
        elif key == "items" and isinstance(value, dict):
            yield key, _plain(value)
        elif key == "required" and isinstance(value, list):
            there = _properties(schema.get("properties"))
            yield key, [name for name in value if isinstance(name, str) and name in there]
        elif value not in (None, "", []):
            yield key, value
