"""Assistants of Vapi, as its API answers them and its dashboard exports them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.importing.imported import Found, FoundTool, Note
from evalgen.importing.parts import CamelPart, language_of, part_of, schema_of, unread
from evalgen.importing.source import BadInput, JsonSource, Place
from evalgen.importing.templates import declared, liquid
from evalgen.importing.tools import found_tool, renamed

SHOWS = '"model" with "messages", beside "firstMessage", "voice" or "transcriber"'
WAITS = "assistant-waits-for-user"
SILENT = dict.fromkeys(("id", "orgId", "createdAt", "updatedAt", "isServerUrlSecretSet", "latestVersion"), "")
BY_ID = "tools that are named by their ids alone: put their definitions beside this file, as a list"
LOST = SILENT | {
    "model.toolIds": BY_ID,
    "model.toolRefs": BY_ID,
    "model.knowledgeBase": "documents are not in this file: put them into knowledge/ beside it",
    "model.knowledgeBaseId": "documents are not in this file: put them into knowledge/ beside it",
    "knowledgeBases": "documents are not in this file: put them into knowledge/ beside it",
    "hooks": "what the platform does by itself is not tested",
    "rejectionPlan": "a call of the tool that the platform rejects is not tested",
}


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


class Message(CamelPart):
    role: str
    content: str | None = None


class Model(CamelPart):
    messages: list[Message] | None = None
    system_prompt: str | None = None
    tools: list[Tool] | None = None


class Transcriber(CamelPart):
    language: str | None = None


class Assistant(CamelPart):
    name: str | None = None
    model: Model
    transcriber: Transcriber | None = None
    first_message: str | None = None
    first_message_mode: str | None = None
    voicemail_message: str | None = None
    end_call_message: str | None = None
    end_call_phrases: list[str] | None = None
    end_call_function_enabled: bool | None = None


def fits(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("model"), dict):
        return False
    spoken = {"firstMessage", "firstMessageMode", "voice", "transcriber"} & value.keys()
    return bool({"messages", "systemPrompt"} & value["model"].keys()) or bool(spoken)


def read(source: JsonSource) -> Found:
    """Raises BadInput."""
    given = part_of(Assistant, source)
    prompt, about = liquid(_prompt(given))
    if not prompt.strip():
        raise BadInput(
            f"{source.at(('model',))}: no message of the role system, so there is no prompt to read"
        )
    opening, more = liquid(given.first_message or "")
    language, known = language_of(given.transcriber.language if given.transcriber else None)
    tools = list(_tools(given, source))
    notes = [*renamed(tools), *_lost_tools(given, source), *unread(source, given, LOST)]
    if not known:
        notes.append(
            Note(source.at(("transcriber", "language")), "a language that is not known here: read as English")
        )
    fields = {
        "language": language,
        "description": prompt,
        "first_message": opening,
        "agent_speaks_first": given.first_message_mode != WAITS,
        "dynamic_variables": declared([prompt, opening], about | more, {}),
        "provider": {"type": "vapi", "agent_id": source.value.get("id")},
    }
    if given.name:
        fields["name"] = given.name
    return Found("Vapi assistant", fields, tuple(tools), tuple(notes), whole=True)


def _prompt(given: Assistant) -> str:
    """The system's messages, and after them what the platform says by itself."""
    messages = [one.content for one in given.model.messages or [] if one.role == "system" and one.content]
    parts = [given.model.system_prompt or "", *messages]
    if given.voicemail_message:
        parts.append(f'# Voicemail\nWhen the call reaches voicemail, say: "{given.voicemail_message}"')
    if given.end_call_message:
        parts.append(f'# End of the call\nWhen you end the call, say: "{given.end_call_message}"')
    if given.end_call_phrases:
        said = ", ".join(f'"{phrase}"' for phrase in given.end_call_phrases)
        parts.append(f"The call ends when you say one of these: {said}")
    return "\n\n".join(part for part in parts if part)


def _tools(given: Assistant, source: JsonSource) -> Iterator[FoundTool]:
    for position, tool in enumerate(given.model.tools or []):
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
    if given.end_call_function_enabled and not any(
        tool.type == "endCall" for tool in given.model.tools or []
    ):
        yield found_tool(source, ("endCallFunctionEnabled",), _built_in(Tool(type="endCall")))


BUILT_IN = {
    "endCall": "End the call.",
    "transferCall": "Transfer the call.",
    "handoff": "Hand the call over to another assistant.",
    "dtmf": "Press digits on the keypad.",
    "sms": "Send a text message.",
    "voicemail": "Leave a message on voicemail.",
}
"""The platform's own tools, by type, which is also how a prompt calls them."""


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


def _lost_tools(given: Assistant, source: JsonSource) -> Iterator[Note]:
    for position, tool in enumerate(given.model.tools or []):
        if (
            tool.function is None
            and tool.type not in BUILT_IN
            and not (tool.type == "apiRequest" and tool.name)
        ):
            text = f"a tool of the type {tool.type}, whose inputs are not in this file: it is not mocked"
            yield Note(source.at(("model", "tools", position)), text)
