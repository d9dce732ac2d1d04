"""Choices of a look-up that the record of who is calling has already: the agent takes them from there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from evalgen.generation.read.chain import Chain, Input, Played
from evalgen.generation.values import Path, is_listed, key_of, key_words, leaves, same


def with_choices_on_record(chain: Chain) -> Chain:
    """The chain with such choices as answers of the call that identifies the caller, which comes first then;
    not of what the prompt has callers asked for.
    """
    who = chain.identifying
    if who is None or any(one.by == "answer" for one in who.inputs):
        return chain
    place = chain.calls.index(who)
    taken = (one for p in chain.calls for one in p.inputs if one.by == "answer" and one.call == place)
    things = {one.path[:-1] for one in taken if is_listed(one.path)}
    if not any(_held(one, p, who, things) for p in chain.calls for one in p.inputs):
        return chain
    order = [place, *(n for n in range(len(chain.calls)) if n != place)]
    moved = {old: new for new, old in enumerate(order)}
    return Chain(tuple(_with_its_own(chain.calls[old], who, things, moved) for old in order))


def _with_its_own(played: Played, who: Played, things: Collection[Path], moved: dict[int, int]) -> Played:
    inputs = (replace(one, call=moved.get(one.call, one.call)) for one in played.inputs)
    return replace(played, inputs=tuple(_held(one, played, who, things) or one for one in inputs))


def _held(one: Input, played: Played, who: Played, things: Collection[Path]) -> Input | None:
    """The input as an answer of the first call, where that has its value by its name, at the top or in one of
    the `things` that the chain is about.
    """
    parameter = str(one.where[0])
    chosen = "enum" in played.tool.properties.get(parameter, {}) and isinstance(one.value, str)
    if one.by != "caller" or not chosen or played.tool.role != "read":
        return None
    for path, value in leaves(who.call.output) if parameter not in played.tool.asked_for else ():
        named = key_words(key_of(path)) == key_words(one.key)
        if named and same(value) == same(one.value) and (not is_listed(path) or path[:-1] in things):
            return replace(one, by="answer", call=0, path=path)
    return None
