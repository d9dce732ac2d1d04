"""Whether a caller has already what the prompt allows only once: `Only one open order per customer`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.generation.languages import in_every, load
from evalgen.generation.plan.about import stands_elsewhere
from evalgen.generation.plan.deed_words import slots_of
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Input, value_at
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of, plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import in_all, singular_of
from evalgen.generation.values import (
    MOMENTS,
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    plain,
    same,
    snake,
)


def is_held_already(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the records of a call have the very thing that this deed makes another of, or one where a
    sentence allows only one. Where it allows one of each kind, what is surely of another kind does not count.
    """
    if served.tool.name is None or served.tool.name.alters:
        return False
    rules = model.once("only one", served.key, lambda: list(_only_one(served, model)))
    held = list(_held(chain, served, model))
    of_one_kind = load(model.judged, "rules")["of_one_kind"] if held else ""
    if any(_is_the_same(one, chain) for one in held) or _has_its_kind(chain, served, model):
        return True
    return any(
        not (re.search(of_one_kind, plain(rule.text)) and _is_of_another_kind(one, chain, model))
        for rule in rules
        for one in held
    )


def _is_the_same(one: Any, chain: Chain) -> bool:
    """Whether a thing of a record has all that the deed and the look-ups of what can be had take, its time
    and whose it is aside, and one of that is a text: the same service for the same bicycle. What the
    deed takes from it is chosen, and none of these.
    """
    name = chain.last.tool.name
    books = name is not None and name.verb in in_every("invented_things", "books")
    if not books or any(_lies_in(one, i, chain) for i in chain.last.inputs if i.by == "answer"):
        return False
    of_all = [p for p in chain.calls if p is not chain.last and is_open_to_all(p)]
    others = {
        same(value)
        for p in chain.calls
        if p is not chain.last
        for path, value in leaves(p.record)
        if (kind_of(key_of(path), value) == "id" if p in of_all else not is_listed(path))
    }
    taken = [
        (kind_of(key_of(path), value), same(value))
        for p in (*of_all, chain.last)
        for path, value in leaves(p.call.input)
        if same(value) not in others and kind_of(key_of(path), value) not in MOMENTS
    ]
    known = {same(value) for _, value in leaves(one)}
    return any(kind == "text" for kind, _ in taken) and all(value in known for _, value in taken)


def _has_its_kind(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether an invented record has something ahead of the very kind that is booked: a second service of one
    car in a week is nobody's wish. In their own mock data owners may want just that.
    """
    name, ahead = served.tool.name, in_every("invented_things", "moment_things")
    if name is None or name.verb not in in_every("invented_things", "books"):
        return False
    if not key_words(name.noun)[-1:] or key_words(name.noun)[-1] not in ahead | in_all("nouns", "offers"):
        return False
    kinds = set(load(model.judged, "rules")["kinds"])
    asked = {
        (key_words(key), same(value))
        for played in chain.calls
        for key, value in played.call.input.items()
        if played.tool.choices(key) and kinds & set(key_words(key))
    }
    records = (p for p in chain.calls if p.tool.tool.name in model.invented and not is_open_to_all(p))
    return any(
        (key_words(key), same(value)) in asked
        for played in records
        if played.tool.role != "write"
        for noun in ahead
        for one in _called(noun, "", played.call.output)
        if isinstance(one, Mapping)
        for key, value in one.items()
    )


def _lies_in(one: Any, value: Input, chain: Chain) -> bool:
    """Whether a value was taken out of a thing of an answer."""
    answer = chain.calls[value.call].call.output
    return any(value_at(answer, value.path[:end]) is one for end in range(1, len(value.path)))


def _only_one(served: Served, model: AgentModel) -> Iterator[Statement]:
    """The sentences that allow a caller only one of what this deed makes."""
    noun = _noun(served, model)
    if not noun:
        return
    table = load(model.judged, "rules")
    only_one = table["only_one"].replace("NOUN", re.escape(noun))
    for statement in model.prompt.statements:
        said = plain(statement.text)
        counts = re.search(only_one, said) and re.search(table["of_each_caller"], said)
        if counts and not stands_elsewhere(statement, served, model):
            yield statement


def _noun(served: Served, model: AgentModel) -> str:
    """What the deed makes one of, in a word; empty where that cannot be said."""
    slots = slots_of(served.tool, model.judged)
    return plain(slots["noun"].split()[-1]) if slots else ""


def _held(chain: Chain, served: Served, model: AgentModel) -> Iterator[Any]:
    """What the records of who is calling have of that name and is not over: things of a list, or a value."""
    over, noun = set(load(model.judged, "rules")["over"]), _noun(served, model)
    for played in chain.calls:
        if played.tool.role == "write" or is_open_to_all(played):
            continue
        whole = played.tool.name.noun if played.tool.name and isinstance(played.call.output, list) else ""
        for one in _called(noun, whole, played.call.output):
            if over.isdisjoint(plain_text(str(f.value)) for f in fields_of(one)):
                yield one


def _called(noun: str, key: str, value: Any) -> Iterator[Any]:
    """What a record has under a name, and not on offer: things of a list, one thing, or a bare value."""
    words = [singular_of(word) for word in key_words(key)]
    own = [word for word in words if word not in map(singular_of, in_all("nouns", "list_words"))]
    if own[-1:] == [noun]:
        offered = in_all("nouns", "offers") & {*words, *key_words(key)}
        yield from () if offered or not value else value if isinstance(value, list) else [value]
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _called(noun, name, inner)


def _is_of_another_kind(one: Any, chain: Chain, model: AgentModel) -> bool:
    """Whether the call says the kind of what is made, and no word of it is one of what is held."""
    kinds = set(load(model.judged, "rules")["kinds"])
    calls = (f for played in chain.calls for f in fields_of(played.call.input))
    own, asked = (
        {word for f in fields if kinds & set(f.words[-1:]) for word in plain_text(str(f.value)).split()}
        for fields in (fields_of(one), (*calls, *record_of(chain, model)))
    )
    return bool(own and asked) and own.isdisjoint(asked)


def chosen_already(example: Walk, chain: Chain) -> Iterator[tuple[str, list[str]]]:
    """What the example chooses anew and these records have: a `new_plan`, with the others that there are."""
    held = {key_words(key_of(path)): value for p in chain.calls for path, value in leaves(p.record)}
    last = example.chain.last
    for parameter, value in last.call.input.items():
        first, *rest = key_words(parameter) or ("",)
        choices = last.tool.choices(parameter)
        anew = first in in_all("deeds", "anew") and snake(parameter) in example.script.profile
        if anew and choices and same(held.get(tuple(rest))) == same(value):
            yield parameter, [one for one in choices if same(one) != same(value)]
