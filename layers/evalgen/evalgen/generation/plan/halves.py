"""Facts that are half of an answer: what is so in the other case, or when, stands elsewhere."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import leaves, plain


def is_half(statement: Statement, model: AgentModel) -> bool:
    """`A swap is free. Without the cover there is a $20 fee.`: the first alone answers nobody for certain."""
    place = model.place_of(statement) + 1
    behind = model.prompt.statements[place : place + 1]
    otherwise = load(model.judged, "turns")["facts"]["otherwise"]
    return any(
        s.lines[0] <= statement.lines[1]
        and s.section == statement.section
        and re.match(otherwise, s.text, re.IGNORECASE) is not None
        for s in behind
    )


def is_in_a_case(statement: Statement, model: AgentModel) -> bool:
    """Whether the heading says when the part holds (`When we cancel`, `If a parcel is lost`), or its item is
    labelled by what only some records are: `Pay-as-you-go: …`.
    """
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    titles = (plain(title).replace("_", " ") for title in statement.section[-1:])
    if any(re.match(opens, title, re.IGNORECASE) for title in titles):
        return True
    return _label_over(statement, model) in model.once("words on record", (), lambda: _on_record(model))


def _label_over(statement: Statement, model: AgentModel) -> str:
    """The label that the item of a sentence begins with; empty where it has none."""
    firsts = model.once("first of items", (), lambda: _firsts(model))
    first = firsts[statement.section, statement.lines[0]]
    label = re.match(load(model.judged, "prompt")["parts"]["label"], first.text)
    return _one_word(label["label"]) if label else ""


def _firsts(model: AgentModel) -> dict[tuple[tuple[str, ...], int], Statement]:
    """By its section and line, the first sentence that begins there."""
    return {(s.section, s.lines[0]): s for s in reversed(model.prompt.statements)}


def _on_record(model: AgentModel) -> frozenset[str]:
    """The texts of one word that look-ups answer, as labels have them: `pay_as_you_go`."""
    reads = (tool for tool in model.tools.values() if tool.role in ("identify", "read"))
    values = (v for t in reads for call in t.calls.get("success", ()) for _, v in leaves(call.output))
    return frozenset(_one_word(v) for v in values if isinstance(v, str) and len(v.split()) == 1)


def _one_word(text: str) -> str:
    return re.sub(r"[ -]", "_", plain(text))
