"""Records of which a rule of the prompt has something else said or done before anything that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import (
    is_of_other_calls,
    names_another,
    stands_in_another_playbook,
)
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import plain

STATE = "label of a state"
"""How the rule begins that reads what is said of records in a state."""


def is_handled_first(chain: Chain, model: AgentModel, served: Served | None = None) -> bool:
    """Whether a rule that bans, passes the call on or is not read holds for a record of these calls, before
    the deed; with a task, one that is not another task's. A rule that names tools is about their answers.
    """
    records = [(p.tool.tool.name, list(fields_of(p.record))) for p in chain.calls if p.tool.role != "write"]
    conditions = model.once(
        "handled first",
        served.key if served else (),
        lambda: [
            (one, statement, {name for name in model.tools if name in one})
            for one, statement in dict.fromkeys(_conditions(model, served))
            if not re.match(load(model.judged, "rules")["is_found"], plain(one))
        ],
    )
    return any(
        model.record_rules.holds(
            one, [field for name, fields in records if not named or name in named for field in fields]
        )
        is True
        and not (served and is_of_other_calls(statement, chain, model))
        for one, statement, named in conditions
    )


def _conditions(model: AgentModel, served: Served | None) -> Iterator[tuple[str, Statement]]:
    """Each with the statement that it is of."""
    opens = re.compile(load(model.judged, "prompt")["parts"]["opens_case"], re.IGNORECASE)
    for statement in model.prompt.statements:
        condition = statement.condition
        if served and _is_of_another(statement, served, model):
            continue
        if statement.kind == "unread" and (match := opens.match(statement.text)):
            yield match["rest"].partition(",")[0], statement
        elif (
            condition
            and condition.is_not_played
            and (_stops(statement, model) or _goes_on_unread(statement, model))
        ):
            yield condition.text, statement


def _is_of_another(statement: Statement, served: Served, model: AgentModel) -> bool:
    elsewhere = stands_in_another_playbook(statement, served, model)
    return elsewhere or names_another(statement.text, served, model)


def _goes_on_unread(statement: Statement, model: AgentModel) -> bool:
    """Whether more is said of a state than is read, in no playbook: `closed: state the date. Anything
    else: transfer.`
    """
    if not statement.because.startswith(STATE) or _is_in_a_playbook(statement, model):
        return False
    more = (s for s in model.prompt.statements if s.kind == "unread" and s.section == statement.section)
    return any(s.lines == statement.lines or statement.condition in s.outer for s in more)


def _is_in_a_playbook(statement: Statement, model: AgentModel) -> bool:
    """Whether it stands in the part of one deed, and that is not the whole prompt."""
    around = (one for one in model.playbooks.values() if statement.section[: len(one)] == one)
    return any(s.section[: len(one)] != one for one in around for s in model.prompt.statements)


def _stops(statement: Statement, model: AgentModel) -> bool:
    passes_on = load(model.judged, "plan")["moves"]["passes_on"]
    return any(duty.ban or duty.verb in passes_on for duty in statement.duties)
