"""Which of the things on offer are for what a deed takes: a slot may list the services that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.generation.plan.things import Listed, listed_in
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import key_of, key_words, kind_of, leaves, same


def takes_what_does_not_fit(chain: Chain, grammar: Grammar) -> bool:
    """Whether the deed takes a thing on offer that is for something else than what it is done for."""
    things = (listed_in(chain, one, grammar) for one in chain.last.inputs)
    return any(thing.offered and not fits(thing.one, thing, chain) for thing in things if thing)


def fits(one: Any, thing: Listed, chain: Chain) -> bool:
    """Whether one of the things that were offered is for all that others of them say the deed is done for."""
    taken = {
        (key_words(str(path[0])), same(value))
        for path, value in leaves(chain.last.call.input)
        if path and kind_of(key_of(path), value) == "text"
    }
    meant = {said for other in (thing.one, *thing.others) for said in _said(other, taken)}
    return meant <= set(_said(one, taken))


def _said(one: Any, taken: set[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, str]]:
    """(field, value of the deed) that a thing has: in a list of its own, or by the deed's name for it."""
    for key, value in one.items() if isinstance(one, dict) else ():
        listed = {same(v) for v in value} if isinstance(value, list) else set()
        for words, own in taken:
            if own in listed or (words == key_words(key) and own == same(value)):
                yield key, own
