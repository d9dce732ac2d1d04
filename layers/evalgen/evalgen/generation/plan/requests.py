"""Tests of what callers ask for and leave details for: a part `Viewings` with `Take two preferred times`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_facts import answer_of, is_known
from evalgen.generation.plan.asked_groups import FEWEST, Group, asked_in
from evalgen.generation.plan.cases import expect_duties, push_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.intake import answer
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.people import people_in
from evalgen.generation.read.model import AgentModel


def request_tests(model: AgentModel) -> Iterator[Test]:
    """One for each part of a prompt whose heading says what is asked for; of an agent without tools."""
    for group in asked_in(model) if model.only_talks else ():
        table = load(model.judged, "intake")
        heading = group.section[-1].lower() if group.section else ""
        match = re.fullmatch(table["requests"], heading)
        known = all(is_known(one.fact, model) and not one.fact.get("said") for one in group.asked)
        if match is None or not known or not 0 < len(group.asked) < FEWEST:
            continue
        thing = grammar_of(model.spoken).a(match["x"])
        if test := _test(group, str(table["request"]).format(a_x=thing), model):
            yield test


def _test(group: Group, action: str, model: AgentModel) -> Test | None:
    """The caller is asked for the facts; where the section rules something out, it is asked for then."""
    table = load(model.judged, "intake")
    script = Script(Speech(model.spoken), Speech(model.judged))
    script.add(Step(action, Moment("opening")))
    grammar = script.spoken.grammar
    person = people_in(model.definition.description, model.judged)[0]
    values = [answer_of(one.fact, person, 0, model, group.section) for one in group.asked]
    steps = [answer(script, one.fact, value) for one, value in zip(group.asked, values, strict=True)]
    for one, step in zip(group.asked, steps, strict=True):
        text = str(table["ask_line"]).format(the_facts=grammar.the(one.fact["noun"]))
        grounds = [Ground(lines=one.statement.lines, statement=one.statement.id)]
        script.expect_text(text, "asks", grounds, step)
    noted = script.spoken.step("end_noted")
    for ban in (s for s in model.sure("ban") if s.section == group.section):
        if push := push_of(script, list(ban.duties)):
            step = script.add(Step(push, noted.moment))
            expect_duties(script, ban, [d for d in ban.duties if d.heard], step)
            noted = script.spoken.step("end_answered", question=push.partition(" ")[2])
            break
    script.add(noted)
    return finish(script, model, "intake", ("request", *group.section[-1:]), action)
