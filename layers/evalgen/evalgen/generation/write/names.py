"""A scenario's name: at most 80 characters, and unlike those of the other slots of its job."""

from __future__ import annotations

from collections.abc import Collection

from evalgen.generation.plan.test import LONGEST_NAME


def name_of(aim: str, taken: Collection[str]) -> str:
    """The aim, cut between words where it is too long, numbered where it is among `taken` (casefolded)."""
    names = (_fitted(aim, f" ({number})" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def _fitted(text: str, ending: str) -> str:
    text = " ".join(text.split())
    room = LONGEST_NAME - len(ending)
    if len(text) <= room:
        return text + ending
    return text[: max(text.rfind(" ", 0, room), room // 2)].rstrip(" ,:;(") + "…" + ending
