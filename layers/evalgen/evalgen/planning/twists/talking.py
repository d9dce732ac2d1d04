"""The manner in which a caller talks: silent, unclear, all at once, or with one more thing in the middle."""

from __future__ import annotations

from evalgen.planning.twists.scene import Scene

_MOST_AT_ONCE = 3


def plain(scene: Scene) -> bool:
    """Nothing out of the ordinary, once the caller has said what they want."""
    return scene.script.has("open")


def silence(scene: Scene) -> bool:
    scene.script.after("identify", "more", "silence")
    return True


def unclear(scene: Scene) -> bool:
    """The request in riddles first, in plain words once it is asked for."""
    scene.script.swap("open", "open_when_asked", goal=scene.route.goal.phrase)
    scene.script.put("open", "open", "unclear")
    return True


def upfront(scene: Scene) -> bool:
    names = list(scene.table.keys.values())[:_MOST_AT_ONCE]
    if not names:
        return False
    scene.script.drop("identify", "inputs")
    scene.script.after("open", "identify", "upfront", all={"refs": names})
    return True


def inserted(scene: Scene) -> bool:
    """One more thing that the caller does, somewhere in the middle."""
    scene.script.after("identify" if scene.idea.choice % 2 else "open", "more", scene.idea.twist)
    return True
