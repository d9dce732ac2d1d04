"""What a caller can do in any task: moves whose moment is certain, each with the outcome's line about it."""

from __future__ import annotations

from typing import Any, NamedTuple

from evalgen.generation.languages import load
from evalgen.generation.plan.slots import filled
from evalgen.generation.plan.test import MomentKind


class Turn(NamedTuple):
    """A step of the caller, its moment, and the assertion about it: empty where the turn has none."""

    action: str
    moment_kind: MomentKind
    moment_what: str
    assertion_text: str


def turn(name: str, language: str, **values: str) -> Turn:
    """The move of that name with the values that it `needs`, all in one language.

    Where the outcome is judged in another language than the spoken one, ask for both and take the assertion
    of the second. Raises KeyError for a name or a value that is missing.
    """
    data = load(language, "turns")
    table = next((table for table in data["turn"] if table["name"] == name), None)
    if table is None:
        raise KeyError(name)
    return Turn(
        filled(table["action"], values),
        table["moment"],
        filled(table["what"], values),
        _asserted(data["frames"], table, values),
    )


def _asserted(frames: dict[str, str], table: dict[str, Any], values: dict[str, str]) -> str:
    said = next((frame for frame in frames if frame in table), None)
    return filled(frames[said], {"text": filled(table[said], values)}) if said else ""
