"""The ways through an intake: everything is answered, or said at once, or corrected; another case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.asides import Aside, asides_in
from evalgen.generation.plan.asked_facts import CALLERS, facts_in, is_known
from evalgen.generation.plan.bans import without_values
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.intake import (
    Intake,
    Played,
    answer,
    begin,
    close,
    confirm,
    expect_questions,
    intake_in,
)
from evalgen.generation.plan.read_backs import SAID
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.read.invented.people import people_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain

FEWER_LINES = 2
"""About what is asked for, where something else is the aim."""


def intake_tests(model: AgentModel) -> Iterator[Test]:
    """A caller of each of three matters who answers everything, and the other ways of the first of them."""
    intake = intake_in(model)
    if intake is None:
        return
    first: dict[str, str] = {}
    for number in range(CALLERS):
        for test in _ways(intake, number):
            way = test.key.rpartition("/")[0]
            yield test if test.variation_of else replace(test, variation_of=first.get(way, ""))
            first.setdefault(way, test.key)


def _ways(intake: Intake, number: int) -> Iterator[Test]:
    table = load(intake.model.judged, "intake")
    beside = (one for one in asides_in(intake.model) if not re.search(table["no_aside"], one.action))
    asides = list(enumerate(beside))
    ways = (_answered, _volunteered, _corrected, _pressed, _heard_again)
    found = [way(intake, number) for way in ways]
    found += [_in_a_case(intake, number, branch) for branch in table["branches"]]
    found += [_beside(intake, number, aside, place) for place, aside in asides[number::CALLERS]]
    yield from (test for test in found if test)


def _answered(intake: Intake, number: int) -> Test | None:
    played = begin(intake, number)
    close(played)
    return _finished(played, "", "answered", str(number))


def _volunteered(intake: Intake, number: int) -> Test | None:
    """The name and the number with the request: what is volunteered need not be asked for."""
    said = [one for one in intake.given if one.fact["key"] in SAID]
    if not said or len(intake.given) == len(said):
        return None
    played = begin(intake, number, said)
    close(played)
    return _finished(played, "volunteered", "volunteered", str(number))


def _corrected(intake: Intake, number: int) -> Test | None:
    """A wrong phone number, corrected when everything is read back."""
    phone = next((one for one in intake.given if one.fact["key"] == "phone"), None)
    if phone is None or intake.read_back is None or phone not in intake.reads_back:
        return None
    table = load(intake.model.judged, "intake")
    played = begin(intake, number)
    script = played.script
    right = played.value(phone.fact)
    wrong = f"{right[:-1]}{(int(right[-1]) + 3) % 10}"
    place = played.steps["phone"] - 1
    ref = script.keep("first_phone", wrong)
    step = script.steps[place]
    script.steps[place] = replace(step, action=step.action.replace("{{test_profile.phone}}", ref))
    noun = script.spoken.grammar.the(phone.fact["noun"])
    action, kind, what = table["correct_step"]
    corrected = script.add(
        Step(action.format(the_fact=noun, value="{{test_profile.phone}}"), Moment(kind, what))
    )
    ground = Ground(lines=intake.read_back.lines, statement=intake.read_back.id)
    told = {"the_fact": noun, "noun": phone.fact["noun"], "value": "{{test_profile.phone}}"}
    text = str(table["corrected_line"]).format(**told)
    script.expect_text(text, "says", [ground], corrected)
    close(played, FEWER_LINES)
    return _finished(played, "corrected", "corrected", str(number))


def _heard_again(intake: Intake, number: int) -> Test | None:
    """A variation: the caller wants to hear once more what they are told at the end."""
    if intake.closing is None:
        return None
    played = begin(intake, number)
    close(played, FEWER_LINES)
    script, end = played.script, played.script.steps.pop()
    frames = script.spoken.frames["moves"]
    again = script.add(Step(str(frames["hear_again"]), end.moment))
    script.add(replace(end, moment=intake.closing[2]))
    statement, duty, _ = intake.closing
    said = str(load(intake.model.judged, "intake")["again"]).format(duty=duty.text)
    ground = Ground(lines=statement.lines, statement=statement.id)
    script.expect_text(script.judged.outcome("prompt", duty=said), "says", [ground], again)
    test = _finished(played, "again", "again", str(number))
    return replace(test, variation_of="intake:answered/0") if test else None


def _pressed(intake: Intake, number: int) -> Test | None:
    """The caller wants at once what somebody does later; no agent gives it that only takes details down."""
    table = load(intake.model.judged, "intake")
    if intake.closing is None or intake.model.tools or re.search(table["unpressed"], intake.actions[number]):
        return None
    if re.search(table["passes_on"], plain(intake.model.definition.description)):
        return None
    statement, duty, moment = intake.closing
    pressed = _pressed_for(duty, table["pressed"])
    if pressed is None:
        return None
    form, who = pressed
    played = begin(intake, number)
    script = played.script
    confirm(played)
    place = script.add(Step(str(form["ask"]).format(who=who), moment))
    ground = Ground(lines=statement.lines, statement=statement.id)
    script.expect_text(str(form["line"]).format(who=who), "does_not", [ground], place)
    close(played, FEWER_LINES)
    return _finished(played, "pressed", "pressed", str(number), not_now=form["not_now"])


def _pressed_for(duty: Duty, forms: list[dict[str, str]]) -> tuple[dict[str, str], str] | None:
    """What is wanted at once by who hears the duty, and of whom."""
    told = duty.told.partition(" ")[2]
    found = ((form, match["who"]) for form in forms if (match := re.search(form["closing"], told)))
    return next(found, None)


def _in_a_case(intake: Intake, number: int, branch: dict[str, Any]) -> Test | None:
    """Another answer to one question, for which the prompt has a case: a tenant where owners are usual."""
    fact = next((one.fact for one in intake.given if one.fact["key"] == branch["key"]), None)
    far = _far_from(intake) if branch.get("far") else {}
    value = far.get(branch["key"], "") if branch.get("far") else branch["value"]
    cases = [
        s
        for s in intake.model.sure("case")
        if s.condition and not s.outer and re.search(branch["case"], plain(s.condition.text))
    ]
    duties = [(s, d) for s in cases for d in s.duties if d.heard and not d.ban]
    if fact is None or not duties or not value:
        return None
    played = begin(intake, number)
    script, place = played.script, played.steps[branch["key"]]
    script.profile[branch["key"]] = value
    if far:
        script.profile |= {key: known for key, known in far.items() if key in script.profile}
    if branch.get("ends") or any(duty.ban for s in cases for duty in s.duties):
        return _turned_away(played, duties, branch, place)
    table = load(intake.model.judged, "intake")
    facts: list[dict[str, Any]] = []
    for _, duty in duties:
        if match := re.search(table["asked_duty"], plain(duty.text)):
            found = facts_in(match["what"], table)
            if found is None or not all(is_known(one, intake.model) for one in found):
                return None
            facts += found
    for statement, duty in duties:
        expect_duties(script, statement, [duty], place)
    for own in facts:
        answer(script, own, played.value(own))
    close(played, FEWER_LINES)
    return _finished(played, branch["name"], "case", branch["key"], cases[0].id, str(number))


def _far_from(intake: Intake) -> dict[str, str]:
    """The address and the ZIP code of a place of which the prompt says nothing."""
    prompt = intake.model.definition.description
    country = people_in(prompt, intake.model.judged)[0].fact("country")
    far = load(intake.model.judged, "intake")["far"].get(country, [])
    return next(({"address": at, "zip_code": code} for word, at, code in far if word not in prompt), {})


def _turned_away(
    played: Played, duties: list[tuple[Statement, Duty]], branch: dict[str, Any], place: int
) -> Test | None:
    """The call ends where the caller hears that nothing comes of it; what is asked for later may still be.

    Where somebody lives may be asked before anything else.
    """
    script = played.script
    moment = next((m for _, duty in duties if (m := moment_of(duty)) and m.kind == "told"), None)
    if moment is None:
        return None
    anytime = bool(branch.get("far"))
    first = 1 if anytime else place
    script.steps[first:] = [
        replace(step, moment=replace(step.moment, standing=number != place))
        for number, step in enumerate(script.steps[first:], first + 1)
    ]
    for statement, duty in duties:
        expect_duties(script, statement, [duty], place)
    earlier = {k for k, step in played.steps.items() if step == place or (step < place and not anytime)}
    played.steps = {key: step for key, step in played.steps.items() if key in earlier}
    expect_questions(played, FEWER_LINES)
    script.add(script.spoken.end(moment))
    ids, number = list(dict.fromkeys(s.id for s, _ in duties)), str(played.number)
    return _finished(played, branch["name"], "case", branch["key"], ids[0], number, ends=ids)


def _beside(intake: Intake, number: int, aside: Aside, place: int) -> Test | None:
    """In the middle of it something else is asked, and answered as the prompt has it."""
    played = begin(intake, number)
    script = played.script
    asked = script.steps[1]
    script.steps[1:2] = [Step(aside.action, asked.moment), replace(asked, moment=aside.answered)]
    played.steps = {key: step + 1 for key, step in played.steps.items()}
    script.profile |= {k: v for k, v in aside.profile.items() if k not in script.profile}
    ground = Ground(lines=aside.statement.lines, statement=aside.statement.id)
    script.expect_text(aside.text, aside.kind, [ground], 2)
    close(played, FEWER_LINES)
    someone = str(script.spoken.frames["moves"]["someone"])
    ask = without_values(aside.action[:1].lower() + aside.action[1:], someone)
    return _finished(played, "beside", "beside", aside.statement.id, str(place), str(number), ask=ask)


def _finished(played: Played, name: str, *key: str, ends: Sequence[str] = (), **slots: str) -> Test | None:
    """With the call in which all is handed on; `ends` are statements by which it does not come to that."""
    names = load(played.intake.model.judged, "intake")["names"]
    said = str(names[name]).format(action=played.action, **slots) if name else played.action
    submission, profile = None if ends else played.intake.submission, played.script.profile
    call = submission.call(profile, played.number, played.action) if submission else None
    if submission and call is None:
        return None
    calls, done = ([call], [f"{call.tool}:success"]) if call else ([], ends)
    return finish(played.script, played.intake.model, "intake", key, said, calls=calls, covers=done)
