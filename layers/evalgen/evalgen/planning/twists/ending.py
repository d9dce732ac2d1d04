"""Calls that do not end as the caller would like: a tool fails, finds nothing, or an emergency cuts in."""

from __future__ import annotations

import re

from evalgen.planning.entries import reference_of
from evalgen.planning.twists.scene import Scene
from evalgen.reading.records import Step
from evalgen.reading.tool_names import spoken

_SAID = re.compile(r"[“\"«]([^“”\"«»]{4,60}?)[,.]?[”\"»]")


def failure(scene: Scene) -> bool:
    last = scene.steps[-1]
    if last.outcome == "no_match" and last.tool.effect == "identify":
        name = next((n for (i, _), n in scene.table.keys.items() if i == len(scene.steps) - 1), None)
        if name is None:
            return False
        scene.script.add("more", "no_match_react", value={"ref": name})
    elif last.outcome != "empty":
        scene.script.add("more", "error_react")
    scene.script.add("close", "way_out")
    return True


def case(scene: Scene) -> bool:
    """The record is in a case of the prompt; where its rule stops the call, the caller goes along."""
    if scene.route.ending == "stopped":
        scene.script.drop("confirm", "outcome")
        scene.script.add("close", "stopped")
    return scene.script.has("open")


def assume_success(scene: Scene) -> bool:
    tool = scene.steps[-1].tool
    reference = next((r for call in tool.calls["success"] if (r := reference_of(Step(tool, call)))), "")
    told = spoken(reference, scene.lexicon) or scene.lexicon.templates.result
    scene.script.add("more", "assume_success", reference=told)
    scene.script.add("more", "error_react")
    return True


def emergency(scene: Scene) -> bool:
    """Something urgent cuts in: what the prompt names or quotes, else a danger that anyone knows."""
    scene.script.drop("pick", "confirm", "outcome", "inputs")
    if act := scene.idea.act:
        scene.script.after("identify", "more", act.kind, x=act.x)
        scene.script.then("until_helped")
        return _cut_in(scene)
    said = next((m[1] for s in scene.idea.focus if (m := _SAID.search(s.text))), "")
    if said and scene.lexicon is scene.model.lexicon:
        scene.script.after("identify", "more", "emergency_quote", x=said)
    else:
        scene.script.after("identify", "more", "emergency")
    return _cut_in(scene)


def _cut_in(scene: Scene) -> bool:
    scene.script.add("close", "after_emergency")
    scene.keep = 1 if scene.script.has("identify") else 0
    return True
