"""Tests of what the prompt states as a fact: the question that a caller would ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.fact_questions import FactQuestion, fact_question
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.halves import is_half, is_in_a_case
from evalgen.generation.plan.labels import labels_in
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.stated import stated_facts, stated_tests
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.plan.turns import turn
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


def question_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """One for each fact that has a question; where the prompt's language is the spoken one."""
    if model.spoken != model.judged:
        return
    lines: set[int] = set()
    stated = {fact.line for fact, _ in stated_facts(model)}
    in_cases = (s for s in model.prompt.statements if is_in_a_case(s, model))
    of_cases = {line for s in in_cases for line in _range_of(s)}
    for statement in model.sure("fact"):
        asked = fact_question(statement, model.judged, model.definition.description)
        if asked and asked.plain and not stated.isdisjoint(_range_of(statement)):
            continue
        if statement.lines[0] in of_cases:
            continue
        if asked and not is_half(statement, model) and (test := _test(statement, asked, model, seed)):
            lines.update(_range_of(statement))
            yield test
    yield from stated_tests(model, seed, lines | of_cases | set(_labelled(model)))


def _range_of(statement: Statement) -> range:
    return range(statement.lines[0], statement.lines[1] + 1)


def _labelled(model: AgentModel) -> Iterator[int]:
    """The lines that are one fact with its label, which has a test of its own."""
    counts = Counter(s.lines[0] for s in model.prompt.statements)
    yield from (line for told in labels_in(model) if counts[line := told.statement.lines[0]] == 1)


def _test(statement: Statement, asked: FactQuestion, model: AgentModel, seed: str) -> Test | None:
    script = Script(Speech(model.spoken), Speech(model.judged))
    move = turn("fact_at_opening", model.spoken, question=asked.question, fact=asked.fact)
    script.add(Step(move.action, Moment("opening")))
    caller = caller_of(model, f"{seed}/{statement.id}")
    caller.answer(script)
    ground = Ground(lines=statement.lines, statement=statement.id)
    script.expect_text(move.assertion_text, "says", [ground], 1)
    script.say("end_answered", question=asked.question)
    name = script.spoken.name("question", Ask=move.action)
    return finish(script, model, "question", [statement.id], name, chain=caller.chain, calls=caller.calls)
