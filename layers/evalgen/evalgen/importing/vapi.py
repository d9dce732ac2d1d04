"""Assistants of Vapi, as its API answers them and its dashboard exports them."""

from __future__ import annotations

from typing import Any

from evalgen.importing.imported import Found
from evalgen.importing.parts import DOCUMENTS, TOOLS_BY_ID, CamelPart, language_of, part_of, unread
from evalgen.importing.source import BadInput, JsonSource
from evalgen.importing.templates import declared, liquid
from evalgen.importing.tools import apart, renamed
from evalgen.importing.vapi_tools import Tool, end_call, tools_of

SHOWS = '"model" with "messages", beside "firstMessage", "voice" or "transcriber"'
WAITS = "assistant-waits-for-user"
SILENT = dict.fromkeys(("id", "orgId", "createdAt", "updatedAt", "isServerUrlSecretSet", "latestVersion"), "")
LOST = SILENT | {
    "model.toolIds": TOOLS_BY_ID,
    "model.toolRefs": TOOLS_BY_ID,
    "model.knowledgeBase": DOCUMENTS,
    "model.knowledgeBaseId": DOCUMENTS,
    "knowledgeBases": DOCUMENTS,
    "hooks": "what the platform does by itself is not tested",
    "rejectionPlan": "a call of the tool that the platform rejects is not tested",
}


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
    spoken = given.transcriber.language if given.transcriber else None
    language, told = language_of(spoken, source, ("transcriber", "language"))
    listed = given.model.tools or []
    tools, lost = apart(tools_of(listed, source))
    if given.end_call_function_enabled and not any(tool.type == "endCall" for tool in listed):
        tools.append(end_call(source, ("endCallFunctionEnabled",)))
    notes = [*renamed(tools), *lost, *unread(source, given, LOST), *told]
    known = about | more
    fields = {
        "language": language,
        "description": prompt,
        "first_message": opening,
        "agent_speaks_first": given.first_message_mode != WAITS,
        "dynamic_variables": declared([prompt, opening], lambda name: known.get(name, ""), {}),
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
