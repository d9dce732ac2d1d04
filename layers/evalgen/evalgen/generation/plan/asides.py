"""Tests of a rule in the middle of a task: something else is asked for, and then the task goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.plan.about import stands_in_another_playbook
from evalgen.generation.plan.agreeing import confirm
from evalgen.generation.plan.bans import without_values
from evalgen.generation.plan.cases import moment_of
from evalgen.generation.plan.choices_meant import choices_meant, is_of_others
from evalgen.generation.plan.fact_questions import fact_question
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.gaps import is_urgent, lacks_fields, lacks_identity
from evalgen.generation.plan.halves import is_half, is_in_a_case
from evalgen.generation.plan.own_matter import about_own
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.shutting import is_barred
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.telling import tell_done
from evalgen.generation.plan.temptations import temptations
from evalgen.generation.plan.test import AssertionKind, Ground, Moment, Step, Test
from evalgen.generation.plan.turns import turn
from evalgen.generation.plan.unmet import lacks_a_moment
from evalgen.generation.plan.walk import walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


@dataclass(frozen=True)
class Aside:
    """What the caller says beside the task, when it has been answered, and what is asserted of the answer."""

    statement: Statement
    action: str
    answered: Moment
    text: str
    kind: AssertionKind
    profile: dict[str, Any]


OF_SYSTEMS = ("tool_names", "internal_ids", "instructions")
"""Topics about which no caller asks on the way: they are for red teaming."""


def asides_in(model: AgentModel) -> Iterator[Aside]:
    """From the prompt's bans, its facts, and the cases after which a call goes on."""
    if model.spoken != model.judged:
        return
    frames = Speech(model.spoken).frames["moves"]
    prompt = model.definition.description
    for statement in model.sure("ban", "order"):
        for found in temptations(statement, told_in=model.judged, language=model.spoken, prompt=prompt):
            if found.fits == "anywhere" and found.topic not in OF_SYSTEMS:
                tempted = about_own(found, model)
                yield Aside(
                    statement, tempted.ask, tempted.refused, tempted.once, tempted.kind, tempted.profile
                )
    for statement in model.sure("fact"):
        if is_half(statement, model) or is_in_a_case(statement, model):
            continue
        if asked := fact_question(statement, model.judged, prompt):
            move = turn("fact_at_opening", model.spoken, question=asked.question, fact=asked.fact)
            moment = Moment("told", asked.question)
            yield Aside(statement, move.action, moment, move.assertion_text, "says", {})
    for statement in model.sure("case"):
        condition = statement.condition
        if condition is None or condition.by != "caller" or not condition.move or statement.outer:
            continue
        first = condition.move.split()[0].lower()
        told = [d for d in statement.duties if d.heard and not d.ban and d.verb in frames["telling"]]
        heard = next((m for d in told if (m := moment_of(d)) and m.kind == "told"), None)
        if first in frames["beside"] and heard and len(told) == 1:
            text = Speech(model.judged).outcome("prompt", duty=told[0].text)
            yield Aside(statement, condition.move, heard, text, "says", {})


def aside_tests(chain: Chain, served: Served, asides: list[Aside], model: AgentModel) -> Iterator[Test]:
    """The deed with each aside at the first thing that is asked for."""
    way = walk(chain, served, model) if asides else None
    if way is None or is_barred(chain, served, model):
        return
    if lacks_a_moment(chain, served, model):
        return
    if is_urgent(served, model) or lacks_identity(chain, model) or lacks_fields(chain, served, model):
        return
    place = next(
        (
            number
            for number, step in enumerate(way.script.steps)
            if number and step.moment.kind == "asked" and not step.moment.standing
        ),
        None,
    )
    if place is None:
        return
    someone = str(way.script.spoken.frames["moves"]["someone"])
    for aside in asides:
        if aside.kind == "says" and stands_in_another_playbook(aside.statement, served, model):
            continue
        if is_of_others(choices_meant(aside.action, served.tool), chain.last.call.input):
            continue
        here = way.copy()
        script = here.script
        asked = script.steps[place]
        script.steps[place : place + 1] = [
            Step(aside.action, asked.moment),
            replace(asked, moment=aside.answered),
        ]
        here.given = {key: step + (step > place) for key, step in here.given.items()}
        here.choices = [replace(c, step=c.step + (c.step > place)) for c in here.choices]
        script.profile |= {k: v for k, v in aside.profile.items() if k not in script.profile}
        tell_done(here, model, confirm(here, model))
        ground = Ground(lines=aside.statement.lines, statement=aside.statement.id)
        script.expect_text(aside.text, aside.kind, [ground], place + 1)
        name = script.spoken.name(
            "aside",
            Wish=here.served.wish,
            ask=without_values(aside.action[:1].lower() + aside.action[1:], someone),
        )
        key = (here.served.tool.tool.name, aside.statement.id, entry_key(here))
        if test := finish(script, model, "aside", key, name, chain=here.chain, calls=here.calls):
            yield test
