"""The caller's way through a chain of calls: request, identification, answers, choices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evalgen.generation.plan.about import is_of_other_calls, names_another
from evalgen.generation.plan.asked_in_cases import answer_in_cases
from evalgen.generation.plan.asked_of_things import answer_of_things
from evalgen.generation.plan.asked_options import answer_of_options
from evalgen.generation.plan.confirming import asked_here
from evalgen.generation.plan.fitting import is_in_another_state
from evalgen.generation.plan.giving import add_inputs
from evalgen.generation.plan.guardians import speak_for_a_child
from evalgen.generation.plan.identifying import has_to_know, held_by_the_agent
from evalgen.generation.plan.identity_asked import answer_identity
from evalgen.generation.plan.look_ups import with_demanded
from evalgen.generation.plan.named_choices import is_of_another_task
from evalgen.generation.plan.offers import keep_to_it
from evalgen.generation.plan.own_words import add_stories
from evalgen.generation.plan.people_listed import people_listed
from evalgen.generation.plan.person import (
    add_compared,
    add_required,
    add_way_in,
    is_nobody_known,
    keep_person,
)
from evalgen.generation.plan.recalled import answer_of_the_thing
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.standing import (
    answer_as_everybody,
    answer_what_is_asked,
    is_anothers_need,
    is_of_several,
    own_up,
    say_who_they_are,
    stand_by,
)
from evalgen.generation.plan.tasks import Served, slots_for
from evalgen.generation.plan.test import MOST_STEPS
from evalgen.generation.plan.undecided import is_undecided, makes_what_is_found
from evalgen.generation.plan.unmet import is_out_of_reach
from evalgen.generation.plan.variables import related_facts
from evalgen.generation.plan.way import Walk, entry, records_of
from evalgen.generation.plan.worked_out import with_worked_out
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.contradictions import is_of_another_kind
from evalgen.generation.read.entries import is_found_otherwise
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import Path, is_whole_name, key_of, kind_of, leaves, same

MOST_BEFORE = MOST_STEPS - 4
"""So many steps leave room for one more, the yes and the end."""


def walk(
    chain: Chain,
    served: Served,
    model: AgentModel,
    until: int | None = None,
    known: Mapping[str, Any] | None = None,
) -> Walk | None:
    """None where some step cannot be said with certainty. `until`: only the steps for the calls before it.
    `known` are facts of who is calling where no call of the chain identifies them.

    Several families begin with the same way, each with a copy of its own.
    """
    if known:
        return _walked(chain, served, model, until, known)
    # With the chain and the task, which have no hash: their ids are theirs as long as they are kept.
    kept = model.once(
        "walk",
        (id(chain), id(served), until),
        lambda: (chain, served, _walked(chain, served, model, until, {})),
    )
    return kept[2] and kept[2].copy()


def _walked(
    chain: Chain, served: Served, model: AgentModel, until: int | None, known: Mapping[str, Any]
) -> Walk | None:
    spoken, judged = Speech(model.spoken), Speech(model.judged)
    slots, judged_slots = slots_for(served, model.spoken), slots_for(served, model.judged)
    if slots is None or judged_slots is None:
        return None
    chain = with_demanded(chain, served, model) if served.tool.role == "write" else chain
    found = with_worked_out(chain, served, model)
    if found is None:
        return None
    chain = found
    if makes_what_is_found(served.tool, chain.identifying.tool if chain.identifying else None):
        return None
    if any(is_found_otherwise(p, model.flow.entries) for p in chain.calls):
        return None
    alters = served.tool.name is not None and served.tool.name.alters
    if alters and is_of_another_kind(chain, slots["noun"].split()[-1]):
        return None
    if is_in_another_state(chain, served, model) or is_of_another_task(chain, served, model):
        return None
    own = chain.last.tool is served.tool
    if own and (is_out_of_reach(served, model) or (until is None and is_undecided(chain, served, model))):
        return None
    way = Walk(chain, served, Script(spoken, judged), slots, judged_slots)
    wish = _wish(way)
    pattern, gives = spoken.frames["wishes"]["for_it"]
    wanted = re.sub(pattern, gives, wish) if served.asks_to else wish
    way.script.say("ask_to" if wanted == wish and served.asks_to else "ask", wish=wanted)
    calls = list(enumerate(chain.calls))
    calls = calls if until is None else calls[: until + 1]
    for number, played in calls:
        if not add_inputs(way, number, played, spoken.grammar, model.definition.description):
            return None
        if not way.compared and number in records_of(chain) and played.answer == "success":
            add_way_in(way, played, model)
            add_compared(way, played, model)
        if number in records_of(chain):
            way.identifying = way.last_step - 1
    _choose_as_offered(way)
    keep_person(way)
    if not add_stories(way, model) or (until is None and not add_required(way, model)):
        return None
    return way if _stand_by(way, model, until, known) else None


def _stand_by(way: Walk, model: AgentModel, until: int | None, known: Mapping[str, Any]) -> bool:
    """Add the answers to what may be asked on the way; False where one is unknown."""
    chain, served, spoken = way.chain, way.served, way.script.spoken
    asked = model.once("orders here", served.key, lambda: _orders(served, model))
    record = {"_".join(words): value for words, value in related_facts(model, chain).items()}
    chosen = {value for choice in way.choices for _, _, value in choice.told.values}
    held = any(is_whole_name(k, v) and v not in chosen for k, v in way.script.profile.items())
    listed = people_listed(chain, spoken.grammar, named=held)
    record |= {k: v for k, v in listed.items() if k not in record}
    record |= {k: v for k, v in known.items() if k not in record}
    place = way.identifying + 1 if way.identifying else way.last_step
    without = ("callback_number", *_found_without(chain))
    moved_by = stand_by(way.script, asked, model, entry(chain), place, without, record)
    if is_nobody_known(way):
        return False
    made = chain if until is None else Chain(chain.calls[: until + 1])
    known_by = answer_identity(way, model, place + moved_by, made)
    if known_by is None:
        return False
    moved_by += known_by
    in_cases = answer_in_cases(way, model, place + moved_by)
    if in_cases is None:
        return False
    moved_by += in_cases
    moved_by += answer_of_the_thing(way, asked, place + moved_by, model)
    if not answer_of_things(way.script, asked, [i for p in made.calls for i in p.inputs], model):
        return False
    yes = [
        s
        for s in asked
        if s.kind == "order" and s.sure and s.id not in (model.prompt.asks_more, *model.prompt.confirms)
        if not (is_of_several(s, model) or is_anothers_need(s, served, model))
    ]
    everybody = [s for s in asked if not is_of_other_calls(s, chain, model)]
    is_new = served.tool.name is not None and not served.tool.name.alters
    moved_by += answer_as_everybody(way.script, everybody, place + moved_by, of_a_new_thing=is_new)
    moved_by += answer_what_is_asked(way.script, yes, model, place + moved_by, way.slots["verb"])
    moved_by += answer_of_options(way, yes, place + moved_by)
    told = model.once("facts asked here", served.key, lambda: _facts(served, model))
    if len(way.script.steps) <= MOST_BEFORE:
        moved_by += keep_to_it(way, [*asked, *told], model, place + moved_by)
    own = [s for s in asked if not names_another(s.text, served, model)]
    moved_by += say_who_they_are(way.script, own, record, place + moved_by)
    known_here = chain.identifying is not None and chain.identifying.answer == "success"
    moved_by += own_up(way.script, [*own, *told], place + moved_by, known=known_here)
    for_a_child = speak_for_a_child(way.script, record, model, place + moved_by)
    if for_a_child is None:
        return False
    moved_by += for_a_child
    way.given = {key: step + moved_by * (step > place) for key, step in way.given.items()}
    way.choices = [replace(c, step=c.step + moved_by * (c.step > place)) for c in way.choices]
    _tell_if_asked(way, held_by_the_agent(way, model) if has_to_know(chain, model) else None)
    return True


def _orders(served: Served, model: AgentModel) -> list[Statement]:
    """What is ordered here, or may be, in words that are not read."""
    orders = (s for s in model.prompt.statements if s.kind in ("order", "unread") and not s.forbids)
    return [s for s in orders if asked_here(s, served, model)]


def _facts(served: Served, model: AgentModel) -> list[Statement]:
    return [s for s in model.prompt.statements if s.kind == "fact" and asked_here(s, served, model)]


def _found_without(chain: Chain) -> Iterator[str]:
    """The facts that a look-up takes in the place of those that it was asked with: nobody gives both."""
    who = chain.identifying
    left_out = who.tool.properties.keys() - who.call.input.keys() if who else ()
    yield from sorted({"phone", "email"} & {kind_of(name, "") for name in left_out})


def _tell_if_asked(way: Walk, held: Collection[str] | None) -> None:
    """Who is calling is said only if it is asked for: what the agent holds already, or all of it where it is
    not certain to be asked.
    """
    steps = way.script.steps
    for (call, where), step in way.given.items():
        inputs = {"/".join(map(str, one.where)): one.value for one in way.chain.calls[call].inputs}
        if held is not None and same(inputs.get(where, "")) not in held:
            continue
        given = steps[step - 1]
        if step > 1 and way.chain.calls[call].tool.role == "identify" and given.moment.kind == "asked":
            steps[step - 1] = replace(given, moment=replace(given.moment, standing=True))


def _choose_as_offered(way: Walk) -> None:
    """A choice stands where the list is read out, before what later calls take."""
    for place, choice in enumerate(way.choices):
        call = choice.thing.call
        asked = max((step for (number, _), step in way.given.items() if number <= call), default=1)
        given = (step for (number, _), step in way.given.items() if number > call)
        later = [step for step in given if asked < step < choice.step]
        if not choice.thing.offered or not later:
            continue
        to, steps = min(later), way.script.steps
        steps.insert(to - 1, steps.pop(choice.step - 1))
        moved = {step: step + 1 for step in range(to, choice.step)} | {choice.step: to}
        way.given = {key: moved.get(step, step) for key, step in way.given.items()}
        way.choices = [replace(one, step=moved.get(one.step, one.step)) for one in way.choices]
        way.identifying += to - 1 <= way.identifying
        assert way.choices[place].step == to


def _wish(way: Walk) -> str:
    """What the caller asks for, with what is to change where its verb leaves that open."""
    new_day, wish = way.script.spoken.frames["new_day"], way.served.wish
    verb, blank, what = wish.partition(" ")
    if verb not in new_day["verbs"] or re.search(new_day["unless"], what):
        return wish
    answers = (way.chain.calls[number].call.output for number in records_of(way.chain))
    held = _days_in(leaf for answer in answers for leaf in leaves(answer))
    asked = _days_in((one.where, one.value) for _, one in way.chain.inputs("caller"))
    moves = held and asked and not held & asked
    return str(new_day["frame"]).format(what=blank + what) if moves else wish


def _days_in(found: Iterable[tuple[Path, Any]]) -> set[str]:
    kinds = ((kind_of(key_of(path), value), str(value)) for path, value in found)
    return {value[:10] for kind, value in kinds if kind in ("date", "datetime")}
