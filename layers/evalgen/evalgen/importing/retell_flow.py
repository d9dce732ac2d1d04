"""Conversation flows of Retell, alone or in the dashboard's export, written down as a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.contract.problems import Place
from evalgen.importing.graph import written
from evalgen.importing.imported import Found, FoundTool
from evalgen.importing.parts import Part, part_of, schema_of, unread
from evalgen.importing.retell import (
    BUILT_IN,
    FLOW,
    LOST,
    Tool,
    agent_fields,
    engine_of,
    enveloped,
    tools_of,
    variables_of,
)
from evalgen.importing.retell_nodes import FlowNode, drawn
from evalgen.importing.source import BadInput, JsonSource
from evalgen.importing.tools import apart, found_tool, renamed

SHOWS = f'"nodes" with "start_node_id" or "global_prompt", perhaps in "{FLOW}"'
LOST_HERE = LOST | {
    "finetune_conversation_examples": "examples for the platform's model are not read",
    "finetune_transition_examples": "examples for the platform's model are not read",
    "positive_finetune_examples": "examples for the platform's model are not read",
    "negative_finetune_examples": "examples for the platform's model are not read",
}


class FlowTool(Tool):
    tool_id: str | None = None


class Component(Part):
    name: str
    component_id: str | None = None
    nodes: list[FlowNode]
    tools: list[FlowTool] | None = None
    start_node_id: str | None = None


class Flow(Part):
    nodes: list[FlowNode]
    start_node_id: str | None = None
    start_speaker: str | None = None
    global_prompt: str | None = None
    tools: list[FlowTool] | None = None
    components: list[Component] | None = None
    default_dynamic_variables: dict[str, str] | None = None


def fits(value: Any) -> bool:
    engine = engine_of(value, FLOW)
    shown = {"start_node_id", "global_prompt", "conversation_flow_id", "start_speaker"} & engine.keys()
    return isinstance(engine.get("nodes"), list) and bool(shown)


def read(source: JsonSource) -> Found:
    """Raises BadInput."""
    place = enveloped(source, FLOW)
    given = part_of(Flow, source, place)
    if not given.nodes:
        raise BadInput(f"{source.at((*place, 'nodes'))}: no node, so there is nothing that the agent does")
    components = given.components or []
    tools = [*(given.tools or []), *(tool for one in components for tool in one.tools or [])]
    names = {tool.tool_id: tool.name for tool in tools if tool.tool_id}
    parts = [given.global_prompt or "", written(drawn(given.nodes, names), given.start_node_id)]
    parts += [
        f"# Component: {one.name}\n\n{written(drawn(one.nodes, names), one.start_node_id)}"
        for one in components
    ]
    prompt = "\n\n".join(part for part in parts if part)
    read_tools = list(tools_of(given.tools or [], source, (*place, "tools")))
    for position, one in enumerate(components):
        read_tools += tools_of(one.tools or [], source, (*place, "components", position, "tools"))
    found, lost = apart(read_tools)
    found += _built_in(given, source, place, {tool.name for tool in found})
    fields, notes = agent_fields(source, place)
    notes += [*renamed(found), *lost]
    notes += unread(source, given, LOST_HERE, place)
    fields |= {
        "description": prompt,
        "first_message": _first_message(given),
        "agent_speaks_first": given.start_speaker != "user",
        "dynamic_variables": variables_of([prompt], given.default_dynamic_variables or {}),
    }
    return Found("Retell conversation flow", fields, tuple(found), tuple(notes), whole=True)


def _first_message(given: Flow) -> str:
    """What the first node says, where it says it word for word."""
    first = next((node for node in given.nodes if node.id == given.start_node_id), None)
    if first is None or first.instruction is None or first.instruction.type != "static_text":
        return ""
    return first.instruction.text or ""


def _built_in(given: Flow, source: JsonSource, place: Place, taken: set[str]) -> Iterator[FoundTool]:
    """The tools that nodes are, such as ending the call."""
    kinds = {
        "end": "end_call",
        "transfer_call": "transfer_call",
        "press_digit": "press_digit",
        "sms": "send_sms",
    }
    for position, node in enumerate(given.nodes):
        name = kinds.get(node.type)
        if name and name not in taken:
            taken.add(name)
            body = {"name": name, "description": BUILT_IN[name], "parameters": schema_of({})}
            yield found_tool(source, (*place, "nodes", position), body)
