"""Cases whose end no duty tells: a question that is answered, a person who is asked for, once or twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.read.statement import Duty, Statement

Told = Sequence[tuple[Statement, Duty]]


def end_of_answer(speech: Speech, move: str, duties: Told) -> Step | None:
    """The end of a call in which it is asked whether something is so, and the answer is all that is said."""
    moves = speech.frames["moves"]
    match = re.fullmatch(moves["asks_whether"], move)
    said = bool(duties) and all(d.verb in moves["says"] and not d.ban for _, d in duties)
    return speech.step("end_answered", question=match["question"]) if match and said else None


def end_of_transfer(speech: Speech, duties: Told) -> Step | None:
    """The end of a call that is passed on to nobody by name."""
    moves = speech.frames["moves"]
    passed = [d for _, d in duties if not d.ban and d.verb in moves["passes_on"] and not d.told]
    return speech.end(speech.passed_on) if passed else None


def is_passed_on_second(speech: Speech, duties: Told) -> bool:
    """Whether the call is passed on once help is offered, `offer once to help, then transfer`, or it is asked
    what it is about.
    """
    moves = speech.frames["moves"]
    if len(duties) != 2 or any(d.ban for _, d in duties):
        return False
    (_, first), (_, last) = duties
    asked = re.fullmatch(f"{moves['offers_help']}|{moves['asks_about']}", first.text)
    return asked is not None and last.verb in moves["passes_on"]


def offers_help(speech: Speech, statement: Statement) -> bool:
    """Whether a case says of a caller only that help is offered first."""
    duties = [duty for duty in statement.duties if duty.heard]
    pattern = speech.frames["moves"]["offers_help"]
    return len(duties) == 1 and re.fullmatch(pattern, duties[0].text) is not None


def ask_twice(script: Script, duties: Told) -> None:
    """The caller asks again when help is offered, or will not say what it is about; the call ends with the
    transfer.
    """
    moves, judged = script.spoken.frames["moves"], script.judged
    (first, before), (then, last) = duties
    ground = [Ground(lines=first.lines, statement=first.id)]
    asks = re.fullmatch(moves["asks_about"], before.text) is not None
    script.expect_text(judged.outcome("prompt", duty=before.text), "asks" if asks else "says", ground, 1)
    again = str(moves["once_more"]).format(action=script.steps[0].action)
    asked = Step(str(moves["rather_a_person"]), Moment("asked", before.told.partition(" ")[2]))
    step = script.add(asked if asks else Step(again, Moment("offered", str(moves["help"]))))
    ground = [Ground(lines=then.lines, statement=then.id)]
    to_whom = last.told.partition(" ")[2] if last.told.startswith("told ") else ""
    text = judged.outcome("prompt", duty=last.text) if to_whom else judged.outcome("transfers")
    script.expect_text(text, "says", ground, step)
    script.add(script.spoken.end(Moment("told", to_whom) if to_whom else script.spoken.passed_on))
