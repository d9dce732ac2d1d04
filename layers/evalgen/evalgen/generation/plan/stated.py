"""Tests of what a prompt states to everybody: hours, prices, how long things take; two in a call."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import Document
from evalgen.generation.languages import load, written
from evalgen.generation.plan.asking import Asking
from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.halves import is_half
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.read.documents import Fact, read_documents
from evalgen.generation.read.marks import TAG
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.reading import MAY_BE_SO, MUST_BE_SO
from evalgen.generation.read.statement import Statement

QUESTIONS = 2
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s")
_UNSAID = re.compile(r"\w_\w|[.;] [a-z]\. ")
"""The name of a field, or the letter of another item of a list that runs on."""


def stated_tests(model: AgentModel, seed: str, asked: Collection[int]) -> Iterator[Test]:
    """The facts of the prompt, read as those of a document are; `asked` are lines with tests of their own."""
    facts = [fact for fact, _ in stated_facts(model) if fact.line not in asked]
    asking = Asking(model.judged, facts, seed)
    for first in range(0, len(facts), QUESTIONS):
        if test := _test(facts[first : first + QUESTIONS], asking, model, seed):
            yield test


def stated_facts(model: AgentModel) -> list[tuple[Fact, Ground]]:
    """What callers would ask for, each with its place."""
    return model.once("stated", (), lambda: _stated(model))


def _stated(model: AgentModel) -> list[tuple[Fact, Ground]]:
    rules = load(model.judged, "turns")["facts"] if model.judged in written("turns") else {}
    return [
        (fact, ground)
        for fact, ground in facts_of_prompt(model)
        if _is_asked(fact, rules) and not _is_of_a_label(fact, model) and not _may_be_so(fact, model)
        if not any(name in fact.text for name in model.tools) and not _UNSAID.search(fact.text)
        if not (_is_of_the_case_before(fact, model) or _is_of_a_step(fact, model))
        if _asks_of_one_case(fact, model) or not _is_half(fact, model)
    ]


def facts_of_prompt(model: AgentModel) -> list[tuple[Fact, Ground]]:
    """All that the prompt surely states, as a document is read; nothing for callers of another language."""
    language = model.judged
    if model.spoken != language or language not in written("knowledge"):
        return []
    lines = ("" if TAG.match(line) else line for line in model.definition.description.splitlines())
    prompt = Document(0, "", "\n".join(lines))
    sure = read_documents([prompt], language).sure
    return [(fact, ground) for fact in sure if (ground := _lines_of(fact, model))]


def _is_asked(fact: Fact, rules: dict[str, Any]) -> bool:
    """Whether callers would ask for it: a fact of the place, and nothing that the agent alone goes by."""
    if re.search(rules["of_two"], fact.text) or re.search(rules["even_so"], fact.text):
        return False
    plain = fact.because in rules["of_plain_prompts"] and not re.search(rules["of_agents"], fact.text)
    return (fact.because in rules["of_prompts"] or plain) and not re.search(rules["unasked"], fact.ask)


def _asks_of_one_case(fact: Fact, model: AgentModel) -> bool:
    restricts = load(model.judged, "facts")["restricts"]
    return fact.tail in fact.ask and re.match(restricts, fact.tail, re.IGNORECASE) is not None


def _is_of_a_label(fact: Fact, model: AgentModel) -> bool:
    """Whether it is said of what stands in front of it alone: `"blocked": a return trip costs $18.`"""
    text = fact.text.rstrip(".")
    line = model.definition.description.splitlines()[fact.line - 1]
    return text[:1].islower() and re.search(rf":\W*{re.escape(text)}", line) is not None


def _is_of_a_step(fact: Fact, model: AgentModel) -> bool:
    """Whether it stands in a numbered step, or says in a part that has a deed done that something is free: it
    may hold on that way alone, and is said in the words of that: `Moving up is free`.
    """
    if _NUMBERED.match(model.definition.description.splitlines()[fact.line - 1]):
        return True
    if fact.attribute != "price" or any(letter.isdigit() for letter in fact.text):
        return False
    sections = {s.section for s in _said_on_its_line(fact, model)}
    deeds = {deed.tool.name for deed in model.deeds}
    return any(section and deeds & model.named_under.get(section, frozenset()) for section in sections)


def _is_of_the_case_before(fact: Fact, model: AgentModel) -> bool:
    """Whether it goes on about a case of its own line: `If it was our error, …. There is no fee.`"""
    leans = load(model.judged, "turns")["facts"]["of_the_case_before"]
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    before = model.definition.description.splitlines()[fact.line - 1].partition(fact.text.rstrip("."))[0]
    clauses = re.split(r"(?<=[.!?]) |^\W*(?:\d+\.)?\s*", before)
    cases = (re.match(opens, clause, re.IGNORECASE) for clause in clauses if clause)
    return re.match(leans, fact.text, re.IGNORECASE) is not None and any(cases)


def _may_be_so(fact: Fact, model: AgentModel) -> bool:
    """Whether it is one of the conditions of a list."""
    said = (s for s in _said_on_its_line(fact, model) if s.because.endswith((MAY_BE_SO, MUST_BE_SO)))
    return any(fact.text.rstrip(".") in s.text for s in said)


def _is_half(fact: Fact, model: AgentModel) -> bool:
    said = _said_on_its_line(fact, model)
    return any(is_half(s, model) for s in said if s.text.rstrip(".") == fact.text.rstrip("."))


def _lines_of(fact: Fact, model: AgentModel) -> Ground | None:
    first = next(_said_on_its_line(fact, model), None)
    return Ground(lines=first.lines, statement=first.id) if first else None


def _said_on_its_line(fact: Fact, model: AgentModel) -> Iterator[Statement]:
    return (s for s in model.prompt.statements if s.lines[0] <= fact.line <= s.lines[1])


def _test(facts: list[Fact], asking: Asking, model: AgentModel, seed: str) -> Test | None:
    steps, assertions = asking.played(tuple(map(asking.direct, facts)))
    script = Script(Speech(model.spoken), Speech(model.judged), list(steps[:1]))
    caller = caller_of(model, f"{seed}/{facts[0].id}")
    caller.answer(script)
    between = len(script.steps) - 1
    script.steps += steps[1:]
    for fact, assertion in zip(facts, assertions, strict=True):
        ground = _lines_of(fact, model)
        moved = assertion.moved(1, between)
        script.assertions.append(replace(moved, rests_on=(ground,) if ground else ()))
    key = [fact.id for fact in facts]
    return finish(script, model, "question", key, asking.aim(facts), chain=caller.chain, calls=caller.calls)
