"""Which sentences may forbid a deed for the records that a call is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, speaks_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.things import listed_in
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import Field, fields_of
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_words

SHORTEST = 3
"""Letters of words of keys that say something: no `no`, `id`."""


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
        undecided = holds is None and not only and _turns_on(statement, fields, served, model)
        if (holds is True and not only) or (holds is False and only) or undecided:
            found.append(statement)
    return found


def _turns_on(statement: Statement, fields: list[Field], served: Served, model: AgentModel) -> bool:
    """Whether a ban of this deed names a number or flag of the record, by a word that the deed has not: how
    it compares is not known.
    """
    own = set(key_words(served.wish)) | set(key_words(served.tool.tool.name))
    counts = {w for f in fields if isinstance(f.value, int | float) for w in f.words if len(w) > SHORTEST}
    rules = load(model.judged, "rules")
    bans = re.finditer(rules["bans"], statement.text, re.IGNORECASE)
    return any(
        ban["verb"].lower() not in rules["of_words"]
        and speaks_of(ban[0], served, model)
        and set(key_words(ban[0])) & counts - own
        for ban in bans
    )


def _may_forbid(served: Served, model: AgentModel) -> Iterator[tuple[Statement, str, bool]]:
    """The sentences that restrict the deed, each with its condition and whether it says `only`."""
    words = load(model.judged, "rules")
    for statement in model.prompt.statements:
        text = statement.text
        asks = re.search(words["only_asks"], text, re.IGNORECASE)
        if statement.row or asks or not re.search(words["restricts"], text, re.IGNORECASE):
            continue
        subject = re.match(words["limited"], text, re.IGNORECASE)
        if subject and not speaks_of(subject["subject"], served, model):
            continue
        if concerns(statement, served, model) or re.search(words["of_anyone"], text, re.IGNORECASE):
            only = re.search(words["only"], text, re.IGNORECASE)
            behind = text[only.end() :] if only else ""
            allowed = re.search(words["allowed"], behind, re.IGNORECASE)
            condition = statement.condition.text if statement.condition else text
            if only:
                before = statement.condition.text if statement.condition else text[: only.start()]
                yield statement, before, False
            yield statement, behind[: allowed.start()] if allowed else condition, only is not None
