"""Whether the prompt speaks of errors in words that are not read: nothing may be assumed of them then."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel


def errors_unread(model: AgentModel) -> bool:
    """Of tools alone: that facts of a caller are wrong a second time is no error."""
    return model.once("errors unread", (), lambda: _found(model))


def _found(model: AgentModel) -> bool:
    tells = load(model.judged, "invented")["tells_of"]["error"]
    other = load(model.judged, "rules")["wrong_facts"]
    return any(
        not (s.sure and s.condition and s.condition.answer)
        and re.search(tells, s.text, re.IGNORECASE)
        and not re.search(other, s.text, re.IGNORECASE)
        for s in model.prompt.statements
    )
