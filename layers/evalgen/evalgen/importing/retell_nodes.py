"""Nodes of Retell's conversation flows, and what each says in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalgen.importing.graph import ALWAYS, Node, Way
from evalgen.importing.parts import Part
from evalgen.importing.retell import Destination, Variable

OPERATORS = {"==": "is", "!=": "is not", "exists": "is there", "not_exist": "is not there"}
WHAT = {
    "end": "End the call.",
    "press_digit": "Press digits on the keypad:",
    "sms": "Send a text message:",
    "agent_swap": "Hand the call over to another agent.",
}
"""What the agent does at nodes of these types."""


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


def drawn(nodes: list[FlowNode], names: Mapping[str, str]) -> list[Node]:
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
