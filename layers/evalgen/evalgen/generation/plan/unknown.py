"""Tests of what a prompt says nothing about, where it says what is done then: nothing is made up."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.generation.languages import load, written
from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.plan.unanswered import unanswered
from evalgen.generation.read.model import AgentModel


def unknown_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """One question; of an agent without tools and documents, which might answer it."""
    language, definition = model.judged, model.definition
    if model.spoken != language or language not in written("knowledge"):
        return
    if definition.documents or not model.only_talks:
        return
    for asked in list(unanswered(definition.description, (), language))[-1:]:
        frames = load(language, "knowledge")
        script = Script(Speech(language), Speech(language))
        script.add(Step(frames["ask"].format(question=asked.question), Moment("opening")))
        caller = caller_of(model, f"{seed}/{asked.line}")
        caller.answer(script)
        lines = (asked.line, asked.line)
        statement = next((s.id for s in model.prompt.statements if s.text == asked.text), asked.text)
        grounds = [Ground(lines=lines, statement=statement)]
        script.expect_text(frames["outcome"].format(state=asked.state), "says", grounds, 1)
        script.add(Step(frames["end"], Moment(asked.moment, asked.what), last=True))
        name = frames["unanswered"]["aim_of_prompt"].format(question=asked.question)
        if test := finish(script, model, "question", ("unknown",), name, chain=caller.chain):
            yield test
