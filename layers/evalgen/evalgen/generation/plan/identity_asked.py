"""What callers may be asked for before they are known, in whatever words: answered, or nothing is certain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.plan.asked_of_callers import Fact, demands
from evalgen.generation.plan.known_of_callers import FIRST, THEIRS, Chosen, Known, is_held, known_of
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.selectors import key_held
from evalgen.generation.values import key_of, key_words, leaves, only_record

Given = Callable[[Fact, Sequence[str]], bool]
"""Whether a fact, which is held under some keys, is given already."""


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
    beside = [p for p in made.calls if p is not found]
    besides = asked_besides(model, found, own, is_given, _chosen_of(found, made), section, beside)
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
    chosen: Chosen = FIRST,
    section: tuple[str, ...] = (),
    others: Sequence[Played] = (),
) -> dict[str, Any] | None:
    """What the prompt may ask besides of a caller who is looked up and has these `own` facts, by key; None
    where their record has no answer, or the look-up takes it and has been asked without it. `chosen` are the
    places of the things that the call is about, by the lists that they stand in; of other lists the first.
    `section` is the playbook of the deed, if there is one. `others` are the calls beside the look-up: those
    that read answer for what it does not hold.
    """
    fields, holds = list(fields_of(found.call.output)), model.record_rules.holds
    inputs = (one for played in (found, *others) for one in played.inputs)
    given = {word for one in inputs if one.by == "caller" for word in key_words(one.key)}
    beside = frozenset(played.tool.tool.name for played in others)
    asked = [
        demand.ways
        for demand in demands(model, found.tool.tool.name, section, beside)
        if not demand.case or holds(demand.case, fields, by_states=True) is not False
        if given.isdisjoint(demand.instead)
    ]
    if any(all(_is_half_asked(one, found) for one in ways) for ways in asked):
        return None
    besides: dict[str, Any] = {}
    if found.answer != "success":
        return besides
    known = known_of(found.call.output, own, found.tool, model, chosen)
    for played in others:
        if played.tool.role == "read" and played.answer == "success" and not is_open_to_all(played):
            known = known.or_else(known_of(played.call.output, own, played.tool, model))

    otherwise = _found_otherwise(found)

    def is_told(fact: Fact, keys: Sequence[str]) -> bool:
        return not besides.keys().isdisjoint(keys) or is_given(fact, keys)

    for ways in asked:
        answers = (_missing(one, known, is_told) for one in ways if not _is_half_asked(one, found))
        missing = min((one for one in answers if one is not None), key=len, default=None)
        if missing is None or not otherwise.isdisjoint(missing):
            return None
        besides |= {key: known.facts[key] for key in missing}
    return besides


def _missing(facts: Sequence[Fact], known: Known, is_told: Given) -> list[str] | None:
    """The keys of what is not told yet; None where a fact is unknown."""
    missing: list[str] = []
    for fact in facts:
        keys = known.keys_of(fact)
        if not keys:
            return None
        if not is_told(fact, keys):
            missing.append(min(keys, key=lambda key: (key_words(key)[-1:] == ("id",), len(key))))
    return list(dict.fromkeys(missing))


def _found_otherwise(found: Played) -> set[str]:
    """What the answers of a look-up call the values that it finds others by, in the parameter that this call
    has something else in: who is found by the phone number has no card, or would have been asked for it.
    """
    asked = ((call, name) for call in found.tool.calls.get("success", ()) for name in call.input)
    held = {key_held(found.tool, name, call.input[name]) for call, name in asked}
    return held - {key_held(found.tool, name, value) for name, value in found.call.input.items()} - {""}


def _is_said(fact: Fact, keys: Sequence[str], script: Script) -> bool:
    """Whether a step has a fact; a child's name only where it is given on its own."""
    said = [step.action for step in script.steps]
    if fact["kind"] == THEIRS:
        return any(script.spoken.giving(reference(key)) in said for key in keys)
    return any(reference(key) in action for key in keys for action in said)


def unanswered(model: AgentModel) -> Iterator[tuple[str, str]]:
    """(a look-up of callers, what they may be asked for that none holds), where that closes all behind it."""
    reads = [t for t in model.tools.values() if t.role in ("identify", "read")] if model.judged else []
    who = [t.tool.name for t in reads if t.role == "identify" and t.calls.get("success")]
    known = [
        known_of(call.output, {key_of(path): v for path, v in leaves(call.input) if path}, tool, model)
        for tool in reads
        for call in tool.calls.get("success", ())
    ]
    for name in who:
        for demand in demands(model, name):
            lacking = [
                [fact for fact in facts if not any(k.keys_of(fact) for k in known)] for facts in demand.ways
            ]
            if all(lacking):
                yield name, str(lacking[0][0]["kind"]).replace("_", " ")


def _is_half_asked(facts: Sequence[Fact], found: Played) -> bool:
    """Whether a look-up has been asked with one of these facts and not with another that it takes."""
    asked = {one.key for one in found.inputs}
    left_out = set(found.tool.properties) - set(found.call.input)
    return _takes(facts, asked) and _takes(facts, left_out)


def _takes(facts: Sequence[Fact], parameters: Collection[str]) -> bool:
    return any(is_held(fact, name, "") for fact in facts for name in parameters)
