"""Which of the things on offer are for what a deed takes: a slot may list the services that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.things import Listed, listed_in
from evalgen.generation.read.answers import STATUS_KEYS
from evalgen.generation.read.chain import Chain, Input, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all, singular_of
from evalgen.generation.values import key_of, key_words, kind_of, leaves, lists_in, plain, same


def takes_what_does_not_fit(chain: Chain, grammar: Grammar) -> bool:
    """Whether the deed takes a thing on offer that is for something else than what it is done for."""
    things = [thing for one in chain.last.inputs if (thing := listed_in(chain, one, grammar))]
    return any(
        not fits(thing.one, thing, chain) if thing.offered else _is_called_otherwise(thing, chain, grammar)
        for thing in things
    )


def takes_one_of_several_inside(chain: Chain) -> bool:
    """Whether the deed takes one of several things that a listed thing lists in turn: a lesson of one of the
    students. Callers choose the outer one, and which of the inner ones they mean is not said.
    """
    for one in chain.last.inputs:
        inside = one.inner_places if one.by == "answer" else ()
        output = chain.calls[one.call].call.output if inside else None
        if any(len(value_at(output, one.path[:cut])) > 1 for cut in inside):
            return True
    return False


def _is_called_otherwise(thing: Listed, chain: Chain, grammar: Grammar) -> bool:
    """Whether a choice of the deed is called as the things of another list beside this one: a `service_visit`
    that was taken from the orders.
    """
    lists = lists_in(chain.calls[thing.call].call.output)
    heads = {grammar.words.singular(key_words(key)[-1]) for key in lists if key_words(key)}
    own = grammar.words.singular(key_words(thing.item)[-1]) if key_words(thing.item) else ""
    chosen = {
        word
        for path, value in leaves(chain.last.call.input)
        if path and chain.last.tool.choices(str(path[0])) and isinstance(value, str)
        for word in key_words(value)
    }
    return own not in chosen and not chosen.isdisjoint(heads - {own})


def fits(one: Any, thing: Listed, chain: Chain) -> bool:
    """Whether one of the things that were offered is for all that others of them say the deed is done for,
    and is not gone, as a whole or in the part that is wanted: `spots_left` 0, `available` false.
    """
    if _is_gone(one) or _lacks_room(one, chain):
        return False
    if any(_is_too_little(part, chain) for part in _parts_wanted(one, chain)):
        return False
    taken = {
        (key_words(str(path[0])), same(value))
        for path, value in leaves(chain.last.call.input)
        if path and kind_of(key_of(path), value) == "text"
    }
    theirs = _chosen(thing, chain)
    meant = {said for other in (thing.one, *thing.others) for said in _said(other, taken, theirs)}
    return meant <= set(_said(one, taken, theirs))


def _chosen(thing: Listed, chain: Chain) -> set[str]:
    """What else is known of the listed things that the deed is done to: a slot is for some species."""
    found = set[str]()
    for one in chain.last.inputs:
        listed = [n for n, part in enumerate(one.path) if isinstance(part, int)] if one.by == "answer" else []
        if listed and one.call != thing.call:
            answer = chain.calls[one.call].call.output
            own = value_at(answer, one.path[: listed[0] + 1])
            for thing_of_it in (own, *_named_by(own, answer)):
                found |= {same(v) for p, v in leaves(thing_of_it) if kind_of(key_of(p), v) == "text"}
    return found


def _parts_wanted(one: Any, chain: Chain) -> Iterator[Any]:
    """The parts of a thing that go by a choice of the deed: the `stalls` of a performance."""
    wanted = {same(v) for _, v in leaves(chain.last.call.input) if isinstance(v, str)}
    yield from (part for key, part in one.items() if same(key) in wanted) if isinstance(one, dict) else ()


def _is_too_little(part: Any, chain: Chain) -> bool:
    """Whether less of it is left than the deed takes."""
    most = max((v for _, v in leaves(chain.last.call.input) if type(v) is int), default=0)
    return _is_gone(part) or any(type(v) is int and v < most for v in _left_of(part))


def _lacks_room(one: Any, chain: Chain) -> bool:
    """Whether a thing has fewer places than are needed, for all who come (`seats`), or for one thing that
    they bring: `car_spaces` 0.
    """
    rooms, inputs = in_all("agent_decides", "rooms"), [i for p in chain.calls for i in p.inputs]
    for key, value in one.items() if isinstance(one, dict) else ():
        words = key_words(key)
        if type(value) is not int or words[-1:] == () or words[-1] not in rooms:
            continue
        if value < (_brought(set(words[:-1]), chain) if words[:-1] else _party(inputs)):
            return True
    return False


def _party(inputs: list[Input]) -> int:
    """How many people the calls are made for, one at least."""
    people = in_all("agent_decides", "party")
    counts = {i.key: i.value for i in inputs if type(i.value) is int and people & set(key_words(i.key))}
    return max(sum(counts.values()), 1)


def _brought(what: set[str], chain: Chain) -> int:
    """How many places a thing needs that the calls name as one of their choices, or count."""
    none = in_all("choices", "none")
    for played in chain.calls:
        for one in played.inputs:
            name = str(one.where[0])
            named = {word for choice in played.tool.choices(name) for word in key_words(choice)}
            if what & named and plain(str(one.value)) not in none:
                return 1
            if type(one.value) is int and what & set(map(singular_of, key_words(one.key))):
                return one.value
    return 0


def _is_gone(one: Any) -> bool:
    return not all(_left_of(one))


def _left_of(one: Any) -> Iterator[bool | int]:
    """How many of a thing are left, or whether any is."""
    left = in_all("agent_decides", "left")
    for key, value in one.items() if isinstance(one, dict) else ():
        if isinstance(value, bool | int) and left & set(key_words(key)):
            yield value


def _said(one: Any, taken: set[tuple[tuple[str, ...], str]], theirs: set[str]) -> Iterator[tuple[str, str]]:
    """(field, value of the deed) that a thing has: in a list of its own, or by the deed's name for it; of
    what the deed is done to (`theirs`) in a list.
    """
    for key, value in one.items() if isinstance(one, dict) else ():
        listed = {same(v) for v in value} if isinstance(value, list) else set()
        yield from ((key, own) for own in theirs & listed)
        for words, own in taken:
            if own in listed or (words == key_words(key) and own == same(value)):
                yield key, own


def _named_by(thing: Any, answer: Any) -> Iterator[Any]:
    """The things of other lists of an answer whose own number, their first, a thing has: a visit's pet."""
    ids = {same(v) for p, v in leaves(thing) if kind_of(key_of(p), v) == "id"}
    for things in lists_in(answer).values():
        for other in things:
            numbers = (same(v) for p, v in leaves(other) if kind_of(key_of(p), v) == "id")
            if other != thing and next(numbers, None) in ids:
                yield other


def is_in_another_state(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the thing that a deed changes is, by its state, what another deed makes: an `unpaid_hold` of
    `place_hold` is no rental yet.
    """
    name = served.tool.name
    if name is None or not name.alters:
        return False
    made = (t.name for t in model.deeds if t.name and not t.name.alters)
    others = {word for one in made for word in key_words(one.noun)[-1:]} - {*key_words(name.noun)[-1:]}
    return any(
        key_of(path).lower() in STATUS_KEYS and others & set(key_words(str(value)))
        for played in chain.calls[:-1]
        for path, value in leaves(played.record)
        if isinstance(value, str)
    )
