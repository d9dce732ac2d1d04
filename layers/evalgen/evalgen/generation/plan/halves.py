"""Facts that are half of an answer: the next sentence says what is so in the other case."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


def is_half(statement: Statement, model: AgentModel) -> bool:
    """`A swap is free. Without the cover there is a $20 fee.`: the first alone answers nobody for certain."""
    statements = model.prompt.statements
    behind = statements[statements.index(statement) + 1 :][:1]
    otherwise = load(model.judged, "turns")["facts"]["otherwise"]
    return any(
        s.lines[0] <= statement.lines[1]
        and s.section == statement.section
        and re.match(otherwise, s.text, re.IGNORECASE) is not None
        for s in behind
    )
