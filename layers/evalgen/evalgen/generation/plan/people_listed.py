"""Who stands in the lists of a record: the things' own people and contacts, those who may call for it."""

from __future__ import annotations

from typing import Any

from evalgen.generation.plan.things import is_open_to_all, listed_in
from evalgen.generation.plan.way import records_of
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.identity import is_full_name
from evalgen.generation.read.words import in_all, singular_of
from evalgen.generation.values import (
    Path,
    ValueKind,
    is_listed,
    key_of,
    key_words,
    kind_of,
    kind_words,
    leaves,
    names_person,
    snake,
)


def people_listed(chain: Chain, grammar: Grammar, *, named: bool) -> dict[str, Any]:
    """What the lists of a record tell of who may be calling, by key; `named`: that is known already."""
    found = _names_listed(chain, grammar) | _contacts_listed(chain, grammar)
    return found if named else found | _callers_listed(chain) | allowed_names(chain)


def _names_listed(chain: Chain, grammar: Grammar) -> dict[str, Any]:
    """Whose name stands in the list that the call is about: of what is chosen, else of the first."""
    for number, played in enumerate(chain.calls):
        if is_open_to_all(played):
            continue
        chosen = [
            thing
            for p in chain.calls
            for one in p.inputs
            if (thing := listed_in(chain, one, grammar)) and thing.call == number and not thing.offered
        ]
        items = [chosen[0].one] if chosen else _listed_first(played)
        items = [i for i in items if any(kind_of(key_of(p), v) in ("date", "datetime") for p, v in leaves(i))]
        found: dict[str, Any] = {}
        for path, value in (leaf for item in items for leaf in leaves(item)):
            if names_person(path) and kind_of(key_of(path), value) == "name":
                found.setdefault(snake(key_of(path)), value)
        if found:
            return found
    return {}


def _callers_listed(chain: Chain) -> dict[str, Any]:
    """The first of those whom an answer lists as people who may call: `contacts`, `account_holders`."""
    callers = in_all("nouns", "callers")
    for played in chain.calls:
        for path, value in leaves(played.call.output) if played.tool.role != "write" else ():
            who = key_words(str(path[0]))[-1:] if is_listed(path) else ()
            called = key_words(key_of(path))[-1:] == ("name",) and is_full_name(value)
            if called and not callers.isdisjoint(map(singular_of, who)):
                return {"full_name": value}
    return {}


def _contacts_listed(chain: Chain, grammar: Grammar) -> dict[str, Any]:
    """The phone number and the email address that the things of a record were booked under, if all agree."""
    found: dict[str, set[str]] = {}
    for number in records_of(chain):
        for path, value in leaves(chain.calls[number].call.output):
            kind = kind_of(key_of(path), value)
            if kind in ("phone", "email") and is_listed(path) and _is_of_its_thing(path, kind, grammar):
                found.setdefault(kind, set()).add(str(value))
    return {kind: min(values) for kind, values in found.items() if len(values) == 1}


def _is_of_its_thing(path: Path, kind: ValueKind, grammar: Grammar) -> bool:
    """Whether a key in a list says no more than what it is listed as: `booking_phone` of `bookings`."""
    thing = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    own = {grammar.words.singular(word) for word in key_words(thing)} | kind_words(kind)
    return set(key_words(key_of(path))) <= own | in_all("nouns", "people") | {"number"}


def allowed_names(chain: Chain) -> dict[str, Any]:
    """One of those who may speak for a record that names nobody, by a list of nothing but full names."""
    for number in records_of(chain):
        output = chain.calls[number].call.output
        if any(kind_of(key_of(path), v) == "name" and not is_listed(path) for path, v in leaves(output)):
            continue
        for listed in output.values() if isinstance(output, dict) else ():
            if isinstance(listed, list) and listed and all(map(is_full_name, listed)):
                return {"caller_name": listed[0]}
    return {}


def _listed_first(played: Played) -> list[Any]:
    output = played.call.output
    lists = [v for v in output.values() if isinstance(v, list)] if isinstance(output, dict) else []
    return lists[0][:1] if lists and played.tool.role in ("read", "identify") and not played.optional else []
