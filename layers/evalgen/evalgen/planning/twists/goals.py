"""Callers who want something else as well, or instead."""

from __future__ import annotations

from evalgen.planning.skeleton import perform
from evalgen.planning.twists.scene import Scene


def change_goal(scene: Scene) -> bool:
    scene.script.drop("confirm", "outcome")
    return _go_on(scene, "change_goal")


def second_goal(scene: Scene) -> bool:
    return _go_on(scene, "second_goal")


def _go_on(scene: Scene, move: str) -> bool:
    """The second task, without opening and identification."""
    if scene.idea.second is None:
        return False
    scene.script.add("more", move, other=scene.idea.second.goal.phrase)
    end = len(scene.steps)
    perform(scene.script, scene.route, scene.table, scene.lexicon, scene.split, end, scene.confirms)
    return True
