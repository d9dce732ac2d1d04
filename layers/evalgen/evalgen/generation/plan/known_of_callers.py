"""What a caller could say of a record when they are asked who they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evalgen.generation.plan.asked_of_callers import Fact
from evalgen.generation.read.chain import POSTCODE, record_in
from evalgen.generation.read.identity import is_full_name, key_of_person
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of, in_all, singular_of, words_in
from evalgen.generation.values import (
    Path,
    is_half_told,
    is_listed,
    is_part_of_a_phone,
    key_of,
    key_words,
    kind_of,
    leaves,
    names_person,
    of_first_person,
    same,
    snake,
)

THEIRS = "pet's or child's name"
WHOLE = "whole name"
LISTED = 3
"""The place of a list's name in a path, from its end: `swimmers`, 0, `first_name`."""
_CODE = re.compile(rf"(?P<zip>(?<=[A-Z]{{2}} )\d{{5}})$|(?P<postcode>{POSTCODE})$")
Chosen = Mapping[Path, int]
"""By the lists of an answer, the places of the things that a call is about."""
FIRST: Chosen = {}


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller could say of a record, by key; `theirs` are those of names of pets or children in it."""

    facts: Mapping[str, Any]
    theirs: frozenset[str]

    def or_else(self, other: Known) -> Known:
        """With what another record says of what this one does not."""
        return Known({**other.facts, **self.facts}, self.theirs | other.theirs)

    def keys_of(self, fact: Fact) -> list[str]:
        """The keys that hold a fact; a child's name is nobody else's."""
        names = {same(self.facts[key]) for key in self.theirs}
        if fact["kind"] == THEIRS and self.theirs:
            return [key for key, value in self.facts.items() if same(value) in names]
        found = [key for key, value in self.facts.items() if is_held(fact, key, value)]
        return [key for key in found if fact["kind"] != "name" or same(self.facts[key]) not in names]


def known_of(
    answer: Any, given: Mapping[str, Any], look_up: ToolModel, model: AgentModel, chosen: Chosen = FIRST
) -> Known:
    """What a caller with these `given` facts could say of the record that a look-up answers; of each list of
    what is theirs only the chosen thing, else the first.
    """
    words, record, theirs = words_in(model.judged), dict(given), set[str]()
    callers, noun = in_all("nouns", "callers"), look_up.name.noun if look_up.name else ""
    own = singular_of(head_of(noun))
    for path, value in leaves(record_in(answer)):
        if not (path and isinstance(value, str)):
            continue
        if _is_called(path, value) or is_half_told(key_of(path), value):
            continue
        if not is_listed(of_first_person(path)):
            record.setdefault(key_of_person(path, value), value)
        elif same(value) in {same(one) for one in given.values()}:
            continue
        elif is_full_name(value) and words.singular(str(path[0])) in callers:
            record.setdefault("full_name", value)
        elif (
            len(path) >= LISTED
            and path[-2] == chosen.get(path[:-2], 0)
            and key_words(key_of(path))[-1:] == ("name",)
        ):
            item = words.singular(str(path[-LISTED]))
            key = snake(key_of(path) if item == own else f"{item} {key_of(path)}")
            theirs |= set() if item == own else {key}
            record.setdefault(key, value)
        elif is_full_name(value) and _is_of_a_bare_list(path) and not any(map(is_full_name, record.values())):
            record.setdefault("full_name", value)
        elif _is_known_of_a_thing(path, value, chosen):
            record.setdefault(snake(key_of(path)), value)
    record = _codes_of(record) | record
    if not any(map(is_part_of_a_phone, record)):
        phones = {key: value for key, value in record.items() if kind_of(key, value) == "phone"}
        record |= {f"{key}_last4": str(value)[-4:] for key, value in phones.items()}
    return Known(record, frozenset(theirs))


def _is_known_of_a_thing(path: Path, value: str, chosen: Chosen) -> bool:
    """Whether it is a day of the chosen thing, or the end of its holder's phone number."""
    if is_part_of_a_phone(key_of(path)):
        return path[-2:-1] == (chosen.get(path[:-2], 0),)
    return path[-2:-1] == (chosen.get(path[:-2], ""),) and kind_of(key_of(path), value) == "date"


def _is_called(path: Path, value: str) -> bool:
    """Whether it is what a thing is called, and nobody: the `name` of a `plan`."""
    bare = key_words(key_of(path)) == ("name",) and not is_listed(path)
    return bare and not (names_person(path) or is_full_name(value))


def _is_of_a_bare_list(path: Path) -> bool:
    """Whether a value is one of a list of nothing but such: `authorized_names`, 0."""
    return len(path) == LISTED - 1 and isinstance(path[1], int)


def _codes_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The ZIP code or postcode at the end of an address."""
    found = (m for value in record.values() if isinstance(value, str) and (m := _CODE.search(value)))
    return {key: code for match in found for key, code in match.groupdict().items() if code}


def is_held(fact: Fact, key: str, value: Any) -> bool:
    """Whether a value under a key is such a fact."""
    if fact["kind"] == WHOLE:
        return is_full_name(value) and (key_words(key)[-1:] == ("name",) or kind_of(key, value) == "name")
    if fact["kind"] == "name" and key_words(key)[-1:] == ("name",) and kind_of(key, value) != "name":
        return False
    if fact["kind"] == "name" and is_full_name(value):
        people = in_all("nouns", "people")
        return kind_of(key, value) == "name" or not people.isdisjoint(key_words(key)[-1:])
    if fact["kind"] == "phone" and is_part_of_a_phone(key):
        return True
    words = set(key_words(key))
    if not words.isdisjoint(fact.get("not_words", ())):
        return False
    if not words.isdisjoint(fact.get("in_front_of", ())):
        return str(value)[:1].isdigit()
    return kind_of(key, value) == fact["kind"] or not words.isdisjoint(fact["words"])
