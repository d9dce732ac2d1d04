"""Callers who want what the agent has not offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.planning.twists.scene import Scene


def other_option(scene: Scene) -> bool:
    picked = scene.picked()
    if picked is None:
        return False
    item, others, noun = picked
    position = scene.script.position_of_item(item)
    if position is None:
        return False
    values = {"item": {"item": item, "noun": noun}}
    elsewhere = next((e for e in _answered(scene, item) if e != item and e not in others), None)
    if elsewhere:
        values["other_item"] = {"item": elsewhere, "noun": noun}
    beat = scene.script.beat("other_option" if elsewhere else "other_option_plain", **values)
    scene.script.beats[position] = ("pick", beat)
    return True


def _answered(scene: Scene, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the tools of this call have answered on any occasion, as far as it is like the item."""
    tools = [step.tool for step in scene.steps if step.tool.effect == "read"]
    outputs = [call.output for tool in tools for call in tool.calls["success"]]
    lists = [v for output in outputs if isinstance(output, dict) for v in output.values()]
    for entry in (entry for listed in lists if isinstance(listed, list) for entry in listed):
        if isinstance(entry, dict) and entry.keys() >= item.keys():
            yield {key: entry[key] for key in item}
