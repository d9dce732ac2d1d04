"""Conversations drawn as graphs, written down as a prompt: a section for each node, a line for each way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ALWAYS = ""


@dataclass(frozen=True, slots=True)
class Way:
    """`condition` as its owner wrote it; ALWAYS: whatever happens. `target` is a node's id."""

    condition: str
    target: str


@dataclass(frozen=True, slots=True)
class Node:
    """`lines`: what the agent does there; `anywhere`: the condition under which every node leads to it."""

    id: str
    title: str
    lines: Sequence[str]
    ways: Sequence[Way] = field(default_factory=tuple)
    anywhere: str = ""


def written(nodes: Sequence[Node], start: str | None, what: str = "Step") -> str:
    """The nodes in the order in which a call may come to them, then those that no way leads to."""
    titles = {node.id: node.title for node in nodes}
    return "\n\n".join(_section(node, titles, what) for node in _ordered(nodes, start))


def _section(node: Node, titles: dict[str, str], what: str) -> str:
    lines = [f"## {what}: {node.title}"]
    if node.anywhere:
        lines.append(f"This applies at any time: {node.anywhere}")
    lines += node.lines
    for way in node.ways:
        target = titles.get(way.target, way.target)
        lines.append(
            f"- {_sentence(way.condition)} Go to {target}." if way.condition else f"Then go to {target}."
        )
    return "\n".join(line for line in lines if line)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":")) else f"{text}:"


def _ordered(nodes: Sequence[Node], start: str | None) -> Iterable[Node]:
    known = {node.id: node for node in nodes}
    waiting = [start] if start in known else []
    waiting += [node.id for node in nodes if node.anywhere] if waiting else []
    seen: dict[str, Node] = {}
    while waiting:
        current = waiting.pop(0)
        if current in known and current not in seen:
            seen[current] = known[current]
            waiting += [way.target for way in known[current].ways]
    return [*seen.values(), *(node for node in nodes if node.id not in seen)]
