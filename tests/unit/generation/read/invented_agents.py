"""Agents without mock data: those of the repository with theirs taken away, and small ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.generation.definition import AgentDefinition, MockCall, Tool
from evalgen.generation.read.invented import Invented, with_invented
from evalgen.generation.read.prompt import read_prompt
from tests.agents_on_disk import FOLDERS, definition_of

NAMES = [name for name in FOLDERS if definition_of(name).tools]


def stripped(name: str) -> AgentDefinition:
    """The agent in the folder of that name, its tools without mock data."""
    agent = definition_of(name)
    return replace(agent, tools=tuple(replace(tool, mock_data=()) for tool in agent.tools))


def agent(prompt: str, *tools: Tool, language: str = "en") -> AgentDefinition:
    return AgentDefinition("Larkspur", language, prompt, tools)


def tool(
    name: str,
    required: list[str] | None = None,
    about: str = "",
    mocks: tuple[MockCall, ...] = (),
    **properties: Any,
) -> Tool:
    """A tool whose parameters are all required, unless it is said which are."""
    schema = {"type": "object", "properties": properties, "required": required or list(properties)}
    return Tool(1, name, about, schema, (), mocks)


def invented(definition: AgentDefinition) -> Invented:
    names = [tool.name for tool in definition.tools]
    return with_invented(definition, read_prompt(definition.description, definition.language, names))


def calls(made: Invented, name: str) -> tuple[MockCall, ...]:
    return next(tool.mock_data for tool in made.definition.tools if tool.name == name)


def value(schema: dict[str, Any], key: str = "thing", prompt: str = "You rent bikes.") -> Any:
    """The first value that is invented for a parameter; None where the tool is left out."""
    made = calls(invented(agent(prompt, tool("rent_bike", None, "", (), **{key: schema}))), "rent_bike")
    return made[0].input[key] if made else None
