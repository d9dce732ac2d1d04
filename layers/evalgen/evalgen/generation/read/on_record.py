"""Choices of a look-up that the record of who is calling has already: the agent takes them from there."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.read.chain import Chain, Input, Played
from evalgen.generation.values import is_listed, key_of, key_words, leaves, same


def with_choices_on_record(chain: Chain) -> Chain:
    """The chain with such choices as answers of the call that identifies the caller, which comes first then;
    not of what the prompt has callers asked for.
    """
    who = chain.identifying
    if who is None or not any(_held(one, p, who) for p in chain.calls for one in p.inputs):
        return chain
    if any(one.by == "answer" for one in who.inputs):
        return chain
    place = chain.calls.index(who)
    order = [place, *(n for n in range(len(chain.calls)) if n != place)]
    moved = {old: new for new, old in enumerate(order)}
    return Chain(tuple(_with_its_own(chain.calls[old], who, moved) for old in order))


def _with_its_own(played: Played, who: Played, moved: dict[int, int]) -> Played:
    inputs = (replace(one, call=moved.get(one.call, one.call)) for one in played.inputs)
    return replace(played, inputs=tuple(_held(one, played, who) or one for one in inputs))


def _held(one: Input, played: Played, who: Played) -> Input | None:
    """The input as an answer of the first call, where that has its value by its name."""
    parameter = str(one.where[0])
    chosen = "enum" in played.tool.properties.get(parameter, {}) and isinstance(one.value, str)
    if one.by != "caller" or not chosen or played.tool.role != "read":
        return None
    for path, value in leaves(who.call.output) if parameter not in played.tool.asked_for else ():
        named = key_words(key_of(path)) == key_words(one.key) and not is_listed(path)
        if named and same(value) == same(one.value):
            return replace(one, by="answer", call=0, path=path)
    return None
