"""Tests of the prompt's bans: a caller who asks for what is banned, and asks again."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.temptations import Temptation, temptations
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_of, kind_of, leaves, names_person


def ban_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """For each sure ban the temptations that topics have for it; each topic once."""
    seen: set[str] = set()
    for statement in model.sure("ban", "order"):
        other = other_person(model, f"{seed}/{statement.id}")
        for tempted in temptations(
            statement, told_in=model.judged, language=model.spoken, prompt=model.definition.description, other=other
        ):
            if tempted.topic not in seen and (test := _ban_test(statement, tempted, model, seed)):
                seen.add(tempted.topic)
                yield test


def _ban_test(statement: Statement, tempted: Temptation, model: AgentModel, seed: str) -> Test | None:
    script = Script(Speech(model.spoken), Speech(model.judged))
    script.profile |= tempted.profile
    script.add(Step(tempted.ask, Moment("opening")))
    caller = caller_of(model, f"{seed}/{statement.id}")
    caller.answer(script)
    again = script.add(Step(tempted.insist, tempted.refused))
    end = str(script.spoken.frames["moves"]["end"])
    script.add(Step(end, tempted.refused_again, last=True))
    ground = [Ground(lines=statement.lines, statement=statement.id)]
    script.expect_text(tempted.twice, tempted.kind, ground, again)
    if len(script.steps) > 10:
        return None
    name = script.spoken.name("ban", Ask=tempted.ask)
    key = (statement.id, tempted.topic)
    return finish(script, model, "ban", key, name, chain=caller.chain, calls=caller.calls)


def other_person(model: AgentModel, choice: str) -> str:
    """The name of somebody else in the mock data than the caller, if there is one."""
    own = {value for _, _, value in caller_of(model, choice).facts}
    names = [
        str(value)
        for tool in model.tools.values()
        if tool.role == "identify"
        for call in tool.calls.get("success", [])
        for path, value in leaves(call.output)
        if kind_of(key_of(path), value) == "name" and names_person(path) and " " in str(value)
    ]
    return next((name for name in names if name not in own), "")
