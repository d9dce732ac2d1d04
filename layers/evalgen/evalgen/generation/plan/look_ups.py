"""Which look-ups a deed needs by its playbook, and in which order: the prompt's own."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import key_of, kind_of, leaves

_LAST = 10**6


def as_played(chain: Chain, served: Served, model: AgentModel) -> Chain:
    """The chain in the order in which the prompt names its calls.

    Look-ups that the playbook of the deed names are no longer optional; those that stand only in playbooks of
    other deeds are left out.
    """
    sections = model.sections
    own = sections.get(served.tool.tool.name, frozenset())
    if not own:
        return chain
    calls = []
    for played in chain.calls:
        named = sections.get(played.tool.tool.name, frozenset())
        if not played.optional or played.tool.role != "read" or not named:
            calls.append(played)
        elif shared := named & own:
            alone = model.playbooks.get(served.tool.tool.name, ()) in shared
            if alone or not _is_of_offers(played):
                calls.append(replace(played, optional=False))
    return _in_order(Chain(tuple(calls)), chain, served, model)


def _is_of_offers(played: Played) -> bool:
    """Whether a look-up shows what is free; in a playbook of several deeds it may be for another one."""
    return not any(kind_of(key_of(p), v) in ("id", "phone", "email") for p, v in leaves(played.call.input))


def _in_order(kept: Chain, chain: Chain, served: Served, model: AgentModel) -> Chain:
    """Each call as early as the prompt names it, behind those that it takes something from."""
    places = model.mentioned
    numbers, calls = dict[int, int](), list[Played]()
    waiting = [(_number(one, chain), one) for one in kept.calls]
    playbook = served.section and any(
        served.section == s for s in model.sections.get(served.tool.tool.name, ())
    )
    while waiting:
        ready = [
            (n, p)
            for n, p in waiting
            if all(i.call in numbers for i in p.inputs if i.by == "answer")
            and (p.tool is not served.tool or len(waiting) == 1)
        ]
        if not ready:
            return chain
        place, played = min(
            ready, key=lambda w: (places.get(w[1].tool.tool.name, _LAST) if playbook else 0, w[0])
        )
        waiting.remove((place, played))
        numbers[place] = len(calls)
        inputs = tuple(replace(i, call=numbers[i.call]) if i.by == "answer" else i for i in played.inputs)
        calls.append(replace(played, inputs=inputs))
    return Chain(tuple(calls))


def _number(one: Played, chain: Chain) -> int:
    return next(n for n, p in enumerate(chain.calls) if p.tool is one.tool and p.call is one.call)
