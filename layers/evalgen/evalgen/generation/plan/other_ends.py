"""Cases whose end no duty tells: a question that is answered, a person who is asked for twice."""

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


def is_passed_on_second(speech: Speech, duties: Told) -> bool:
    """Whether help is offered first and the call passed on then: `offer once to help, then transfer`."""
    moves = speech.frames["moves"]
    if len(duties) != 2 or any(d.ban for _, d in duties):
        return False
    (_, offer), (_, last) = duties
    return bool(re.fullmatch(moves["offers_help"], offer.text)) and last.verb in moves["passes_on"]


def ask_twice(script: Script, duties: Told) -> None:
    """The caller asks again when help is offered; the call ends with the transfer."""
    moves, judged = script.spoken.frames["moves"], script.judged
    (first, offer), (then, _) = duties
    ground = [Ground(lines=first.lines, statement=first.id)]
    script.expect_text(judged.outcome("prompt", duty=offer.text), "says", ground, 1)
    again = str(moves["once_more"]).format(action=script.steps[0].action)
    step = script.add(Step(again, Moment("offered", str(moves["help"]))))
    script.expect("transfers", "says", [Ground(lines=then.lines, statement=then.id)], step)
    script.add(Step(str(moves["end"]), Moment("told", str(moves["about_transfer"])), last=True))
