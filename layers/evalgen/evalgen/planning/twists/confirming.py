"""Callers who do not simply say yes to what is read back."""

from __future__ import annotations

from evalgen.planning.twists.scene import Scene, Twist


def decline(scene: Scene) -> bool:
    """The caller picks another entry first and says no to its read-back."""
    picked = scene.picked()
    if picked is None or not picked[1] or not scene.script.has("confirm"):
        return False
    item, others, noun = picked
    position = scene.script.position_of_item(item)
    if position is None:
        return False
    scene.script.reword(position, "pick", item={"item": others[0], "noun": noun})
    scene.script.put("confirm", "confirm", "decline", item={"item": item, "noun": noun})
    return True


def refuse_confirm(scene: Scene) -> bool:
    if not scene.script.swap("confirm", "refuse_confirm"):
        scene.script.add("confirm", "refuse_confirm")
    scene.script.drop("outcome", "close")
    scene.cut_before_writing()
    scene.script.add("close", "close")
    return True


def instead_of_confirm(move: str) -> Twist:
    def twist(scene: Scene) -> bool:
        if not scene.script.swap("confirm", move):
            scene.script.put("outcome", "confirm", move)
        return True

    return twist
