"""What the prompt has the agent say in a call in which a deed gets done, beyond that it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.plan.about import concerns
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement

_LABEL = re.compile(r"\W*[A-Z][\w' -]{2,40}: ")


def owed(way: Walk, model: AgentModel) -> list[tuple[Statement, Duty]]:
    """What the record of this call demands first, then what goes with the call of the tool, then what the
    playbook of the task orders; in words that can be checked.
    """
    if model.spoken != model.judged:
        return []
    vague = way.script.judged.frames["moves"]["vague"]
    return [(s, d) for s, d in orders_of(way, model) if not re.search(vague, d.text, re.IGNORECASE)]


def orders_of(way: Walk, model: AgentModel) -> list[tuple[Statement, Duty]]:
    """The same, with what only the answers of the call make definite."""
    frames = way.script.judged.frames["moves"]
    sources = (for_the_record(way, model), _with_the_call(way, model), _of_the_playbook(way, model))
    found = [(s, d) for source in sources for s in source for d in s.duties]
    return [
        (s, d)
        for s, d in dict.fromkeys(found)
        if d.heard
        and not d.ban
        and d.verb in frames["owing"]
        and not re.search(frames["not_owed"], d.text, re.IGNORECASE)
    ]


def for_the_record(way: Walk, model: AgentModel) -> Iterator[Statement]:
    """The cases whose condition is true of the records that the call is about."""
    cases = model.once("states", way.served.key, lambda: list(_of_states(way.served, model)))
    fields = record_of(way.chain, model) if cases else []
    for statement, condition in cases:
        if model.record_rules.holds(condition, fields) is True:
            yield statement


def _of_states(served: Served, model: AgentModel) -> Iterator[tuple[Statement, str]]:
    for s in model.sure("case"):
        if s.outer or s.condition is None or s.condition.by not in ("other", "answer"):
            continue
        if concerns(s, served, model) and not _is_behind_a_label(s, model):
            yield s, s.condition.text


def _is_behind_a_label(statement: Statement, model: AgentModel) -> bool:
    """Whether its item begins with a case of its own that is not read: `Another date: there is no moving.`"""
    first = next(one for one in model.prompt.statements if one.lines == statement.lines)
    return first is not statement and first.kind == "unread" and _LABEL.match(first.text) is not None


def _with_the_call(way: Walk, model: AgentModel) -> Iterator[Statement]:
    for s in model.sure("case"):
        called = s.condition and s.condition.by == "call" and s.condition.about == way.served.tool.tool.name
        if called and s.id not in way.served.elsewhere:
            yield s


def _of_the_playbook(way: Walk, model: AgentModel) -> Iterator[Statement]:
    """The orders of the task, also for a moment of every call of it."""
    for s in model.sure("order", "case"):
        if s.kind == "case" and not (s.condition and s.condition.by == "flow"):
            continue
        own = way.served.section and s.section == way.served.section
        if own and not s.outer and s.id not in way.served.elsewhere:
            yield s
