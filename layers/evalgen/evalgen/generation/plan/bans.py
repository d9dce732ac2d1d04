"""Tests of the prompt's bans: a caller who asks for what is banned, and asks again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.rules import lacks_a_story
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.plan.temptations import Temptation, temptations
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.plan.walk import Walk, walk
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_of, kind_of, leaves, names_person


def ban_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """For each sure ban the temptations that topics have for it; each topic once."""
    seen: set[str] = set()
    for statement in model.sure("ban", "order"):
        other = other_person(model, f"{seed}/{statement.id}")
        for tempted in temptations(
            statement,
            told_in=model.judged,
            language=model.spoken,
            prompt=model.definition.description,
            other=other,
        ):
            if tempted.topic not in seen and (test := _ban_test(statement, tempted, model, seed)):
                seen.add(tempted.topic)
                yield test


def _ban_test(statement: Statement, tempted: Temptation, model: AgentModel, seed: str) -> Test | None:
    script = Script(Speech(model.spoken), Speech(model.judged))
    script.profile |= tempted.profile
    caller, calls, chain = caller_of(model, f"{seed}/{statement.id}"), [], None
    way = None if tempted.fits == "anywhere" else honest(model, f"{seed}/{statement.id}")
    if way is not None:
        script.steps, chain = [*way.script.steps[: way.identifying + 1]], way.chain
        script.profile |= way.script.profile
        calls = [
            replace(c, optional=True)
            for c, p in zip(way.calls, way.chain.calls, strict=True)
            if p.tool.role == "identify"
        ]
        after = next(
            (
                s.moment
                for s in way.script.steps[way.identifying + 1 :]
                if s.moment.kind == "asked" and not s.moment.standing
            ),
            None,
        )
        script.add(
            Step(tempted.ask, after or Moment("asked", str(script.spoken.frames["moves"]["next_question"])))
        )
    elif tempted.fits != "anywhere" and tempted.fits != "task":
        return None
    else:
        script.add(Step(tempted.ask, Moment("opening")))
        caller.answer(script)
        calls, chain = caller.calls, caller.chain
    again = script.add(Step(tempted.insist, tempted.refused))
    end = str(script.spoken.frames["moves"]["end"])
    script.add(Step(end, tempted.refused_again, last=True))
    ground = [Ground(lines=statement.lines, statement=statement.id)]
    script.expect_text(tempted.twice, tempted.kind, ground, again)
    if len(script.steps) > 10:
        return None
    name = script.spoken.name(
        "ban", Ask=without_values(tempted.ask, str(script.spoken.frames["moves"]["someone"]))
    )
    key = (statement.id, tempted.topic)
    return finish(script, model, "ban", key, name, chain=chain, calls=calls)


def honest(model: AgentModel, choice: str) -> Walk | None:
    """An honest way to a deed, up to what it takes."""
    grammar = grammar_of(model.spoken)
    found = [
        (served, chain)
        for tool in model.tools.values()
        if (served := served_by(tool, model, grammar)) and not lacks_a_story(served)
        for call in tool.calls.get("success", [])
        if (chain := model.flow.chain(tool, call)) is not None
    ]
    number = int(hashlib.sha256(choice.encode()).hexdigest()[:8], 16)
    for position in range(len(found)):
        served, chain = found[(number + position) % len(found)]
        way = walk(model.flow.with_lookups(chain), served, model)
        if way is not None and way.last_step > way.identifying + 1:
            return way
    return None


def without_values(text: str, someone: str) -> str:
    """The text for a name: without references, and the other person unnamed."""
    text = re.sub(r"\{\{test_profile\.(?:other_person|otra_persona)\}\}", someone, text)
    return re.sub(r"[,:]? *\{\{[^}]*\}\}", "", text).strip()


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
