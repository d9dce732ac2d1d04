"""Mock data for tools that have none: values, answers and times that go together, always the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.languages import written
from evalgen.generation.read.invented.handed import NoCall
from evalgen.generation.read.invented.misfits import misfits_of
from evalgen.generation.read.invented.ways import unread_answers
from evalgen.generation.read.invented.world import World
from evalgen.generation.read.statement import Prompt


@dataclass(frozen=True)
class Invented:
    """`definition` has mock data for every tool that can have some; `made` are the names of those invented.

    `warnings` name each tool that is left out with its reason, and each example that its schema refuses.
    """

    definition: AgentDefinition
    warnings: tuple[str, ...] = ()
    made: tuple[str, ...] = ()


def with_invented(definition: AgentDefinition, prompt: Prompt) -> Invented:
    """Invent the calls of all tools without mock data; the others stay as they are. Never raises."""
    warnings = [text for tool in definition.tools for text in misfits_of(tool)]
    language = definition.language[:2].lower()
    language = language if language in written("invented") else prompt.language
    if language not in written("invented") or all(tool.mock_data for tool in definition.tools):
        return Invented(definition, tuple(warnings))
    world = World(definition, language, unread_answers(prompt, language))
    tools: list[Tool] = []
    made: list[str] = []
    for tool in definition.tools:
        if tool.mock_data:
            tools.append(tool)
            continue
        try:
            calls = world.calls_of(world.tools[tool.name])
        except NoCall as error:
            warnings.append(f"{tool.name}: no valid call can be made, so that it is left out: {error}")
            tools.append(tool)
            continue
        tools.append(replace(tool, mock_data=calls))
        made.append(tool.name)
    return Invented(replace(definition, tools=tuple(tools)), tuple(warnings), tuple(made))
