"""LLMs of Retell: one prompt, or states that lead to one another; alone, or in the dashboard's export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.importing.graph import Node, Way, written
from evalgen.importing.imported import Found, FoundTool
from evalgen.importing.parts import Inputs, Part, part_of, unread
from evalgen.importing.retell import (
    LLM,
    LOST,
    Tool,
    agent_fields,
    engine_of,
    enveloped,
    tools_of,
    variables_of,
)
from evalgen.importing.source import BadInput, JsonSource
from evalgen.importing.tools import apart, renamed

SHOWS = f'"general_prompt" or "states" with "state_prompt", perhaps in "{LLM}"'


class Edge(Part):
    destination_state_name: str
    description: str
    parameters: Inputs | None = None


class State(Part):
    name: str
    state_prompt: str | None = None
    edges: list[Edge] | None = None
    tools: list[Tool] | None = None


class RetellLlm(Part):
    general_prompt: str | None = None
    general_tools: list[Tool] | None = None
    states: list[State] | None = None
    starting_state: str | None = None
    begin_message: str | None = None
    start_speaker: str | None = None
    default_dynamic_variables: dict[str, str] | None = None


def fits(value: Any) -> bool:
    shown = {"general_prompt", "general_tools", "starting_state", "llm_id"}
    return bool(shown & engine_of(value, LLM).keys())


def read(source: JsonSource) -> Found:
    """Raises BadInput."""
    place = enveloped(source, LLM)
    given = part_of(RetellLlm, source, place)
    states = given.states or []
    prompt = "\n\n".join(
        filter(None, [given.general_prompt, written(_nodes(given), given.starting_state, "State")])
    )
    if not prompt.strip():
        raise BadInput(
            f"{source.at(place)}: neither general_prompt nor states have a text, so there is no prompt"
        )
    found = list(tools_of(given.general_tools or [], source, (*place, "general_tools")))
    for position, state in enumerate(states):
        found += tools_of(state.tools or [], source, (*place, "states", position, "tools"))
    every, lost = apart(found)
    tools = list(_once(every))
    fields, notes = agent_fields(source, place)
    notes += [*renamed(tools), *lost]
    notes += unread(source, given, LOST, place)
    opening = given.begin_message or ""
    fields |= {
        "description": prompt,
        "first_message": opening,
        "agent_speaks_first": _speaks_first(given),
        "dynamic_variables": variables_of([prompt, opening], given.default_dynamic_variables or {}),
    }
    return Found("Retell LLM", fields, tuple(tools), tuple(notes), whole=True)


def _nodes(given: RetellLlm) -> list[Node]:
    return [
        Node(
            state.name,
            state.name,
            [state.state_prompt or ""],
            [Way(_condition(edge), edge.destination_state_name) for edge in state.edges or []],
        )
        for state in given.states or []
    ]


def _condition(edge: Edge) -> str:
    names = (edge.parameters and edge.parameters.properties) or {}
    return f"{edge.description.rstrip('. ')} (with {', '.join(names)})" if names else edge.description


def _speaks_first(given: RetellLlm) -> bool:
    """An empty first message waits for the caller; without one the model makes it up."""
    return given.start_speaker == "agent" if given.start_speaker else given.begin_message != ""


def _once(tools: list[FoundTool]) -> Iterator[FoundTool]:
    """States repeat the tools that several of them have."""
    seen = set()
    for tool in tools:
        if tool.name not in seen:
            seen.add(tool.name)
            yield tool
