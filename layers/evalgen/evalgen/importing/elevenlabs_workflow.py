"""Workflows of ElevenLabs: nodes that change the agent's prompt, and edges with conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.importing.elevenlabs_tools import Destination
from evalgen.importing.graph import ALWAYS, Node, Way, written
from evalgen.importing.parts import Part


class Condition(Part):
    type: str | None = None
    label: str | None = None
    condition: str | None = None
    successful: bool | None = None
    expression: Any = None


class Edge(Part):
    source: str
    target: str
    forward_condition: Condition | None = None


class Message(Part):
    text: str | None = None


class WorkflowNode(Part):
    type: str
    label: str | None = None
    additional_prompt: str | None = None
    message: Message | None = None
    transfer_destination: Destination | None = None
    transfer_message: str | None = None
    agent_id: str | None = None
    tools: list[Any] | None = None


class Workflow(Part):
    nodes: dict[str, WorkflowNode]
    edges: dict[str, Edge] | None = None


def workflow_written(workflow: Workflow) -> str:
    """As a prompt; empty where it is nothing but its start."""
    nodes = workflow.nodes
    if all(node.type == "start" for node in nodes.values()):
        return ""
    ways: dict[str, list[Way]] = {}
    for edge in (workflow.edges or {}).values():
        ways.setdefault(edge.source, []).append(Way(_said(edge.forward_condition), edge.target))
    drawn = [
        Node(name, node.label or f"{node.type} {name}", list(_lines(node)), ways.get(name, ()))
        for name, node in nodes.items()
    ]
    start = next((name for name, node in nodes.items() if node.type == "start"), None)
    return written(drawn, start)


def _lines(node: WorkflowNode) -> Iterator[str]:
    there = node.transfer_destination or Destination()
    if node.type == "end":
        yield "End the call."
    elif node.type == "phone_number":
        yield f"Transfer the call to {there.phone_number or there.sip_uri or 'a person'}."
    elif node.type == "standalone_agent":
        yield "Hand the call over to another agent."
    if node.message and node.message.text:
        yield f'Say: "{node.message.text}"'
    if node.transfer_message:
        yield f'Say: "{node.transfer_message}"'
    yield node.additional_prompt or ""


def _said(condition: Condition | None) -> str:
    if condition is None or condition.type == "unconditional":
        return ALWAYS
    if condition.type == "result":
        return "If the tool succeeded" if condition.successful else "If the tool failed"
    return condition.condition or condition.label or "If a condition of the platform holds"
