"""What the agent has to ask for before it does anything for a caller."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.caller import identifies_first
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.identity import Compared
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.placeholders import shows_the_number
from evalgen.generation.values import kind_of, plain, same


def has_to_know(chain: Chain, model: AgentModel) -> bool:
    """Whether the agent surely has to know who is calling: the look-up of the caller takes several facts and
    so verifies, another call takes what it answers or is asked with, or the prompt orders it.
    """
    number = next((n for n, p in enumerate(chain.calls) if p.tool.role == "identify"), None)
    if number is None:
        return False
    others = [p for p in chain.calls if p.tool.role != "identify" and not p.optional]
    asked = {same(one.value) for one in chain.calls[number].inputs}
    linked = any(one.by == "answer" and one.call == number for p in others for one in p.inputs)
    return len(asked) > 1 or linked or not others or identifies_first(model)


def asked_of_callers(way: Walk, model: AgentModel) -> tuple[str, int, str] | None:
    """What the call that identifies takes from the caller, where each is asked for in a step of its own: the
    call, the last of those steps, and what they ask for. What the agent sees already may be confirmed only.
    """
    number = next((n for n, p in enumerate(way.chain.calls) if p.tool.role == "identify"), None)
    if number is None or not has_to_know(way.chain, model):
        return None
    if way.script.spoken.language != way.script.judged.language:
        return None
    inputs = {"/".join(map(str, one.where)): one for one in way.chain.calls[number].inputs}
    seen = shows_the_number(model.definition.description)
    held = held_by_the_agent(way, model)
    given = [
        step
        for (call, where), step in way.given.items()
        if call == number
        and same(inputs[where].value) not in held
        and not (seen and kind_of(inputs[where].key, inputs[where].value) == "phone")
    ]
    if not all(
        _gives(way, step, inputs[where].value) for (c, where), step in way.given.items() if c == number
    ):
        return None
    asked = [way.script.steps[step - 1].moment for step in given if step > 1]
    mark = str(way.script.judged.frames["moves"]["asked_for"])
    if not asked or len(asked) != len(given) or any(m.standing or m.kind != "asked" for m in asked):
        return None
    things = [m.what.removeprefix(mark) for m in asked if m.what.startswith(mark)]
    if len(things) != len(asked):
        return None
    things += [way.script.judged.grammar.the(fact.noun) for fact in way.compared if _is_ordered(fact, model)]
    return way.calls[number].id, max(given), way.script.judged.grammar.listed(list(dict.fromkeys(things)))


def held_by_the_agent(way: Walk, model: AgentModel) -> frozenset[str]:
    """What its variables say before anybody has spoken, in a form in which equal values are equal."""
    if not model.variables:
        return frozenset()
    return frozenset(map(same, variables_of(model, way.chain, way.script.profile).values()))


def _is_ordered(fact: Compared, model: AgentModel) -> bool:
    """Whether the prompt orders in certain words that every caller is asked for a fact, by its very name; or
    has it asked for and checked, wherever that stands.
    """
    one = fact.statement
    checked = re.match(load(model.judged, "identity")["asks_and_checks"], plain(one.text))
    if checked and plain(fact.noun) in checked["what"]:
        return True
    asks = [d for d in one.duties if d.heard and not d.ban and d.told.startswith("asked ")]
    named = any(plain(fact.noun).split()[-1] in plain(d.text).split() for d in asks)
    return one.sure and one.kind == "order" and not one.outer and named


def _gives(way: Walk, step: int, value: Any) -> bool:
    """Whether a step gives a value: steps may have been joined since."""
    action = way.script.steps[step - 1].action
    return any(v == value and reference(k) in action for k, v in way.script.profile.items())


def is_identified_late(served: Served, model: AgentModel) -> bool:
    """Whether the playbook of a deed has what is wanted settled before it is asked who is calling."""
    late = load(model.judged, "identity")["identifies_late"]
    return any(
        in_section(s, served) and re.search(late, s.text, re.IGNORECASE) for s in model.prompt.statements
    )
