"""Parameters that hold now this, now that: `value: 5035550142` beside `lookup_by: phone`, an `identifier`."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import (
    is_listed,
    key_of,
    key_words,
    kind_of,
    kind_words,
    leaves,
    plain,
    same,
    words_of,
)

_PHONE = re.compile(r"\+?\d{10,13}")


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


def key_held(tool: ToolModel, parameter: str, value: Any) -> str:
    """What a value of a parameter that names nothing is called in the answers to such values: the card number
    of an `identifier`; a phone number by its looks, where the parameter may hold one. Empty where none of
    them repeats it, or the parameter is called otherwise.
    """
    if tool.role != "identify" or not _ends(parameter, "selected"):
        return ""
    found = ((call, leaf) for call in tool.calls.get("success", ()) for leaf in leaves(call.output))
    held = (
        key_of(path)
        for call, (path, known) in found
        if same(known) == same(call.input.get(parameter)) and _shape(known) == _shape(value)
        if not is_listed(path)
    )
    numbered = _PHONE.fullmatch(str(value)) and set(kind_words("phone")) & set(
        words_of(plain(tool.about(parameter)))
    )
    return next(held, "phone" if numbered else "")


def _shape(value: Any) -> str:
    """Where a value has digits and where letters."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", str(value)))


def selects_another(name: str) -> bool:
    """Whether a parameter is called as one that says what another holds: `lookup_by`."""
    return _ends(name, "selects")


def _ends(name: str, table: str) -> bool:
    return not in_all("selectors", table).isdisjoint(key_words(name)[-1:])
