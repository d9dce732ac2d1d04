"""Agents of ElevenLabs, as its API answers them and its command line keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.contract.problems import Place
from evalgen.importing.elevenlabs_tools import Tool, is_mocked, tool_of
from evalgen.importing.elevenlabs_workflow import Workflow, workflow_written
from evalgen.importing.imported import Found, FoundTool, Note
from evalgen.importing.parts import DOCUMENTS, MCP_SERVER, TOOLS_BY_ID, Part, language_of, part_of, unread
from evalgen.importing.source import BadInput, JsonSource
from evalgen.importing.templates import declared
from evalgen.importing.tools import renamed

SHOWS = '"conversation_config" with "agent"'
SILENT = dict.fromkeys(
    (
        "agent_id",
        "metadata",
        "access_info",
        "version_id",
        "branch_id",
        "main_branch_id",
        "position",
        "edge_order",
    ),
    "",
)
LOST = SILENT | {
    "tool_ids": TOOLS_BY_ID,
    "additional_tool_ids": TOOLS_BY_ID,
    "mcp_server_ids": MCP_SERVER,
    "native_mcp_server_ids": MCP_SERVER,
    "knowledge_base": DOCUMENTS,
    "additional_knowledge_base": DOCUMENTS,
    "language_presets": "what the agent says in other languages is not read",
    "platform_settings": "",
    "procedures": "procedures are not in this file",
    "backward_condition": "the way back to the node before is not read",
}
ABOUT = {
    "system__caller_id": "The phone number of the caller.",
    "system__called_number": "The phone number that was called.",
    "system__time": "The time of the call.",
    "system__time_utc": "The time of the call in UTC.",
    "system__timezone": "The time zone of the call, for example America/New_York.",
}


class Variables(Part):
    dynamic_variable_placeholders: dict[str, Any] | None = None


class Prompt(Part):
    prompt: str | None = None
    tools: list[Tool] | None = None
    built_in_tools: dict[str, Tool | None] | None = None


class Agent(Part):
    first_message: str | None = None
    language: str | None = None
    dynamic_variables: Variables | None = None
    prompt: Prompt | None = None


class ConversationConfig(Part):
    agent: Agent


class ElevenLabsAgent(Part):
    name: str | None = None
    conversation_config: ConversationConfig
    workflow: Workflow | None = None


def fits(value: Any) -> bool:
    config = value.get("conversation_config") if isinstance(value, dict) else None
    return isinstance(config, dict) and "agent" in config


def read(source: JsonSource) -> Found:
    """Raises BadInput."""
    given = part_of(ElevenLabsAgent, source)
    agent = given.conversation_config.agent
    prompt = agent.prompt or Prompt()
    written = workflow_written(given.workflow) if given.workflow else ""
    text = "\n\n".join(filter(None, [prompt.prompt, written]))
    place: Place = ("conversation_config", "agent", "prompt")
    if not text.strip():
        raise BadInput(f"{source.at(place)}: the agent has no prompt")
    tools, notes = _tools(prompt, source, place)
    language, told = language_of(agent.language, source, ("conversation_config", "agent", "language"))
    notes += [*renamed(tools), *unread(source, given, LOST), *told]
    opening = agent.first_message or ""
    values = (agent.dynamic_variables or Variables()).dynamic_variable_placeholders or {}
    fields = {
        "language": language,
        "description": text,
        "first_message": opening,
        "agent_speaks_first": bool(opening),
        "dynamic_variables": declared([text, opening], lambda name: ABOUT.get(name, ""), values),
        "provider": {"type": "elevenlabs", "agent_id": source.value.get("agent_id")},
    }
    if given.name:
        fields["name"] = given.name
    return Found("ElevenLabs agent", fields, tuple(tools), tuple(notes), whole=True)


def _tools(prompt: Prompt, source: JsonSource, place: Place) -> tuple[list[FoundTool], list[Note]]:
    """A built-in tool stands in either place, or in both."""
    tools: dict[str, FoundTool] = {}
    notes = []
    for where, tool in _listed(prompt, place):
        if is_mocked(tool):
            tools.setdefault(tool.name, tool_of(tool, source, where))
        else:
            notes.append(Note(source.at(where), f"{tool.name} is the platform's own and is not mocked"))
    return list(tools.values()), notes


def _listed(prompt: Prompt, place: Place) -> Iterator[tuple[Place, Tool]]:
    for position, tool in enumerate(prompt.tools or []):
        yield (*place, "tools", position), tool
    for name, built_in in (prompt.built_in_tools or {}).items():
        if built_in is not None:
            yield (*place, "built_in_tools", name), built_in
