"""Tests of a deed that succeeds, and of its turns: a no at the read-back, another choice, a corrected day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.agreeing import answer_question, confirm
from evalgen.generation.plan.changes_of_mind import changed, corrected
from evalgen.generation.plan.confirming import confirming, read_back_of
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.gaps import is_urgent, lacks_fields, lacks_identity
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.shutting import is_barred
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.telling import tell_done
from evalgen.generation.plan.test import MOST_STEPS, Ground, Step, Test
from evalgen.generation.plan.told_before import expect_told, is_welcome, told_before
from evalgen.generation.plan.unmet import lacks_a_moment
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk, as_left, changes, done_slots, records_of
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of, leaves


def deed_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """The happy path first, then its turns.

    Nothing where a step cannot be said with certainty, or a rule may forbid the deed for this record.
    """
    way = walk(chain, served, model)
    if way is None or is_barred(chain, served, model) or _stays(way):
        return
    if lacks_a_moment(chain, served, model):
        return
    urgent = is_urgent(served, model)
    if not urgent and (lacks_identity(chain, model) or lacks_fields(chain, served, model)):
        return
    if urgent:
        way.script.steps[1:] = [
            replace(s, moment=replace(s.moment, standing=True)) for s in way.script.steps[1:]
        ]
        if test := done(way, model):
            yield test
        return
    if test := done(way.copy(), model):
        yield test
        if again := repeated(test, model):
            yield again
    if test := declined(way.copy(), model):
        yield test
    if test := changed(way.copy(), model):
        yield test
    if test := corrected(way.copy(), model):
        yield test


def _stays(way: Walk) -> bool:
    """Whether a deed that changes something is given the day that the record has, and nothing is chosen of a
    list: what is to change the request does not say.
    """
    if not changes(way) or any(choice.thing.offered for choice in way.choices):
        return False
    days = {one.value for _, one in way.chain.inputs("caller") if kind_of(one.key, one.value) == "date"}
    records = (way.chain.calls[n].call.output for n in records_of(way.chain))
    return any(value in days for record in records for _, value in leaves(record) if isinstance(value, str))


def done(way: Walk, model: AgentModel) -> Test | None:
    step = confirm(way, model)
    tell_done(way, model, step)
    detail = _detail(way)
    name = way.script.spoken.name("done_one" if detail else "done", Wish=way.served.wish, detail=detail)
    key = (way.served.tool.tool.name, entry_key(way))
    return finish(way.script, model, "done", key, name, chain=way.chain, calls=way.calls)


def _detail(way: Walk) -> str:
    """What makes this record another one for a reader: what was mentioned, else the day, else the choice."""
    grammar = way.script.spoken.grammar
    if way.mentioned:
        return grammar.listed(way.mentioned)
    for ref in (way.when.get("date", ""), way.when.get("time", "")):
        key = ref.removeprefix("{{test_profile.").removesuffix("}}")
        if key in way.script.profile:
            return grammar.said("date", way.script.profile[key])
    chosen = way.choice.told.values[0][2] if way.choice else ""
    return grammar.said("date", chosen) if isinstance(chosen, str) and not chosen.isupper() else ""


def repeated(test: Test, model: AgentModel) -> Test | None:
    """The same with the result asked for once more, as a variation; not where a value of it is asked for."""
    if len(test.steps) >= MOST_STEPS or any(ground.path for ground in test.assertions[0].rests_on):
        return None
    script = Script(Speech(model.spoken), Speech(model.judged), list(test.steps[:-1]))
    end = test.steps[-1]
    again = str(script.spoken.frames["moves"]["hear_again"])
    step = script.add(Step(again, end.moment))
    script.add(end)
    done = test.assertions[0]
    script.assertions = list(test.assertions)
    once, again = script.judged.frames["moves"]["said_again"]
    script.expect_text(done.text.replace(once, again, 1), "says", done.rests_on, step)
    name = script.spoken.name("repeated", name=test.aim)
    key = test.key.replace("done:", "repeated:")
    steps, assertions = tuple(script.steps), tuple(script.assertions)
    return replace(test, key=key, aim=name, steps=steps, assertions=assertions, variation_of=test.key)


def declined(way: Walk, model: AgentModel) -> Test | None:
    """A no at the read-back, or else to the sum that the prompt has agreed to first, unless it is money that
    they get back: nothing may be done.
    """
    rule, sums = confirming(model, way.served), told_before(way, model)
    to_agree = [one for one in sums if one.agreed and rule in (None, one.rule)]
    agreed = next((one for one in to_agree if not is_welcome(one.fact, way)), None)
    decides = agreed.rule if agreed else next((one.rule for one in to_agree), rule)
    if decides is None:
        return None
    script = way.script
    go_on = script.spoken.step("go_on_standing")
    script.steps[:] = [one for one in script.steps if one != go_on]
    the_sum = script.spoken.grammar.the(agreed.fact.label) if agreed else ""
    if agreed is None:
        no = "say_no" if len(script.steps) < MOST_STEPS - 2 else "say_no_after_all"
        step = answer_question(way, decides, model, no)
    elif agreed.fact.value:
        step = script.say("say_no_told", **way.slots, the_sum=the_sum)
    else:
        step = script.say("say_no_none", **way.slots, label=agreed.fact.label)
    ground = Ground(lines=decides.lines, statement=decides.id)
    slots = done_slots(way, way.judged_slots, script.judged)
    or_left = as_left(way, either=True)
    none = done_slots(or_left, or_left.judged_slots, script.judged)
    script.expect("not_done_thing", "does_not", [ground], step, **none)
    for one in sums:
        expect_told(one, way, step - 1, done=False)
    if rule and not agreed:
        what = read_back_of(rule, way.served, model)
        asked = slots | {"the_thing": slots["the_thing"] + slots["to"], "what": what}
        script.expect("reads_back_only" if what else "asks_only", "asks", [ground], step - 1, **asked)
    if len(script.steps) < MOST_STEPS - 1:
        ends = way.slots["verb"] in load(model.spoken, "rules")["ends"]
        script.say("kept_whole_standing" if ends else "kept_standing", **way.slots)
    script.say("end_kept", **way.slots)
    key = (way.served.tool.tool.name, entry_key(way))
    calls = [c for c, p in zip(way.calls, way.chain.calls, strict=True) if p is not way.chain.last]
    name = script.spoken.name("declined_sum" if agreed else "declined", Wish=way.served.wish, the_sum=the_sum)
    forbidden = [never(way.served.tool)]
    return finish(script, model, "declined", key, name, chain=way.chain, calls=calls, forbidden=forbidden)
