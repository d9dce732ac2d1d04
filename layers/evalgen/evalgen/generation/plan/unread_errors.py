"""Whether the prompt speaks of errors in words that are not read: nothing may be assumed of them then."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel


def errors_unread(model: AgentModel) -> bool:
    """Of tools alone: that facts of a caller are wrong a second time is no error."""
    return bool(_unread(model))


def errors_unread_of(tool: ToolModel, model: AgentModel) -> bool:
    """Whether one of these sentences is about this tool, by its name or by `the` and its verb: `If the check
    comes back with an error`, of `check_cover`.
    """
    verb = re.escape(tool.name.verb) if tool.name else "(?!)"
    of_it = re.compile(rf"\b(?:{re.escape(tool.tool.name)}|the {verb})\b", re.IGNORECASE)
    return any(of_it.search(text) for text in _unread(model))


def _unread(model: AgentModel) -> tuple[str, ...]:
    return model.once("errors unread", (), lambda: _found(model))


def _found(model: AgentModel) -> tuple[str, ...]:
    tells = load(model.judged, "invented")["tells_of"]["error"]
    other = load(model.judged, "rules")["wrong_facts"]
    return tuple(
        s.text
        for s in model.prompt.statements
        if not (s.sure and s.condition and s.condition.answer)
        and re.search(tells, s.text, re.IGNORECASE)
        and not re.search(other, s.text, re.IGNORECASE)
    )
