"""Tests of an intake: what an agent without tools asks every caller, and what it says at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.languages import load, written
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
CALLERS = 3
_A_LINE = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the prompt has the agent ask for, as the table of the language has it."""

    fact: dict[str, Any]
    statement: Statement


def intake_tests(model: AgentModel) -> Iterator[Test]:
    """A caller of each of three matters who answers everything; nothing where one question is not known."""
    language = model.judged
    if model.spoken != language or language not in written("intake"):
        return
    if any(tool.role != "inward" for tool in model.tools.values()):
        return
    table = load(language, "intake")
    asked, last = _asked(model.prompt.statements, table)
    closing = _closing(model.prompt.statements[last:], table)
    text = plain(model.definition.description)
    matter = next((c["says"] for c in table["calls"] if re.search(c["words"], text)), None)
    if not FEWEST <= len(asked) <= MOST or closing is None or matter is None:
        return
    people = people_in(model.definition.description, language)
    for number in range(CALLERS):
        if test := _test(model, asked, closing, str(matter[number]), people[number], number):
            yield test


def _asked(statements: Sequence[Statement], table: dict[str, Any]) -> tuple[list[Asked], int]:
    """The things asked for one after the other, and the place behind the last; none where one is unknown."""
    found: list[Asked] = []
    last, listing = 0, False
    for place, statement in enumerate(statements):
        text = re.sub(table["brackets"], "", plain(statement.text)).strip(" .")
        if re.search(table["leads"], text):
            listing = True
            continue
        match = re.search(table["asks"], text) if statement.kind in ("order", "unread") else None
        match = match or re.search(table["question"], text + ("" if text.endswith("?") else "?"))
        item = listing and statement.kind == "unread" and len(text.split()) <= LONGEST_ITEM
        what = match["what"] if match else text if item else ""
        if not what or (statement.condition is not None and not text.endswith("?")):
            listing = listing and not found
            continue
        if found and place - last > 1:
            break
        for part in re.split(table["split"], what):
            fact = next((f for f in table["facts"] if re.search(f["asked"], part)), None)
            if fact is None:
                return [], 0
            if all(known.fact is not fact for known in found):
                found.append(Asked(fact, statement))
        last = place + 1
    return found, last


def _closing(behind: Sequence[Statement], table: dict[str, Any]) -> tuple[Statement, Duty] | None:
    """What every caller is told at the end: the first such order behind the questions."""
    for statement in behind:
        ends = statement.condition is None or re.search(table["complete"], plain(statement.condition.text))
        if statement.sure and ends and not statement.outer:
            for duty in statement.duties:
                if duty.heard and not duty.ban and duty.told.startswith("told that"):
                    return statement, duty
    return None


def _test(
    model: AgentModel,
    asked: Sequence[Asked],
    closing: tuple[Statement, Duty],
    matter: str,
    person: Person,
    number: int,
) -> Test | None:
    table = load(model.judged, "intake")
    script = Script(Speech(model.spoken), Speech(model.judged))
    action = str(table["says"]).format(matter=matter)
    script.add(Step(action, Moment("opening")))
    grammar, place = script.spoken.grammar, _place(model.definition.description, table)
    steps = []
    for one in asked:
        if one.fact.get("said"):
            continue
        ref = script.keep(one.fact["key"], _value(one.fact, person, number, place))
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
    if any(re.search(table["reads_back"], plain(s.text)) for s in model.prompt.statements if s.sure):
        step, kind, what = table["confirm_step"]
        script.add(Step(step, Moment(kind, what, standing=True)))
    heard = replace(moment, what=re.sub(table["tail"], "", moment.what))
    script.add(Step(str(script.spoken.frames["moves"]["end"]), heard, last=True))
    return finish(script, model, "intake", (str(number),), action)


def _value(fact: dict[str, Any], person: Person, number: int, place: str) -> str:
    """An address lies in the place that the prompt names: elsewhere an agent may not serve the caller."""
    named = fact.get("person")
    if named == "whole":
        return (
            f"{person.fact('street')}, {place}"
            if place
            else f"{person.fact('whole_address')} {person.fact('zip')}"
        )
    return person.fact(named) if named else str(fact["values"][number % CALLERS])


def _place(prompt: str, table: dict[str, Any]) -> str:
    found = (re.search(pattern, prompt) for pattern in table["places"])
    return next((match["place"] for match in found if match), "")
