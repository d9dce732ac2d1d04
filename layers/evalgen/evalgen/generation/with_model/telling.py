"""What a job tells of the prompt it is made from, by what a model has read of it, too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from evalgen.generation.ledger import Ledger, covered_by
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.report import ledger_of, testable
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.unread import told_unread
from evalgen.generation.with_model.merging import BY_A_MODEL

OF_ONE_TEST = 2
"""So many statements a further test would cover, about."""


def for_a_call(model: AgentModel) -> list[Statement]:
    """The statements that a call can test. What a model says that nobody brings about is not among them;
    of the rules' conditions of that kind some are the state of a record.
    """
    can = testable(model.prompt)
    return [s for s in model.prompt.statements if s.id in can and not _is_nobodys(s)]


def _is_nobodys(statement: Statement) -> bool:
    condition = statement.condition
    return statement.because == BY_A_MODEL and condition is not None and condition.by == "other"


def told_with(
    base: Planned, by_rules: AgentModel, model: AgentModel, covers: Sequence[Collection[str]]
) -> Planned:
    """The plan, its ledger and warnings by the agent as it has been read; slot i tests `covers[i]`.

    What no embedded test gets to is not out of reach for that.
    """
    within_rules = {one.id for one in base.ledger.entries if one.left == "not_yet"}
    found = within_rules.union(*covers)
    ids = [one.id for one in for_a_call(model) if one.id not in found]
    further = [ids[at : at + OF_ONE_TEST] for at in range(0, len(ids), OF_ONE_TEST)]
    entries = [
        one
        for one in ledger_of(model.prompt, (), covers, [within_rules, *further]).entries
        if one.about == "statement"
    ]
    entries += [one for one in base.ledger.entries if one.about != "statement"]
    language = model.definition.language
    before = set(told_unread(by_rules.prompt, language))
    return replace(
        base,
        ledger=covered_by(Ledger(tuple(entries), base.ledger.more + len(further)), covers),
        warnings=(
            *told_unread(model.prompt, language),
            *(told for told in base.warnings if told not in before),
        ),
    )
