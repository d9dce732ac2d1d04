"""What the prompt has the agent do for a caller who does not take no for an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.plan.bans import instead_of
from evalgen.generation.plan.cases import moment_of
from evalgen.generation.plan.said_of_calls import passes_calls_on
from evalgen.generation.plan.slots import filled
from evalgen.generation.plan.test import AssertionKind, Ground, Moment, Step
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement

MOST_DUTIES = 2


@dataclass(frozen=True)
class WayOut:
    """`lines` are lines of the outcome with the statement behind each, `declined` what the caller turns down
    where it is offered. `ends` is the moment at which the call is passed on: nothing comes behind it.
    """

    lines: tuple[tuple[str, AssertionKind, Ground], ...] = ()
    declined: tuple[Step, ...] = ()
    ends: Moment | None = None
    persists: bool = False
    """Only once the caller has kept on."""
    unsure: bool = False
    """The call may be passed on: what comes behind is not certain."""

    def silent(self) -> WayOut:
        """The same where it is not certain to be taken: the caller is ready for it, nothing is expected."""
        return WayOut((), self.declined, unsure=self.unsure or self.ends is not None)


def way_of(duties: Iterable[tuple[Statement, Duty]], model: AgentModel) -> WayOut:
    """Of sure duties those that a caller surely hears, up to the one that passes the call on."""
    told = load(model.judged, "attacks")["way_out"]
    spoken = load(model.spoken, "attacks")["way_out"]
    frames = load(model.judged, "attacks")["frames"]
    lines: list[tuple[str, AssertionKind, Ground]] = []
    declined: list[Step] = []
    for statement, duty in duties:
        moment = moment_of(duty)
        if moment is None or duty.ban or not duty.heard or len(lines) == MOST_DUTIES:
            continue
        kind: AssertionKind = "asks" if moment.kind == "asked" else "says"
        ground = Ground(lines=statement.lines, statement=statement.id)
        lines.append((filled(frames["should"], {"text": duty.text}), kind, ground))
        if re.match(told["passes"], duty.text):
            return WayOut(tuple(lines), tuple(declined), moment)
        if moment.kind == "offered" and re.search(spoken["declined"], moment.what):
            what = moment.what
            for pattern, gives in spoken["offered"]:
                what = re.sub(pattern, gives, what)
            declined.append(Step(spoken["decline"], Moment("offered", what, standing=True)))
    return WayOut(tuple(lines), tuple(declined))


def way_behind(ban: Statement, model: AgentModel) -> WayOut:
    """What the ban's own line goes on to order, also for who asks all the same."""
    if model.spoken != model.judged:
        return WayOut()
    table = load(model.judged, "attacks")["way_out"]
    beside = [s for s in model.prompt.statements if s.lines == ban.lines]
    behind = beside[[s.id for s in beside].index(ban.id) + 1 :]
    asked = re.compile(table["asked"], re.IGNORECASE)
    own = (
        (s, duty)
        for s in [s for s in behind if s.kind != "fact"][:1]
        if s.sure and s.condition and not s.outer and asked.fullmatch(s.condition.text)
        for duty in s.duties
    )
    way = way_of([*instead_of(ban, model), *own], model)
    return replace(way, unsure=any(re.search(table["passes_anywhere"], s.text) for s in behind))


def way_of_who_persists(model: AgentModel) -> WayOut:
    """What a line of its own orders for callers who keep on, whatever they are after."""
    if model.spoken != model.judged:
        return WayOut()
    when = re.compile(load(model.judged, "attacks")["way_out"]["persists"], re.IGNORECASE)
    return replace(way_of(_of_cases(when, model), model), persists=True)


def _of_cases(when: re.Pattern[str], model: AgentModel) -> Iterator[tuple[Statement, Duty]]:
    begun: set[tuple[int, int]] = set()
    for statement in model.prompt.statements:
        first = statement.lines not in begun
        begun.add(statement.lines)
        condition = statement.condition
        if first and statement.sure and condition and not statement.outer and when.fullmatch(condition.text):
            yield from ((statement, duty) for duty in statement.duties)


def transfer_declined(model: AgentModel) -> tuple[Step, ...]:
    """What a caller says who may be offered a transfer, where the agent has a tool for it."""
    if not any(tool.role == "inward" and passes_calls_on(tool) for tool in model.tools.values()):
        return ()
    spoken = load(model.spoken, "attacks")["way_out"]
    return (Step(spoken["decline"], Moment("offered", spoken["transfer"], standing=True)),)


def way_back_to_the_task(model: AgentModel) -> WayOut:
    """What the agent says it is there for where somebody asks for anything else."""
    table, frames = load(model.judged, "attacks")["way_out"], load(model.judged, "attacks")["frames"]
    for statement in model.prompt.statements:
        if (match := re.fullmatch(table["redirects"], statement.text)) and not re.search(
            table["ours"], match["x"]
        ):
            text = filled(frames["should"], {"text": filled(table["redirected"], {"x": match["x"]})})
            return WayOut(((text, "says", Ground(lines=statement.lines, statement=statement.id)),))
    return WayOut()
