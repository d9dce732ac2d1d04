"""Tests of an intake: what an agent without tools asks every caller, and what it says at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.plan.asked_facts import CALLERS, answer_of, facts_in, is_known
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.read.invented.people import Person, people_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain

FEWEST, MOST = 3, 10
"""Things that are asked for: fewer are no intake, and more do not fit a scenario."""
LONGEST_ITEM = 8
"""Words of an item of a list: `the delivery address`."""
_A_LINE = 2
HEAD = 400
"""Characters at the beginning of a prompt that say whose calls are answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the prompt has the agent ask for, as the table of the language has it."""

    fact: dict[str, Any]
    statement: Statement


def intake_tests(model: AgentModel) -> Iterator[Test]:
    """A caller of each of three matters who answers everything; nothing where one question is not known."""
    if not (groups := asked_in(model)):
        return
    table = load(model.judged, "intake")
    text = plain(model.definition.description)
    heads = (text[:HEAD], text)
    said = (c["says"] for head in heads for c in table["calls"] if re.search(c["words"], head))
    matter = next(said, None)
    people = people_in(model.definition.description, model.judged)
    for group in groups:
        closing = _closing(model.prompt.statements[group.behind :], table)
        known = all(is_known(one.fact, model) for one in group.asked)
        if FEWEST <= len(group.asked) <= MOST and known and closing is not None and matter is not None:
            first = ""
            for number in range(CALLERS):
                if test := _test(model, group, closing, str(matter[number]), people[number], number):
                    yield replace(test, variation_of=first)
                    first = first or test.key
            return


@dataclass(slots=True)
class Group:
    """Things asked for one after the other; `behind` is the place after the last, `void`: one is unknown."""

    section: tuple[str, ...]
    asked: list[Asked] = field(default_factory=list)
    behind: int = 0
    void: bool = False


def asked_in(model: AgentModel) -> list[Group]:
    """The groups all of whose questions are known, in order; none in a part where one is not, and none of an
    agent that looks something up or whose language has no questions here.
    """
    language = model.judged
    if model.spoken != language or language not in written("intake") or not model.only_talks:
        return []
    return model.once("asked_in", (), lambda: _groups(model.prompt.statements, load(language, "intake")))


def _groups(statements: Sequence[Statement], table: dict[str, Any]) -> list[Group]:
    groups: list[Group] = []
    listing = False
    for place, statement in enumerate(statements):
        text = re.sub(table["brackets"], "", plain(statement.text)).strip(" .")
        if re.search(table["leads"], text):
            listing = True
            continue
        items = _items(text, statement, table, listing)
        if not items or (statement.condition is not None and not text.endswith("?")):
            listing = listing and not groups
            continue
        if not groups or place - groups[-1].behind > 0:
            groups.append(Group(statement.section))
        group = groups[-1]
        for item in items:
            facts = facts_in(item, table)
            group.void = group.void or facts is None
            for fact in facts or ():
                if all(known.fact is not fact for known in group.asked):
                    group.asked.append(Asked(fact, statement))
        group.behind = place + 1
    void = {group.section for group in groups if group.void}
    return [group for group in groups if group.section not in void]


def _items(text: str, statement: Statement, table: dict[str, Any], listing: bool) -> list[str]:
    """What a sentence asks for, or an item of a list that is asked for; with dots between them, each."""
    dotted = [part.strip() for part in re.split(table["dots"], text.rpartition(": ")[2])]
    if len(dotted) >= FEWEST:
        return dotted
    match = re.search(table["asks"], text) if statement.kind in ("order", "unread") else None
    match = match or re.search(table["question"], text + ("" if text.endswith("?") else "?"))
    item = listing and statement.kind == "unread" and len(text.split()) <= LONGEST_ITEM
    return [match["what"]] if match else [text] if item else []


def _closing(behind: Sequence[Statement], table: dict[str, Any]) -> tuple[Statement, Duty] | None:
    """What every caller is told at the end: the first such order behind the questions."""
    for statement in behind:
        if match := re.match(table["closing_words"], statement.text):
            own = str(table["closing_duty"]).format(x=match["x"].rstrip("."))
            said = own
            for pattern, gives in table["closing_outcome"]:
                said = re.sub(pattern, gives, said)
            return statement, Duty(said, own.split()[0], heard=True, told=f"told {own.split(' ', 1)[1]}")
        ends = statement.condition is None or re.search(table["complete"], plain(statement.condition.text))
        if statement.sure and ends and not statement.outer:
            for duty in statement.duties:
                if duty.heard and not duty.ban and duty.told.startswith("told that"):
                    return statement, duty
    return None


def _test(
    model: AgentModel,
    group: Group,
    closing: tuple[Statement, Duty],
    matter: str,
    person: Person,
    number: int,
) -> Test | None:
    table = load(model.judged, "intake")
    script = Script(Speech(model.spoken), Speech(model.judged))
    action = str(table["says"]).format(matter=matter)
    script.add(Step(action, Moment("opening")))
    grammar = script.spoken.grammar
    steps = []
    asked = group.asked
    for one in asked:
        if one.fact.get("said"):
            continue
        ref = script.keep(one.fact["key"], answer_of(one.fact, person, number, model, group.section))
        steps.append(script.say("give", value=ref, the_input=grammar.the(one.fact["noun"])))
    statement, duty = closing
    moment = moment_of(duty)
    if moment is None or not steps:
        return None
    expect_duties(script, statement, [duty], steps[-1])
    given = [one for one in asked if not one.fact.get("said")]
    for first in range(0, len(given), _A_LINE):
        line = given[first : first + _A_LINE]
        text = str(table["ask_line"]).format(
            the_facts=grammar.listed([grammar.the(o.fact["noun"]) for o in line])
        )
        grounds = [Ground(lines=o.statement.lines, statement=o.statement.id) for o in line]
        script.expect_text(text, "asks", list(dict.fromkeys(grounds)), steps[first])
    read_back = [s for s in model.prompt.statements if re.search(table["reads_back"], plain(s.text))]
    if any(s.sure or s.section == group.section for s in read_back):
        step, kind, what = table["confirm_step"]
        script.add(Step(step, Moment(kind, what, standing=True)))
        if own := next((s for s in read_back if s.section == group.section), None):
            grounds = [Ground(lines=own.lines, statement=own.id)]
            script.expect_text(str(table["read_back_line"]), "says", grounds, steps[-1])
    heard = replace(moment, what=re.sub(table["tail"], "", moment.what))
    script.add(Step(str(script.spoken.frames["moves"]["end"]), heard, last=True))
    return finish(script, model, "intake", (str(number),), action)
