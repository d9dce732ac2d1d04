"""Tests of what the prompt wants in a case that a caller can bring about: `If the caller asks about …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.plan.asked_facts import answer_duties
from evalgen.generation.plan.caller import caller_of, somebody
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.other_ends import (
    ask_twice,
    end_of_answer,
    end_of_transfer,
    is_passed_on_second,
    offers_help,
)
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, MomentKind, Step, Test
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain

IF_PRESSED = "if pressed"
"""The rule of what is said to who asks again."""
OF_A_DESK = "calls of a desk"
"""The rule of the lists of what desks take."""
MOST_DUTIES = 4
LONGEST_STEM = 7
LONGEST_MOMENT = 11
"""Words of what is heard; of more the last of several is enough."""
_KINDS: dict[str, MomentKind] = {"told": "told", "asked": "asked", "offered": "offered", "refused": "refused"}


def case_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """One for each sure case with a move that fits the beginning of a call and a duty that can be heard."""
    groups: dict[str, list[Statement]] = {}
    for statement in model.sure("case"):
        if statement.because.startswith(OF_A_DESK) and _is_spoken_of_elsewhere(statement, model):
            continue
        if statement.condition is not None and not statement.outer:
            groups.setdefault(statement.condition.text, []).append(statement)
    for statements in groups.values():
        if test := _case_test([*statements, *_if_pressed(statements, model)], model, seed):
            yield test


def _is_spoken_of_elsewhere(statement: Statement, model: AgentModel) -> bool:
    """Whether the prompt says something else of what is a desk's by its list alone: that may come first."""
    assert statement.condition is not None
    told = {plain(statement.condition.move).split()[-1][:LONGEST_STEM], plain(statement.condition.text)}
    desk = plain(statement.text).partition(":")[0]
    others = (s for s in model.prompt.statements if s.lines != statement.lines and s.kind != "identity")
    texts = (plain(" ".join((*s.section[-1:], s.text))) for s in others)
    return any(one in text for text in texts if desk not in text for one in told)


def _if_pressed(statements: list[Statement], model: AgentModel) -> list[Statement]:
    """What is done for who asks again, behind a case that only has help offered first."""
    at = model.place_of(statements[-1]) + 1
    behind = model.prompt.statements[at : at + 1]
    pressed = (s for s in behind if s.sure and s.because.startswith(IF_PRESSED))
    return list(pressed) if offers_help(Speech(model.judged), statements[-1]) else []


def _case_test(statements: list[Statement], model: AgentModel, seed: str) -> Test | None:
    condition = statements[0].condition
    if condition is None or condition.by != "caller" or not condition.move:
        return None
    frames = Speech(model.spoken).frames
    first = condition.move.split()[0].lower()
    if re.search(f"{frames['moves']['either']}|{frames['moves']['relative']}", condition.move):
        return None
    if re.search(frames["moves"]["of_nothing"], condition.move):
        return None
    if first in frames["moves"]["in_the_middle"] or model.spoken != model.prompt.language:
        return None
    quiet = frames["moves"]["quiet"]
    vague = re.compile(frames["moves"]["vague"], re.IGNORECASE)
    duties = [
        (s, d)
        for s in statements
        for d in s.duties
        if d.heard and d.verb not in quiet and not vague.search(d.text)
    ]
    ending = next((d for _, d in reversed(duties) if moment_of(d)), None)
    script = Script(Speech(model.spoken), Speech(model.judged))
    answered = end_of_answer(script.spoken, condition.move, duties) if ending is None else None
    twice = answered is None and is_passed_on_second(script.judged, duties)
    if answered is None and ending is None:
        answered = end_of_transfer(script.spoken, duties)
    no_end = ending is None or (model.tools and ending.told.startswith("asked"))
    if no_end and answered is None and not twice:
        return None
    script.add(Step(condition.move, Moment("opening")))
    who = somebody if re.search(frames["moves"]["of_the_dead"], condition.move) else caller_of
    owing = re.search(frames["moves"]["of_debts"], condition.move) is not None
    seeded = f"{seed}/{statements[0].id}"
    caller = caller_of(model, seeded, owing=True) if owing else who(model, seeded)
    caller.answer(script)
    name = script.spoken.name("case", Move=condition.move)
    ids = [s.id for s in statements]
    if twice:
        ask_twice(script, duties)
        return finish(
            script, model, "case", ids[:1], name, chain=caller.chain, calls=caller.calls, covers=ids
        )
    known = ending and caller.chain is None and answer_duties(script, [d for _, d in duties], model, 0)
    end = answered or end_at(script.spoken, ending)
    if known and ending and ending.told.startswith("asked"):
        end = script.spoken.step("end_noted")
    pushed = 1
    if end.moment.kind == "told" and (push := push_of(script, [d for _, d in duties])):
        pushed = script.add(Step(push, end.moment))
    once = frames["moves"]["once"]
    for statement, duty in sorted(duties[:MOST_DUTIES], key=lambda one: one[1].ban):
        heard = replace(duty, text=re.sub(once, "", duty.text)) if duty is ending else duty
        expect_duties(script, statement, [heard], pushed if duty.ban else 1)
    script.add(end)
    return finish(script, model, "case", ids[:1], name, chain=caller.chain, calls=caller.calls, covers=ids)


def push_of(script: Script, duties: list[Duty]) -> str:
    """What a caller asks for who does not take what the case rules out; empty where nothing is certain."""
    for duty in duties if script.spoken == script.judged else ():
        for pattern, gives in script.spoken.frames["moves"]["pushes"] if duty.ban else ():
            if match := re.match(pattern, duty.text):
                return str(match.expand(gives))
    return ""


def expect_duties(script: Script, statement: Statement, duties: list[Duty], step: int) -> None:
    ground = [Ground(lines=statement.lines, statement=statement.id)]
    for duty in duties:
        frame = "prompt_ban" if duty.ban else "prompt"
        kind = "does_not" if duty.ban else "asks" if duty.verb in ("ask", "preguntar") else "says"
        script.expect(frame, kind, ground, step, duty=duty.text)  # type: ignore[arg-type]  # the literals above


def moment_of(duty: Duty) -> Moment | None:
    """When the caller has heard it; None where no form is certain."""
    kind, _, what = duty.told.partition(" ")
    return Moment(_KINDS[kind], what) if kind in _KINDS and what and not duty.ban else None


def end_at(speech: Speech, duty: Duty | None) -> Step:
    moment = moment_of(duty) if duty else None
    assert moment is not None
    if len(moment.what.split()) > LONGEST_MOMENT:
        pattern, gives = speech.frames["moves"]["last_of_all"]
        moment = replace(moment, what=re.sub(pattern, gives, moment.what))
    return speech.end(replace(moment, what=re.sub(speech.frames["moves"]["once"], "", moment.what)))
