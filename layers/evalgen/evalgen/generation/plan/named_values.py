"""The values of what a rule of the prompt has the agent say: `the day rate and the deposit` in figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.told import Fact, in_currency, pointer
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import Path, is_listed, key_of, key_words, kind_of, leaves, plain, same

Told = tuple[Fact, str, str]
"""A fact, the call whose answer holds it, and where in that."""


def named_values(
    text: str,
    way: Walk,
    model: AgentModel,
    brought: Fact | None = None,
    *,
    kinds: Collection[str] = ("money",),
) -> list[Told]:
    """The sums, or what else is of these `kinds`, that a text names, each once: of the answers before the
    deed, of a list what was chosen. What two answers say differently is left out, and so is an old total
    where the text names a new one. `brought` is the sum of the deed's own answer that the text names: none of
    theirs has its name.
    """
    said, found = plain(text), dict[str, list[Told]]()
    for name in (plain(brought.label), plain(brought.label).split()[-1]) if brought else ():
        said = said.replace(name, " ", 1)
    named_alone = load(model.judged, "rules")["named_alone"]
    for call, path, value in _before(way):
        if fact := _fact(path, value, model, kinds):
            found.setdefault(fact.label, []).append((fact, call, pointer(path)))
    last_words = [plain(label).split()[-1] for label in found]
    known = []
    for label, told in found.items():
        last = plain(label).split()[-1]
        alone = last_words.count(last) == 1 and "date" not in kinds
        names = [plain(label), *([last] if alone else [])]
        named = any(re.search(named_alone.replace("NAME", re.escape(name)), said) for name in names)
        if named and len({fact.value for fact, _, _ in told}) == 1:
            known.append(told[0])
    return known


def days_reckoned(text: str, way: Walk, model: AgentModel) -> list[Told]:
    """The days that a text names, the agent works out for the deed, and its answer says again."""
    last, said = way.chain.last, plain(text)
    own = {(one.key, same(one.value)) for one in last.inputs if one.by == "agent"}
    told = (
        _fact(path, value, model, ("date",))
        for path, value in leaves(last.call.output)
        if (key_of(path), same(value)) in own
    )
    named = (fact for fact in told if fact and re.search(rf"\b{re.escape(plain(fact.label))}\b", said))
    return [(fact, way.last_call, pointer(fact.path)) for fact in named]


def is_all_of(text: str, told: list[Told], model: AgentModel) -> bool:
    """Whether a text says nothing but these."""
    rest = plain(text)
    for fact, _, _ in told:
        rest = rest.replace(plain(fact.label), " ")
    around = grammar_of(model.judged).words.tables["facts"]["around"]
    return bool(told) and not [word for word in re.findall(r"\w+", rest) if word not in around]


def _before(way: Walk) -> Iterator[tuple[str, Path, Any]]:
    for number, (played, call) in enumerate(zip(way.chain.calls, way.calls, strict=True)):
        if played.tool is way.served.tool or played.optional:
            continue
        chosen = [choice.thing.place for choice in way.choices if choice.thing.call == number]
        for path, value in leaves(played.call.output):
            if not is_listed(path) or any(path[: len(place)] == place for place in chosen):
                yield call.id, path, value


def _fact(path: Path, value: Any, model: AgentModel, kinds: Collection[str]) -> Fact | None:
    grammar, key = grammar_of(model.judged), key_of(path)
    kind = kind_of(key, value)
    if kind not in kinds or not value:
        return None
    said = grammar.said(key, value)
    label = grammar.words.noun_of(key)
    if kind == "date":
        named = grammar.words.tables["facts"]["ends"].get(key_words(key)[-1], label)
        return Fact(path, named, said) if " " in named else None
    told = in_currency(value, said, model)
    return Fact(path, label, told) if told else None
