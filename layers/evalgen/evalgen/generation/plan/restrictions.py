"""Which sentences may forbid a deed for the records that a call is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.things import listed_in
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import Field, fields_of
from evalgen.generation.read.statement import Statement


def record_of(chain: Chain, model: AgentModel) -> list[Field]:
    """The fields of the records that a call is about: of who is calling, and of what was chosen."""
    grammar = grammar_of(model.spoken)
    found: list[Field] = []
    for played in chain.calls:
        if played is not chain.last or played.tool.role != "write":
            found += fields_of(played.call.output)
        for one in played.inputs:
            if thing := listed_in(chain, one, grammar):
                found += fields_of(value_at(chain.calls[thing.call].call.output, thing.place))
    found += fields_of(chain.last.call.input)
    return found


def forbidding(chain: Chain, served: Served, model: AgentModel) -> list[Statement]:
    """The sentences that may forbid the deed for this record: a good agent might not get to it."""
    may_forbid = model.once("forbidding", served.key, lambda: list(_may_forbid(served, model)))
    fields = record_of(chain, model) if may_forbid else []
    found = []
    for statement, condition, only in may_forbid:
        holds = model.record_rules.holds(condition, fields, by_states=only)
        if (holds is True and not only) or (holds is False and only):
            found.append(statement)
    return found


def _may_forbid(served: Served, model: AgentModel) -> Iterator[tuple[Statement, str, bool]]:
    """The sentences that restrict the deed, each with its condition and whether it says `only`."""
    words = load(model.judged, "rules")
    for statement in model.prompt.statements:
        text = statement.text
        asks = re.search(words["only_asks"], text, re.IGNORECASE)
        if statement.row or asks or not re.search(words["restricts"], text, re.IGNORECASE):
            continue
        if concerns(statement, served, model):
            only = re.search(words["only"], text, re.IGNORECASE)
            behind = text[only.end() :] if only else ""
            allowed = re.search(words["allowed"], behind, re.IGNORECASE)
            condition = statement.condition.text if statement.condition else text
            yield statement, behind[: allowed.start()] if allowed else condition, only is not None
