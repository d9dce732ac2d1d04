"""An intake: what an agent asks every caller that only takes it down, and what it says at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_facts import CALLERS, answer_of, is_known, trade_of, whose
from evalgen.generation.plan.asked_groups import FEWEST, Asked, Group, asked_in
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.picking_up import is_called
from evalgen.generation.plan.read_backs import read_back_in, read_backs_in
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.submissions import Submission, submission_in
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain

MOST = 10
"""Things that are asked for: more do not fit a scenario."""
LINES = 4
"""Of the outcome about what is asked for."""
_A_LINE = 2


@dataclass(frozen=True)
class Intake:
    """What is asked, with what each of the callers calls for, and what is certain of the end of the call."""

    model: AgentModel
    group: Group
    actions: tuple[str, ...]
    closing: tuple[Statement, Duty, Moment] | None
    read_back: Statement | None
    submission: Submission | None = None

    @property
    def given(self) -> list[Asked]:
        """What is answered when it is asked for: what the caller calls about is said at the beginning."""
        return [one for one in self.group.asked if not one.fact.get("said")]

    @property
    def reads_back(self) -> list[Asked]:
        """What is surely read back of it."""
        return read_back_in(self.read_back, self.given, self.model.judged) if self.read_back else []


@dataclass
class Played:
    """An intake being played; `steps` has the number of the step that answers each thing asked for."""

    intake: Intake
    number: int
    script: Script
    steps: dict[str, int] = field(default_factory=dict)

    @property
    def action(self) -> str:
        return self.intake.actions[self.number]

    def value(self, fact: dict[str, Any]) -> str:
        model = self.intake.model
        person = whose(fact, self.number, model)
        own, submission = "parameter" in fact, self.intake.submission
        usual = "" if own else answer_of(fact, person, self.number, model, self.intake.group.section)
        return submission.said(fact, usual, self.number) if submission else usual


def intake_in(model: AgentModel) -> Intake | None:
    """The first group of questions all of which a caller can answer who has a reason to call."""
    return model.once("intake", (), lambda: _intake_in(model))


def _intake_in(model: AgentModel) -> Intake | None:
    for group in asked_in(model) if not is_called(model) else ():
        known = all(is_known(one.fact, model) for one in group.asked)
        closing = _closing(model, group)
        fewest = FEWEST - (closing is not None)
        if fewest <= len(group.asked) <= MOST and known and (actions := _actions(model, group)):
            own = [s for s in read_backs_in(model) if s.sure or s.section == group.section]
            submission = submission_in(model, group.asked)
            intake = Intake(model, group, actions, closing, own[0] if own else None, submission)
            return intake if intake.given and (submission or model.only_talks) else None
    return None


def takes_down(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a tool is what an intake of the agent ends in: no caller asks for that by itself."""
    intake = intake_in(model)
    return bool(intake and intake.submission and intake.submission.tool is tool)


def _actions(model: AgentModel, group: Group) -> tuple[str, ...]:
    """What each caller begins with: a matter of the trade, else what the agent is to take."""
    table = load(model.judged, "intake")
    text = model.definition.description.lower()
    if wishes := list(_called_for(text, table)):
        return tuple(wishes[number % len(wishes)] for number in range(CALLERS))
    if trade := trade_of(model):
        return tuple(str(table["says"]).format(matter=matter) for matter in trade["says"])
    if any(one.fact.get("said") for one in group.asked):
        return ()
    if match := re.search(table["takes"], text):
        wanted = grammar_of(model.judged).a(match["x"].lower())
        return (str(table["takes_as"]).format(a_x=wanted),) * CALLERS
    message = any(one.fact["key"] == "message" for one in group.asked)
    return (str(table["leaves_message"]),) * CALLERS if message else ()


def _called_for(text: str, table: dict[str, Any]) -> Iterator[str]:
    """What the prompt says that people call to do: `to ask about adopting a pet or to volunteer`."""
    match = re.search(table["call_to"], text)
    for wish in re.split(table["call_split"], match["x"].strip()) if match else ():
        asks = re.search(table["call_asks"], wish)
        yield f"{wish[:1].upper()}{wish[1:]}" if asks else str(table["call_as"]).format(x=wish)


def _closing(model: AgentModel, group: Group) -> tuple[Statement, Duty, Moment] | None:
    """What every caller is told at the end: the first such order from the last question on."""
    table = load(model.judged, "intake")
    that = str(Speech(model.judged).frames["moves"]["that"])
    for statement, duty in _closings(model.prompt.statements[group.behind - 1 :], table, that):
        if moment := moment_of(duty):
            return statement, duty, replace(moment, what=re.sub(table["tail"], "", moment.what))
    return None


def _closings(
    behind: Sequence[Statement], table: dict[str, Any], that: str
) -> Iterator[tuple[Statement, Duty]]:
    for statement in behind:
        told = [d for d in statement.duties if d.heard and not d.ban and d.told.startswith(f"told {that}")]
        unread = statement.kind == "unread" or (statement.condition is None and not told)
        last = re.search(table["closing_tail"], statement.text) if unread else None
        if match := re.match(table["closing_words"], statement.text) or last:
            words = match["x"].rstrip(".")
            for pattern, gives in table["closing_own"]:
                words = re.sub(pattern, gives, words)
            own = str(table["closing_duty"]).format(x=words)
            said = own
            for pattern, gives in table["closing_outcome"]:
                said = re.sub(pattern, gives, said)
            verb, _, what = own.partition(" ")
            yield statement, Duty(said, verb, heard=True, told=f"told {what}")
        ends = statement.condition is None or re.search(table["complete"], plain(statement.condition.text))
        if statement.sure and ends and not statement.outer:
            yield from ((statement, duty) for duty in told)


def begin(intake: Intake, number: int, said: Sequence[Asked] = ()) -> Played:
    """The request, with what is `said` before it is asked for, and everything else answered."""
    model = intake.model
    played = Played(intake, number, Script(Speech(model.spoken), Speech(model.judged)))
    script, frames = played.script, load(model.judged, "intake")
    action = played.action
    for position, one in enumerate(said):
        ref = script.keep(one.fact["key"], played.value(one.fact))
        frame = frames["said_more" if position else "said_first"]
        action = str(frame).format(action=action, value=ref, noun=one.fact["noun"])
    script.add(Step(action, Moment("opening")))
    for one in (one for one in intake.given if one not in said):
        played.steps[one.fact["key"]] = answer(script, one.fact, played.value(one.fact))
    return played


def answer(script: Script, fact: dict[str, Any], value: str) -> int:
    """Add the step that gives a fact when it is asked for; answers its number."""
    ref = script.keep(fact["key"], value)
    if asked_as := fact.get("asked_as"):
        return script.say("give_as", value=ref, asked_as=asked_as)
    return script.say("give", value=ref, the_input=script.spoken.grammar.the(fact["noun"]))


def close(played: Played, lines: int = LINES) -> None:
    """The outcome, with so many lines at most about what is asked for, and the end of the call."""
    script, intake = played.script, played.intake
    last = len(script.steps)
    end = script.spoken.step("end_noted")
    if intake.closing:
        statement, duty, moment = intake.closing
        expect_duties(script, statement, [duty], last)
        end = replace(end, moment=moment)
    expect_questions(played, lines)
    confirm(played)
    if intake.read_back and asserts_read_back(intake):
        nouns = script.judged.grammar.listed([script.judged.grammar.the(n) for n in _nouns(intake)])
        text = str(load(intake.model.judged, "intake")["read_back_line"]).format(the_facts=nouns)
        ground = Ground(lines=intake.read_back.lines, statement=intake.read_back.id)
        script.expect_text(text, "says", [ground], last)
    script.add(end)


def _nouns(intake: Intake) -> list[str]:
    return [one.fact["noun"] for one in intake.reads_back]


def asserts_read_back(intake: Intake) -> bool:
    """Whether it is certain that something is read back, and what: of the only things that are asked for, or
    of those that stand with it.
    """
    back = intake.read_back
    alone = back is not None and back.sure and len(asked_in(intake.model)) == 1
    of_group = back is not None and back.section == intake.group.section
    return (of_group or alone) and bool(intake.reads_back)


def confirm(played: Played) -> None:
    """A yes to what is read back, once; the call goes on behind it where it is certain that it comes."""
    action, kind, what = load(played.intake.model.judged, "intake")["confirm_step"]
    steps = played.script.steps
    asked = any((step.moment.kind, step.moment.what) == (kind, what) for step in steps)
    standing = asked or not asserts_read_back(played.intake)
    step = Step(action, Moment(kind, what, standing))
    if played.intake.read_back and all(known.action != action for known in steps):
        played.script.add(step)


def expect_questions(played: Played, lines: int) -> None:
    """Lines with two of what is asked for, with more where there would be too many."""
    script, table = played.script, load(played.intake.model.judged, "intake")
    asked = [one for one in played.intake.given if one.fact["key"] in played.steps]
    plainly = [one for one in asked if "asked_as" not in one.fact]
    others = [one for one in asked if "asked_as" in one.fact]
    a_line = max(_A_LINE, -(-len(plainly) // max(1, lines - len(others))))
    grammar = script.judged.grammar
    for first in range(0, len(plainly), a_line):
        line = plainly[first : first + a_line]
        nouns = grammar.listed([grammar.the(one.fact["noun"]) for one in line])
        _expect(played, str(table["ask_line"]).format(the_facts=nouns), line)
    for one in others:
        _expect(played, str(table["ask_as_line"]).format(asked_as=one.fact["asked_as"]), [one])


def _expect(played: Played, text: str, asked: Sequence[Asked]) -> None:
    grounds = [Ground(lines=one.statement.lines, statement=one.statement.id) for one in asked]
    played.script.expect_text(text, "asks", list(dict.fromkeys(grounds)), played.steps[asked[0].fact["key"]])
