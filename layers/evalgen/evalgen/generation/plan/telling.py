"""What is asserted of a deed that succeeds, and the end of the call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evalgen.generation.plan.cases import expect_duties
from evalgen.generation.plan.confirming import confirming, question_of, read_back_of
from evalgen.generation.plan.identifying import asked_of_callers
from evalgen.generation.plan.named_values import Told, days_reckoned, is_all_of, named_values
from evalgen.generation.plan.owed import orders_of, owed
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import MOST_STEPS, Ground
from evalgen.generation.plan.told import (
    Fact,
    named_before,
    names_nothing,
    ordered_fact,
    pointer,
    reference_in,
    sums_in,
    the_sum,
)
from evalgen.generation.plan.told_before import (
    ToldBefore,
    expect_told,
    is_given_back,
    is_told,
    is_welcome,
    told_before,
)
from evalgen.generation.plan.way import Walk, as_left, done_slots
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain

MOST_OWED = 3


def tell_done(way: Walk, model: AgentModel, step: int) -> None:
    """What is asserted of a success, and the end of the call; a sum may be told before the yes, and the call
    ends behind the deed then too.
    """
    way = as_left(way)
    script, call = way.script, way.last_call
    before = told_before(way, model)
    first = {one.fact.path for one in before}
    sums = [one for one in sums_in(way, model) if one.path not in first]
    due = [(s, d) for s, d in owed(way, model) if not (names_nothing(d, way) or is_told(d, s, before, model))]
    told = [(s, d, the_sum(d, sums)) for s, d in due if the_sum(d, [one.fact for one in before]) is None]
    fact = _detail(way, model, before, sums)
    if fact in [sum_told for _, _, sum_told in told]:
        fact = None
    slots = done_slots(way, way.judged_slots, script.judged)
    grounds = [Ground(call=call)]
    if fact is None:
        script.expect("done", "says", grounds, step, **slots)
    else:
        script.say("ask_label_standing", **way.slots, the_label=script.spoken.grammar.the(fact.label))
        the_label = script.judged.grammar.the(fact.label)
        grounds.append(Ground(call=call, path=pointer(fact.path)))
        script.expect("done_and_gives", "says", grounds, step, **slots, the_label=the_label, value=fact.value)
    for sum_told in before:
        expect_told(sum_told, way, step)
    rule = confirming(model, way.served)
    what = read_back_of(rule, way.served, model) if rule else ""
    given = {plain(fact.label).split()[-1]} if fact else set()
    told = [(s, _rest(d, script.judged), amount) for s, d, amount in told]
    for statement, duty, _ in told:
        beside = named_before(fact, duty.text, way, model) if fact else []
        _tell_values(script, statement, [(one, call, pointer(one.path)) for one in beside], step)
    told = [one for one in told if given.isdisjoint(plain(one[1].text).split())]
    for due_line in [one for one in told if not what or what not in one[1].text][:MOST_OWED]:
        tell_due(way, model, due_line, step)
    if rule and all(one.rule is not rule for one in before):
        ground = Ground(lines=rule.lines, statement=rule.id)
        question = question_of(rule, model)
        frame = "reads_back" if what else "asks_in_words" if question else "asks_first"
        wanted = slots | {"the_thing": slots["the_thing"] + slots["to"], "what": what, "question": question}
        script.expect(frame, "asks", [ground], step, **wanted)
        values = [*named_values(what, way, model), *days_reckoned(what, way, model)]
        _tell_values(script, rule, values, step)
    if identity := asked_of_callers(way, model):
        call, asked, the_inputs = identity
        script.expect("asks_identity", "asks", [Ground(call=call)], asked, **slots, the_inputs=the_inputs)
    if fact is None:
        script.say("end_done", **way.slots)
    else:
        frame = "end_done_label" if fact in sums else "end_label"
        script.say(frame, **way.slots, the_label=script.spoken.grammar.the(fact.label))


def _detail(way: Walk, model: AgentModel, before: Sequence[ToldBefore], sums: Sequence[Fact]) -> Fact | None:
    """What else of a success callers ask for if it is not told: a reference, else a sum; of money that comes
    back nothing more where some of it has been told before.
    """
    if len(way.script.steps) > MOST_STEPS - 2:
        return None
    fact = reference_in(way, model) or ordered_fact((d for _, d in orders_of(way, model)), way, model)
    if fact and fact.path in {one.fact.path for one in before}:
        fact = next(iter(sums), None)
    back = fact is not None and is_given_back(fact, way)
    return None if back and any(is_welcome(one.fact, way) for one in before) else fact


def tell_due(way: Walk, model: AgentModel, due: tuple[Statement, Duty, Fact | None], step: int) -> None:
    """What a duty has the agent say, with the values of the call that it names."""
    (statement, duty, amount), script = due, way.script
    values = named_values(duty.text, way, model, amount)
    if not values and amount is None:
        days = named_values(duty.text, way, model, kinds=("date",))
        values = days if is_all_of(duty.text, days, model) else []
    whole = amount is None or len(duty.text.split()) > len(amount.label.split()) + 3
    if whole and not is_all_of(duty.text, values, model):
        expect_duties(script, statement, [duty], step)
    _tell_values(script, statement, values, step)
    if amount is not None:
        rests_on = [
            Ground(lines=statement.lines, statement=statement.id),
            Ground(call=way.last_call, path=pointer(amount.path)),
        ]
        the_label = script.judged.grammar.the(amount.label)
        script.expect("bare_label_is", "says", rests_on, step, the_label=the_label, value=amount.value)


def _tell_values(script: Script, statement: Statement, values: list[Told], step: int) -> None:
    for fact, call, path in values:
        grounds = [Ground(lines=statement.lines, statement=statement.id), Ground(call=call, path=path)]
        the_label = script.judged.grammar.the(fact.label)
        script.expect("bare_label_is", "says", grounds, step, the_label=the_label, value=fact.value)


def _rest(duty: Duty, speech: Speech) -> Duty:
    """`Tell them the number and that …` as the second of it; other duties as they are."""
    pattern, gives = speech.frames["moves"]["and_that"]
    return replace(duty, text=re.sub(pattern, gives, duty.text))
