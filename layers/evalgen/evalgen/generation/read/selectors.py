"""Parameters of which another says what they hold: `lookup_by: phone` beside `value: 5035550142`."""

from __future__ import annotations

from evalgen.generation.definition import MockCall
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words


def held_by(tool: ToolModel, call: MockCall) -> dict[str, str]:
    """By parameter, the key of what it holds in this call; empty where the tool has no such pair."""
    selected = [name for name in call.input if key_words(name)[-1:] and _last(name) in _words("selected")]
    selectors = [name for name in call.input if tool.choices(name) and _last(name) in _words("selects")]
    if len(selected) != 1 or len(selectors) != 1:
        return {}
    return {selected[0]: str(call.input[selectors[0]])}


def is_selector(tool: ToolModel, call: MockCall, parameter: str) -> bool:
    """Whether a parameter only says what another one holds, which nobody is asked for."""
    selects = bool(tool.choices(parameter)) and _last(parameter) in _words("selects")
    return selects and bool(held_by(tool, call))


def _last(name: str) -> str:
    return next(iter(key_words(name)[-1:]), "")


def _words(table: str) -> frozenset[str]:
    return in_all("selectors", table)
