"""Parameters of which another says what they hold: `lookup_by: phone` beside `value: 5035550142`."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words, kind_of, kind_words


def selection_in(tool: ToolModel, call: MockCall) -> tuple[str, str] | None:
    """The parameter that says what another one holds, which nobody is asked for, and that other one; None
    where the call has no such pair.
    """
    selects = [name for name in call.input if tool.choices(name) and selects_another(name)]
    selected = [name for name in call.input if _ends(name, "selected")]
    return (selects[0], selected[0]) if len(selects) == len(selected) == 1 else None


def key_selected(choice: str, value: Any) -> str:
    """What the selected value is called: the number of a card, where the choice is `card`."""
    numbered = kind_of(choice, value) == "id" and not set(key_words(choice)) & set(kind_words("id"))
    return f"{choice}_number" if numbered else choice


def selects_another(name: str) -> bool:
    """Whether a parameter is called as one that says what another holds: `lookup_by`."""
    return _ends(name, "selects")


def _ends(name: str, table: str) -> bool:
    return not in_all("selectors", table).isdisjoint(key_words(name)[-1:])
