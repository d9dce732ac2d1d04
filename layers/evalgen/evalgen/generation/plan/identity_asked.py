"""What callers may be asked for before they are known, in whatever words: answered, or nothing is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.plan.asked_of_callers import Fact, demands
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Played, record_in
from evalgen.generation.read.identity import is_full_name, key_of_person
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all, singular_of, words_in
from evalgen.generation.values import (
    Path,
    is_listed,
    is_part_of_a_phone,
    key_of,
    key_words,
    kind_of,
    leaves,
    of_first_person,
    only_record,
    plain,
    same,
    snake,
)

THEIRS = "pet's or child's name"
WHOLE = "whole name"
LISTED = 3
"""The place of a list's name in a path, from its end: `swimmers`, 0, `first_name`."""
_CODE = re.compile(r"(?P<zip>(?<=[A-Z]{2} )\d{5})$|(?P<postcode>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$")
Given = Callable[[Fact, Sequence[str]], bool]
"""Whether a fact, which is held under some keys, is given already."""
Chosen = Mapping[Path, int]
_FIRST: Chosen = {}


def answer_identity(way: Walk, model: AgentModel, place: int, made: Chain) -> int | None:
    """Add standing answers behind step `place` for what the prompt may ask of every caller and no step gives;
    `made` are the calls of the chain that are made.

    Answers how many came in; None where something is neither given nor in the caller's record, or is taken by
    the look-up, which has been asked without it.
    """
    found = _found_by(made)
    if found is None:
        return 0
    script = way.script
    chosen = {value for choice in way.choices for _, _, value in choice.told.values}
    own = {key: value for key, value in script.profile.items() if value not in chosen}
    others = script.profile.keys() - own.keys()

    def is_given(fact: Fact, keys: Sequence[str]) -> bool:
        return _is_said(fact, [key for key in keys if key not in others], script)

    section = way.served.section if way.chain.last.tool is way.served.tool else ()
    besides = asked_besides(model, found, own, is_given, _chosen_of(found, made), section)
    if besides is None:
        return None
    for number, (key, known) in enumerate(besides.items()):
        value, noun = script.keep(key, known), script.spoken.grammar.words.noun_of(key)
        for told, step in enumerate(script.steps):
            if value in step.action and any(choice.words in step.action for choice in way.choices):
                script.steps[told] = replace(step, moment=replace(step.moment, standing=True))
        script.steps.insert(place + number, script.spoken.answer(value, noun))
    return len(besides)


def _found_by(made: Chain) -> Played | None:
    """The look-up of who is calling, or else the first that takes what callers say."""
    reads = (p for p in made.calls if p.tool.role == "read" and not is_open_to_all(p))
    return made.identifying or next((p for p in reads if any(one.by == "caller" for one in p.inputs)), None)


def _chosen_of(found: Played, made: Chain) -> Chosen:
    """Which things of the record of who is calling the calls are about."""
    place, start = made.calls.index(found), len(only_record(found.call.output))
    taken = (
        one.path[start:] for p in made.calls for one in p.inputs if one.by == "answer" and one.call == place
    )
    return {path[:n]: step for path in taken for n, step in enumerate(path) if isinstance(step, int)}


def asked_besides(
    model: AgentModel,
    found: Played,
    own: Mapping[str, Any],
    is_given: Given,
    chosen: Chosen = _FIRST,
    section: tuple[str, ...] = (),
) -> dict[str, Any] | None:
    """What the prompt may ask besides of a caller who is looked up and has these `own` facts, by key; None
    where their record has no answer, or the look-up takes it and has been asked without it. `chosen` are the
    places of the things that the call is about, by the lists that they stand in; of other lists the first.
    `section` is the playbook of the deed, if there is one.
    """
    asked = demands(model, found.tool.tool.name, section)
    if any(all(_is_half_asked(one, found) for one in demand) for demand in asked):
        return None
    besides: dict[str, Any] = {}
    if found.answer != "success":
        return besides
    known = _known(found.call.output, own, found.tool, model, chosen)

    def is_told(fact: Fact, keys: Sequence[str]) -> bool:
        return not besides.keys().isdisjoint(keys) or is_given(fact, keys)

    for demand in asked:
        answers = (_missing(one, known, is_told) for one in demand if not _is_half_asked(one, found))
        missing = min((one for one in answers if one is not None), key=len, default=None)
        if missing is None:
            return None
        besides |= {key: known.facts[key] for key in missing}
    return besides


@dataclass(frozen=True, slots=True)
class _Known:
    """What a caller could say of a record, by key; `theirs` are those of names of pets or children in it."""

    facts: Mapping[str, Any]
    theirs: frozenset[str]

    def keys_of(self, fact: Fact) -> list[str]:
        """The keys that hold a fact; a child's name is nobody else's."""
        names = {same(self.facts[key]) for key in self.theirs}
        if fact["kind"] == THEIRS and self.theirs:
            return [key for key, value in self.facts.items() if same(value) in names]
        found = [key for key, value in self.facts.items() if _is_held(fact, key, value)]
        return [key for key in found if fact["kind"] != "name" or same(self.facts[key]) not in names]


def _known(
    answer: Any, given: Mapping[str, Any], look_up: ToolModel, model: AgentModel, chosen: Chosen = _FIRST
) -> _Known:
    words, record, theirs = words_in(model.judged), dict(given), set[str]()
    callers, noun = in_all("nouns", "callers"), look_up.name.noun if look_up.name else ""
    own = singular_of(plain(noun.rpartition(" ")[2]))
    for path, value in leaves(record_in(answer)):
        if not (path and isinstance(value, str)):
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
        elif path[-2:-1] == (chosen.get(path[:-2], ""),) and kind_of(key_of(path), value) == "date":
            record.setdefault(snake(key_of(path)), value)
    record = _codes_of(record) | record
    phones = {key: value for key, value in record.items() if kind_of(key, value) == "phone"}
    record |= {f"{key}_last4": str(value)[-4:] for key, value in phones.items()}
    return _Known(record, frozenset(theirs))


def _is_of_a_bare_list(path: Path) -> bool:
    """Whether a value is one of a list of nothing but such: `authorized_names`, 0."""
    return len(path) == LISTED - 1 and isinstance(path[1], int)


def _codes_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The ZIP code or postcode at the end of an address."""
    found = (m for value in record.values() if isinstance(value, str) and (m := _CODE.search(value)))
    return {key: code for match in found for key, code in match.groupdict().items() if code}


def _missing(facts: Sequence[Fact], known: _Known, is_told: Given) -> list[str] | None:
    """The keys of what is not told yet; None where a fact is unknown."""
    missing: list[str] = []
    for fact in facts:
        keys = known.keys_of(fact)
        if not keys:
            return None
        if not is_told(fact, keys):
            missing.append(min(keys, key=len))
    return list(dict.fromkeys(missing))


def _is_said(fact: Fact, keys: Sequence[str], script: Script) -> bool:
    """Whether a step has a fact; a child's name only where it is given on its own."""
    said = [step.action for step in script.steps]
    if fact["kind"] == THEIRS:
        return any(script.spoken.giving(reference(key)) in said for key in keys)
    return any(reference(key) in action for key in keys for action in said)


def unanswered(model: AgentModel) -> Iterator[tuple[str, str]]:
    """(a look-up of callers, what they may be asked for that none holds), where that closes all behind it."""
    who = {n: t for n, t in model.tools.items() if t.role == "identify" and t.calls.get("success")}
    who = who if model.judged else {}
    known = [
        _known(call.output, {key_of(path): v for path, v in leaves(call.input) if path}, tool, model)
        for tool in who.values()
        for call in tool.calls["success"]
    ]
    for name in who:
        for demand in demands(model, name):
            lacking = [
                [fact for fact in facts if not any(k.keys_of(fact) for k in known)] for facts in demand
            ]
            if all(lacking):
                yield name, str(lacking[0][0]["kind"]).replace("_", " ")


def _is_half_asked(facts: Sequence[Fact], found: Played) -> bool:
    """Whether a look-up has been asked with one of these facts and not with another that it takes."""
    asked = {one.key for one in found.inputs}
    left_out = set(found.tool.properties) - set(found.call.input)
    return _takes(facts, asked) and _takes(facts, left_out)


def _takes(facts: Sequence[Fact], parameters: Collection[str]) -> bool:
    return any(_is_held(fact, name, "") for fact in facts for name in parameters)


def _is_held(fact: Fact, key: str, value: Any) -> bool:
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
