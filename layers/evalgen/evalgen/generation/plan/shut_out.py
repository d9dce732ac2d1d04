"""Tests of records that a rule of the prompt shuts out of a deed: the call ends in the refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice, takewhile

from evalgen.generation.languages import load
from evalgen.generation.plan.cases import moment_of
from evalgen.generation.plan.choices import said_choice
from evalgen.generation.plan.choices_meant import is_of_others
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.held_already import chosen_already
from evalgen.generation.plan.reactions import Reaction
from evalgen.generation.plan.rest import stand_by_for_the_rest, standing
from evalgen.generation.plan.ruled_out_by import name_of_ruled
from evalgen.generation.plan.shutting import Shut, shutting
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.telling import tell_due
from evalgen.generation.plan.test import ExpectedCall, Ground, Step, Test
from evalgen.generation.plan.things import Listed, listed_in
from evalgen.generation.plan.told import in_currency
from evalgen.generation.plan.told_apart import say_one, telling
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk, done_slots, records_of
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import PERSONAL, key_of, kind_of, leaves, same, snake

MOST_DUTIES = 3


def shut_out_tests(tool: ToolModel, served: Served, model: AgentModel) -> Iterator[Test]:
    """One for each record, or thing of a record, that a rule refuses this deed.

    What callers are asked for besides comes from an example of the deed that succeeds, with another record.
    """
    example = _example(tool, served, model)
    if example is None:
        return
    own = _own_thing(example.chain, model)
    base = example.chain.calls[own.call if own else records_of(example.chain)[0]].tool
    for call in base.calls.get("success", []):
        chain = model.flow.chain(base, call)
        if chain is None:
            continue
        for thing in _things(chain, own):
            record = [f for p in chain.calls for f in fields_of(p.call.output)]
            of_thing = list(fields_of(thing.one)) if thing else []
            by_thing = not any(shut.certain for shut in shutting(served, model, record))
            found = (shut for shut in shutting(served, model, [*record, *of_thing]) if shut.certain)
            certain = (shut for shut in found if not _goes_on_unread(shut.rule, model))
            for shut in islice(certain, 1):
                if test := _test(chain, thing, shut, example, model, by_thing=by_thing):
                    yield test


def _example(tool: ToolModel, served: Served, model: AgentModel) -> Walk | None:
    """How the deed goes where it succeeds; None where no example of that can be said."""
    for call in tool.calls.get("success", []):
        alone = model.flow.chain(tool, call)
        chain = model.flow.with_lookups(alone) if alone else None
        way = walk(chain, served, model, len(chain.calls) - 1) if chain else None
        if way and records_of(way.chain):
            return way
    return None


def _own_thing(chain: Chain, model: AgentModel) -> Listed | None:
    """What of the caller's own the deed is done to."""
    grammar = grammar_of(model.spoken)
    listed = (listed_in(chain, one, grammar) for played in chain.calls for one in played.inputs)
    return next((thing for thing in listed if thing and not thing.offered), None)


def _things(chain: Chain, own: Listed | None) -> Iterator[Listed | None]:
    """The things of that kind in this record; None once where the deed is about none."""
    if own is None:
        yield None
        return
    number = len(chain.calls) - 1
    listed = value_at(chain.calls[number].call.output, own.place[:-1])
    for at, one in enumerate(listed if isinstance(listed, list) else ()):
        others = tuple(other for n, other in enumerate(listed) if n != at)
        yield replace(own, call=number, place=(*own.place[:-1], at), one=one, others=others)


def _test(
    chain: Chain, thing: Listed | None, shut: Shut, example: Walk, model: AgentModel, *, by_thing: bool
) -> Test | None:
    served, rule = example.served, shut.rule
    way = walk(chain, served, model, len(chain.calls) - 1)
    chosen = _choosing(shut, example, chain, model)
    if way is None or not way.identifying or chosen is None:
        return None
    script, slots = way.script, done_slots(way, way.slots, way.script.spoken)
    if thing and thing.others and not _choose(way, thing, by_thing=by_thing):
        return None
    step = way.last_step if by_thing else way.identifying + 1
    stand_by_for_the_rest(way, chosen)
    if any(snake(parameter) not in script.profile for parameter in shut.meant):
        return None
    ground = [Ground(lines=rule.lines, statement=rule.id)]
    reaction = Reaction(True, tuple(_whole(shut, model)))
    duties = [(s, d) for s, d in reaction.duties if not d.ban]
    ending = next((m for _, d in reversed(duties) if (m := moment_of(d))), None)
    judged = done_slots(way, way.judged_slots, script.judged)
    if ending and model.spoken == model.judged:
        amount = _amount(shut, model)
        if rule.kind == "fact":
            script.expect("cannot", "says", ground, step, **judged)
        for statement, duty in duties[:MOST_DUTIES]:
            if amount and re.search(script.judged.frames["moves"]["the_amount"], duty.text):
                grounds = [Ground(lines=statement.lines, statement=statement.id)]
                script.expect("bare_label_is", "says", grounds, step, **amount)
            else:
                tell_due(way, model, (statement, duty, None), step)
        if reaction.passes_on(script.judged):
            script.add(script.spoken.end(ending))
        else:
            script.add(Step(script.spoken.step("insist", **slots).action, ending))
            script.say("end_refused")
    elif rule.kind != "case" and re.search(load(model.judged, "rules")["passes_to"], rule.text):
        script.expect("transfers", "says", ground, step)
        script.add(script.spoken.end(script.spoken.passed_on))
    else:
        script.expect("cannot", "says", ground, step, **judged)
        script.say("insist", **slots)
        script.say("end_cannot", **slots)
    script.expect("not_done", "does_not", ground, step, **judged)
    held = shut.value if shut.age is not None or isinstance(shut.by.value, str) else shut.by.value
    name = name_of_ruled(served.wish, key_of(shut.by.path), shut.label, held, script.spoken, model)
    key = (served.tool.tool.name, rule.id, entry_key(way), str(thing.place[-1]) if thing else "")
    forbidden = [never(served.tool)]
    calls = (*way.calls, *_open_to_all(example, way))
    return finish(
        script, model, "ruled_out", key, name, chain=chain, calls=calls, forbidden=forbidden, covers=[rule.id]
    )


def _choose(way: Walk, thing: Listed, *, by_thing: bool) -> bool:
    """Say which one it is, where asked or in any case; False where it cannot be told from the others."""
    script = way.script
    told = telling(thing.one, thing.others, script.spoken.grammar, {})
    if told is None:
        return False
    words, _ = say_one(script, thing, told)
    own = thing.item.split()[-1] == way.slots["noun"].split()[-1]
    frame = "choose_which" if own else "choose_which_it_is"
    script.say(frame, the_one=words, item=thing.item, verb=way.slots["verb"])
    if not by_thing:
        script.steps[-1] = standing(script.steps[-1])
    return True


def _choosing(shut: Shut, example: Walk, chain: Chain, model: AgentModel) -> Walk | None:
    """The example with a choice that the rule refuses, and none that these records have already; None where
    callers do not say it.
    """
    way, grammar = example.copy(), grammar_of(model.spoken)
    for parameter, others in chosen_already(example, chain):
        named = (said_choice(parameter, one, grammar, model.definition.description) for one in others)
        if (other := next(named, None)) is None:
            return None
        way.script.profile[snake(parameter)] = other
    for parameter, choices in shut.meant.items():
        said = said_choice(parameter, choices[0], grammar, model.definition.description)
        if snake(parameter) not in way.script.profile or said is None:
            return None
        if is_of_others({parameter: choices}, example.chain.last.call.input):
            way.script.profile[snake(parameter)] = said
    return way


def _amount(shut: Shut, model: AgentModel) -> dict[str, str]:
    """The sum by which the rule refuses, as a line of the outcome says it; nothing where it is no sum."""
    value, key = shut.by.value, key_of(shut.by.path)
    if not _is_number(value):
        return {}
    grammar = grammar_of(model.judged)
    said = in_currency(value, grammar.said(key, value), model)
    return {"the_label": grammar.the(grammar.words.noun_of(key)), "value": said} if said else {}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(shut: Shut, model: AgentModel) -> list[Statement]:
    """The rule with the sentences that go on with its case or say what is done instead."""
    rule = shut.rule
    if rule.kind == "fact":
        cases = [(s, s.condition.text) for s in model.sure("case") if s.condition]
        own = [s for s, text in cases if text == rule.text]
        holds = partial(model.record_rules.holds, by_states=True)
        return own or [s for s, text in cases if _is_behind(s, rule, model) and holds(text, [shut.by])]
    if not rule.sure or rule.kind != "case":
        return []
    return [s for s in model.sure("case") if s is rule or (s.condition is rule.condition and s.condition)]


def _is_behind(statement: Statement, rule: Statement, model: AgentModel) -> bool:
    """Whether a sentence is the next one of the item: `It can be moved twice. If times_moved is 2, …`"""
    at = model.place_of(rule) + 1
    return statement in model.prompt.statements[at : at + 1] and statement.lines == rule.lines


def _goes_on_unread(rule: Statement, model: AgentModel) -> bool:
    """Whether the item of a rule says more behind it that is not read: what is said or done instead."""
    goes_on = load(model.judged, "rules")["goes_on"]
    behind = model.prompt.statements[model.place_of(rule) + 1 :]
    same_item = takewhile(lambda s: s.lines == rule.lines and s.section == rule.section, behind)
    unread = (s for s in same_item if not s.sure or s.kind == "fact")
    return any(re.search(goes_on, s.text, re.IGNORECASE) for s in unread)


def _open_to_all(example: Walk, way: Walk) -> Iterator[ExpectedCall]:
    """The example's look-ups that are about nobody, or about what this caller gives, too, where the chain has
    none of them: what is on offer.
    """
    made = {played.tool.tool.name for played in way.chain.calls}
    taken, own = len(way.calls), {same(v) for v in way.script.profile.values()}
    records = (example.chain.calls[n] for n in records_of(example.chain))
    said = (leaf for p in records for leaf in (*leaves(p.call.input), *leaves(p.call.output)))
    whose = {same(v) for _, v in said if isinstance(v, str)} - own
    for played, call in zip(example.chain.calls, example.calls, strict=True):
        ids = {same(i.value) for i in played.inputs if kind_of(i.key, i.value) in ("id", *PERSONAL)}
        others = (ids - own) | ({same(v) for _, v in leaves(played.call.input)} & whose)
        if played.tool.tool.name in made or others:
            continue
        if played.tool.role == "read" and played.inputs and all(i.by == "caller" for i in played.inputs):
            taken += 1
            yield replace(call, id=f"o{taken}", optional=True, after=())
