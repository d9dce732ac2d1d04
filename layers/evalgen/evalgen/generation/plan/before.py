"""The way to a call that ends the matter: what the deed takes later, a good agent may ask for before."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.generation.plan.asked_of_things import answer_of_things
from evalgen.generation.plan.choices import spoken_value
from evalgen.generation.plan.confirming import asked_here
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Input, Played
from evalgen.generation.read.grammar import is_sayable
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import MOMENTS, PERSONAL, kind_of, leaves, same, snake


def walk_to_end(chain: Chain, later: Sequence[Played], served: Served, model: AgentModel) -> Walk | None:
    """Up to the last call of a chain; `later` are the calls that would come behind it.

    What callers say for those is given if it is asked for, and look-ups that need nothing else are optional.
    """
    looked = [
        p
        for p in later
        if p.optional and p.tool.role == "read" and all(i.by in ("caller", "agent") for i in p.inputs)
    ]
    whole = Chain((*chain.calls[:-1], *looked, chain.calls[-1]))
    way = walk(whole, served, model, len(whole.calls) - 1)
    if way is None:
        return None
    for played in later:
        for one in played.inputs:
            if one.by == "caller":
                _give_standing(way, played, one, model)
    asked = model.once(
        "asked here", served.key, lambda: [s for s in model.prompt.statements if asked_here(s, served, model)]
    )
    taken = [one for played in later for one in played.inputs]
    return way if answer_of_things(way.script, asked, taken, model) else None


def _give_standing(way: Walk, played: Played, one: Input, model: AgentModel) -> None:
    kind, script = kind_of(one.key, one.value), way.script
    key = snake(one.key)
    told = {same(v) for p in way.chain.calls for _, v in leaves([p.call.input, p.call.output])}
    if kind in PERSONAL and key in script.profile and same(script.profile[key]) not in told:
        script.profile[key] = one.value
    if kind in MOMENTS or not is_sayable(one.value) or key in script.profile:
        return
    held = [key for key, v in script.profile.items() if kind in PERSONAL and kind_of(key, v) == kind]
    if held:
        known = {same(v) for p in way.chain.calls for _, v in leaves([p.call.input, p.call.output])}
        script.profile.update({key: one.value for key in held if same(script.profile[key]) not in known})
        return
    grammar = script.spoken.grammar
    value = spoken_value(played, str(one.where[0]), one, grammar, model.definition.description)
    if value is None or value in script.profile.values():
        return
    ref = script.keep(snake(one.key), value)
    script.add(script.spoken.answer(ref, input_noun(one.key, one.value, grammar)))
