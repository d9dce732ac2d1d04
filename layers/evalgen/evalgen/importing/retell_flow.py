"""Conversation flows of Retell, alone or in the dashboard's export, written down as a prompt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.importing.graph import ALWAYS, Node, Way, written
from evalgen.importing.imported import Found, FoundTool, Note
from evalgen.importing.parts import Part, part_of, schema_of, unread
from evalgen.importing.retell import (
    BUILT_IN,
    FLOW,
    LOST,
    Destination,
    Tool,
    Variable,
    agent_fields,
    enveloped,
    tools_of,
    variables_of,
)
from evalgen.importing.source import BadInput, JsonSource, Place
from evalgen.importing.tools import found_tool, renamed

SHOWS = f'"nodes" with "start_node_id" or "global_prompt", perhaps in "{FLOW}"'
OPERATORS = {"==": "is", "!=": "is not", "exists": "is there", "not_exist": "is not there"}
LOST_HERE = LOST | {
    "finetune_conversation_examples": "examples for the platform's model are not read",
    "finetune_transition_examples": "examples for the platform's model are not read",
    "positive_finetune_examples": "examples for the platform's model are not read",
    "negative_finetune_examples": "examples for the platform's model are not read",
}


class Instruction(Part):
    type: str | None = None
    text: str | None = None
    prompt: str | None = None


class Equation(Part):
    left: str
    operator: str
    right: str | None = None


class Condition(Part):
    type: str | None = None
    prompt: str | None = None
    equations: list[Equation] | None = None
    operator: str | None = None


class Edge(Part):
    id: str | None = None
    transition_condition: Condition | None = None
    condition: str | None = None
    destination_node_id: str | None = None


class Anywhere(Part):
    condition: Condition | str | None = None


class FlowNode(Part):
    id: str
    type: str
    name: str | None = None
    instruction: Instruction | None = None
    edges: list[Edge] | None = None
    edge: Edge | None = None
    else_edge: Edge | None = None
    always_edge: Edge | None = None
    skip_response_edge: Edge | None = None
    success_edge: Edge | None = None
    failed_edge: Edge | None = None
    global_node_setting: Anywhere | None = None
    tool_id: str | None = None
    mcp_tool_name: str | None = None
    transfer_destination: Destination | None = None
    variables: list[Variable] | None = None
    component_id: str | None = None


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
    if not isinstance(value, dict):
        return False
    inner = value.get(FLOW)
    engine = inner if isinstance(inner, dict) else value
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
    parts = [given.global_prompt or "", written(_nodes(given.nodes, names), given.start_node_id)]
    parts += [
        f"# Component: {one.name}\n\n{written(_nodes(one.nodes, names), one.start_node_id)}"
        for one in components
    ]
    prompt = "\n\n".join(part for part in parts if part)
    read_tools = list(tools_of(given.tools or [], source, (*place, "tools")))
    for position, one in enumerate(components):
        read_tools += tools_of(one.tools or [], source, (*place, "components", position, "tools"))
    found = [tool for tool in read_tools if isinstance(tool, FoundTool)]
    found += _built_in(given, source, place, {tool.name for tool in found})
    fields, notes = agent_fields(source, place)
    notes += [*renamed(found), *(one for one in read_tools if isinstance(one, Note))]
    notes += unread(source, given, LOST_HERE, place)
    fields |= {
        "description": prompt,
        "first_message": _first_message(given),
        "agent_speaks_first": given.start_speaker != "user",
        "dynamic_variables": variables_of([prompt], given.default_dynamic_variables or {}),
    }
    return Found("Retell conversation flow", fields, tuple(found), tuple(notes), whole=True)


def _nodes(nodes: list[FlowNode], names: Mapping[str, str]) -> list[Node]:
    return [
        Node(node.id, node.name or node.id, list(_lines(node, names)), list(_ways(node)), _anywhere(node))
        for node in nodes
    ]


def _lines(node: FlowNode, names: Mapping[str, str]) -> Iterator[str]:
    """What the agent does at a node, in sentences."""
    said = node.instruction.text or node.instruction.prompt or "" if node.instruction else ""
    static = node.instruction is not None and node.instruction.type == "static_text"
    text = f'Say: "{said}"' if said and static else said
    if node.type == "function" and node.tool_id:
        yield f"Call {names.get(node.tool_id, node.tool_id)}."
    elif node.type == "mcp" and node.mcp_tool_name:
        yield f"Call {node.mcp_tool_name}."
    elif node.type == "transfer_call":
        destination = node.transfer_destination.said if node.transfer_destination else ""
        yield f"Transfer the call to {destination}." if destination else "Transfer the call."
    elif node.type == "extract_dynamic_variables":
        yield f"Note: {', '.join(one.said for one in node.variables or [])}."
    elif node.type == "component":
        yield f"Do what the component {node.component_id} says."
    elif node.type in WHAT:
        yield WHAT[node.type]
    yield text


WHAT = {
    "end": "End the call.",
    "press_digit": "Press digits on the keypad:",
    "sms": "Send a text message:",
    "agent_swap": "Hand the call over to another agent.",
}
"""What the agent does at nodes of these types."""


def _ways(node: FlowNode) -> Iterator[Way]:
    for edge in node.edges or []:
        if edge.destination_node_id:
            yield Way(_said(edge.transition_condition) or edge.condition or ALWAYS, edge.destination_node_id)
    others = (
        ("If the transfer fails" if node.type == "transfer_call" else ALWAYS, node.edge),
        ("If the message was sent", node.success_edge),
        ("If it failed", node.failed_edge),
        (ALWAYS, node.always_edge),
        (ALWAYS, node.skip_response_edge),
        ("Otherwise", node.else_edge),
    )
    for condition, other in others:
        if other and other.destination_node_id:
            yield Way(condition, other.destination_node_id)


def _said(condition: Condition | str | None) -> str:
    if condition is None or isinstance(condition, str):
        return condition or ""
    if not condition.equations:
        return condition.prompt or ""
    joined = " or " if condition.operator == "||" else " and "
    return "If " + joined.join(
        f"{one.left} {OPERATORS.get(one.operator, one.operator)} {one.right or ''}".strip()
        for one in condition.equations
    )


def _anywhere(node: FlowNode) -> str:
    return _said(node.global_node_setting.condition) if node.global_node_setting else ""


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
