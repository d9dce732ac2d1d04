"""Callers who get a value wrong first, or leave it vague."""

from __future__ import annotations

from typing import Any

from evalgen.generation.values import kind_of
from evalgen.planning.twists.scene import Scene

_LAST_DAY = 28


def misstate(scene: Scene) -> bool:
    found = scene.identity()
    if found is None:
        return False
    noun, name, value = found
    wrong = scene.table.misstate(name, _slip(value))
    return scene.script.swap("identify", "misstate", noun=noun, value={"ref": name}, wrong={"ref": wrong})


def correct_choice(scene: Scene) -> bool:
    found = scene.choice()
    if found is None:
        return False
    noun, name, value = found
    wrong = {"ref": scene.table.misstate(name, _neighbour(value))}
    return scene.script.swap_value(name, "correct_choice", noun=noun, value={"ref": name}, wrong=wrong)


def vague_date(scene: Scene) -> bool:
    found = scene.choice()
    return found is not None and scene.script.swap_value(found[1], "vague_date", value={"ref": found[1]})


def _slip(value: Any) -> Any:
    """A value with two neighbouring characters exchanged, or its last one changed where none differ."""
    text = str(value)
    for i in range(len(text) - 2, 0, -1):
        if text[i].isalnum() and text[i + 1].isalnum() and text[i] != text[i + 1]:
            return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:-1] + ("7" if text[-1:] != "7" else "3")


def _neighbour(value: Any) -> Any:
    """Another value of the same kind near this one: the day or the number after it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value + 1
    text = str(value)
    if kind_of("", text) in ("date", "datetime"):
        day = int(text[8:10])
        return f"{text[:8]}{day + 1 if day < _LAST_DAY else day - 1:02d}{text[10:]}"
    return _slip(text)
