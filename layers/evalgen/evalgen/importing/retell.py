"""What Retell's LLMs and conversation flows have in common: variables, tools, the export around both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from evalgen.contract.problems import Place
from evalgen.importing.imported import FoundTool, Note
from evalgen.importing.parts import DOCUMENTS, MCP_SERVER, Part, language_of, part_of, schema_of, unread
from evalgen.importing.source import JsonSource
from evalgen.importing.templates import declared
from evalgen.importing.tools import found_tool

LLM, FLOW = "retellLlmData", "conversationFlow"
"""The keys of an export that hold an agent's engine."""

SILENT = dict.fromkeys(
    (
        *("llm_id", "conversation_flow_id", "version", "base_version", "last_modification_timestamp"),
        *(
            "is_published",
            "display_position",
            "begin_tag_display_position",
            "voice_id",
            "channel",
            "agent_id",
        ),
        *("response_engine", "id", "tool_id", "version_title", "notes"),
    ),
    "",
)
LOST = SILENT | {
    "knowledge_base_ids": DOCUMENTS,
    "mcps": MCP_SERVER,
    "voicemail_option": "what is done with voicemail is not tested",
    "guardrail_config": "what the platform does by itself is not tested",
    "response_variables": "values that the platform takes from answers are not used",
}
ABOUT = {
    "user_number": "The phone number of the caller.",
    "agent_number": "The phone number that was called.",
    "direction": "The direction of the call: inbound.",
}
BUILT_IN = {
    "end_call": "End the call.",
    "transfer_call": "Transfer the call.",
    "bridge_transfer": "Complete the transfer.",
    "cancel_transfer": "Cancel the transfer.",
    "press_digit": "Press digits on the keypad.",
    "send_sms": "Send a text message to the caller.",
    "agent_swap": "Hand the call over to another agent.",
}
"""The platform's own tools, by type."""


class Destination(Part):
    type: str | None = None
    number: str | None = None
    prompt: str | None = None

    @property
    def said(self) -> str:
        return self.number or self.prompt or ""


class Variable(Part):
    name: str
    description: str | None = None

    @property
    def said(self) -> str:
        return f"{self.name} ({self.description})" if self.description else self.name


class Tool(Part):
    type: str
    name: str
    description: str | None = None
    parameters: dict[str, Any] | list[Any] | None = None
    transfer_destination: Destination | None = None
    variables: list[Variable] | None = None
    url: str | None = None


class Export(Part):
    """What the dashboard puts around both: an agent's own settings."""

    agent_id: str | None = None
    agent_name: str | None = None
    language: str | list[str] | None = None
    llm: dict[str, Any] | None = Field(None, alias=LLM)
    flow: dict[str, Any] | None = Field(None, alias=FLOW)


def engine_of(value: Any, key: str) -> dict[str, Any]:
    """The engine, at the top or under that key of an export; empty where the file is no object."""
    if not isinstance(value, dict):
        return {}
    inner = value.get(key)
    return inner if isinstance(inner, dict) else value


def enveloped(source: JsonSource, key: str) -> Place:
    """Where the engine stands: at the top, or under that key of an export."""
    return (key,) if isinstance(source.value.get(key), dict) else ()


def agent_fields(source: JsonSource, place: Place) -> tuple[dict[str, Any], list[Note]]:
    """What the export says of the agent around its engine."""
    if not place:
        return {}, []
    export = part_of(Export, source)
    several = isinstance(export.language, list) and len(export.language) > 1
    language, told = language_of(_one(export.language), source, ("language",))
    if several:
        language = "multi"
    fields = {"language": language, "provider": {"type": "retell", "agent_id": export.agent_id or None}}
    if export.agent_name:
        fields["name"] = export.agent_name
    return fields, [*unread(source, export, LOST), *told]


def _one(language: str | list[str] | None) -> str | None:
    return next(iter(language), None) if isinstance(language, list) else language


def variables_of(texts: Sequence[str], values: Mapping[str, str]) -> list[dict[str, str]]:
    """The variables of the texts, with what the platform fills its own with, and their default values."""
    return declared(texts, _about, values)


def _about(name: str) -> str:
    if name.startswith(("current_time", "current_hour")):
        zone = name.removeprefix("current_time").removeprefix("current_hour").strip("_")
        where = f" in {zone}" if zone else ""
        return f"The time of the call{where}."
    if name.startswith("current_calendar"):
        return "The days of the next two weeks, beginning with today."
    return ABOUT.get(name, "")


def tools_of(tools: Sequence[Tool], source: JsonSource, place: Place) -> Iterator[FoundTool | Note]:
    """Each as ours, or as a note of why it is none."""
    for position, tool in enumerate(tools):
        where = (*place, position)
        if tool.type == "custom":
            parameters = tool.parameters if isinstance(tool.parameters, dict) else None
            body = {"name": tool.name, "description": tool.description or "", "parameters": parameters}
            yield found_tool(source, where, body)
        elif tool.type in BUILT_IN:
            yield found_tool(source, where, _built_in(tool))
        elif tool.type == "extract_dynamic_variable":
            yield Note(source.at(where), f"{tool.name} notes variables within the platform: it is not mocked")
        else:
            text = (
                f"{tool.name}, a tool of the type {tool.type}, whose inputs are not in this file: not mocked"
            )
            yield Note(source.at(where), text)


def _built_in(tool: Tool) -> dict[str, Any]:
    destination = tool.transfer_destination.said if tool.transfer_destination else ""
    described = tool.description or BUILT_IN[tool.type]
    return {
        "name": tool.name,
        "description": f"{described} To {destination}." if destination else described,
        "parameters": schema_of({}),
    }
