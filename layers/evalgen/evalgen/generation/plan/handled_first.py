"""Records of which a rule of the prompt has something else said or done before anything that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalgen.generation.languages import load
from evalgen.generation.plan.about import names_another, stands_elsewhere
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import Field, fields_of
from evalgen.generation.read.statement import Statement


def is_handled_first(chain: Chain, model: AgentModel, served: Served | None = None) -> bool:
    """Whether a rule that bans, passes the call on or is not read holds for a record of these calls, before
    the deed; with a task, one that is not another task's.
    """
    records = [played for played in chain.calls if played.tool.role != "write"]
    key = served.key if served else ()
    conditions = model.once("handled first", key, lambda: list(_conditions(model, served)))
    return any(model.record_rules.holds(one, _fields_for(one, records, model)) is True for one in conditions)


def _fields_for(condition: str, records: Sequence[Played], model: AgentModel) -> list[Field]:
    """The fields of these answers; where a condition names tools, those of theirs alone."""
    named = {name for name in model.tools if name in condition}
    told = (p.record for p in records if not named or p.tool.tool.name in named)
    return [field for output in told for field in fields_of(output)]


def _conditions(model: AgentModel, served: Served | None) -> Iterator[str]:
    opens = re.compile(load(model.judged, "prompt")["parts"]["opens_case"], re.IGNORECASE)
    for statement in model.prompt.statements:
        condition = statement.condition
        if served and _is_of_another(statement, served, model):
            continue
        if statement.kind == "unread" and (match := opens.match(statement.text)):
            yield match["rest"].partition(",")[0]
        elif condition and condition.by == "other" and _stops(statement, model):
            yield condition.text


def _is_of_another(statement: Statement, served: Served, model: AgentModel) -> bool:
    name = served.tool.tool.name
    playbooks = (section for tool, section in model.playbooks.items() if tool != name)
    return (
        any(statement.section[: len(one)] == one for one in playbooks)
        or stands_elsewhere(statement, served, model)
        or names_another(statement.text, served, model)
    )


def _stops(statement: Statement, model: AgentModel) -> bool:
    passes_on = load(model.judged, "plan")["moves"]["passes_on"]
    return any(duty.ban or duty.verb in passes_on for duty in statement.duties)
