"""Facts that are half of an answer: what is so in the other case, or when, stands elsewhere."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import plain


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


def is_in_a_case(statement: Statement, model: AgentModel) -> bool:
    """Whether the heading says when the part holds: `When we cancel`, `If a parcel is lost`."""
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    return any(
        re.match(opens, plain(title).replace("_", " "), re.IGNORECASE) for title in statement.section[-1:]
    )
