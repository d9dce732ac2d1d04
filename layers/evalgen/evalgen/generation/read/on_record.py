"""Choices of a look-up that the record of who is calling has already: the agent takes them from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    things = {one.path[:n] for one in taken if is_listed(one.path) for n in range(1, len(one.path))}
    name = chain.last.tool.name
    own = things if name is not None and name.alters else ()
    held = [[_held(one, p, who, things, own) for one in p.inputs] for p in chain.calls]
    if not any(one for found in held for one in found):
        return chain
    order = [place, *(n for n in range(len(chain.calls)) if n != place)]
    moved = {old: new for new, old in enumerate(order)}
    calls = [chain.calls[old].renumbered(moved) for old in order]
    return Chain(tuple(_with(calls[moved[old]], held[old]) for old in order))


def _with(played: Played, held: Iterable[Input | None]) -> Played:
    inputs = (found or one for one, found in zip(played.inputs, held, strict=True))
    return replace(played, inputs=tuple(inputs))


def _held(
    one: Input, played: Played, who: Played, things: Collection[Path], own: Collection[Path]
) -> Input | None:
    """The input as an answer of the first call, where that has its value by its name, at the top or in one of
    the `things` that the chain is about; of those that the deed changes (`own`) in any case.
    """
    parameter = str(one.where[0])
    chosen = "enum" in played.tool.properties.get(parameter, {}) and isinstance(one.value, str)
    if one.by != "caller" or not chosen or played.tool.role != "read":
        return None
    asked = parameter in played.tool.asked_for
    for path, value in leaves(who.call.output):
        named = key_words(key_of(path)) == key_words(one.key)
        if asked and path[:-1] not in own:
            continue
        if named and same(value) == same(one.value) and (not is_listed(path) or path[:-1] in things):
            return replace(one, by="answer", call=0, path=path)
    return None
