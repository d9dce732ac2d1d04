"""Which look-ups a deed needs by its playbook, and in which order: the prompt's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.demanded import about_deed, demanded
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import PERSONAL, key_of, key_words, kind_of, leaves, same

_LAST = (10**6, 0)
SHORTEST_OWN_WORD = 5


def as_played(chain: Chain, served: Served, model: AgentModel) -> Chain:
    """The chain in the order in which the prompt names its calls.

    Look-ups that the playbook of the deed names are no longer optional; those that stand only in playbooks of
    other deeds are left out, unless a rule of this one is kept by their answers.
    """
    sections = model.sections
    own = sections.get(served.tool.tool.name, frozenset())
    if not own:
        return chain
    calls = []
    deeds = {s for name, t in model.tools.items() if t.role == "write" for s in sections.get(name, ())}
    for played in chain.calls:
        if played.optional and _is_for_others(played.tool.tool.name, served, model):
            continue
        named = sections.get(played.tool.tool.name, frozenset())
        if not played.optional or played.tool.role != "read" or named.isdisjoint(deeds):
            calls.append(played)
        elif shared := named & own:
            alone = model.playbooks.get(served.tool.tool.name, ()) in shared
            if alone or not _is_of_offers(played):
                calls.append(replace(played, optional=not _is_about(played, chain)))
        elif played.tool.tool.name in demanded(served, model) or _is_for_a_rule(played, chain, served, model):
            calls.append(played)
    return _in_order(Chain(tuple(calls)), chain, served, model)


def _is_for_others(name: str, served: Served, model: AgentModel) -> bool:
    """Whether a look-up is for other things that the tool of a deed does: what they take comes from it, or
    the playbook names it for them.
    """
    tool = model.tools[served.tool.tool.name]
    if any(name.lower() in tool.about(key) for key in served.tool.others_take):
        return True
    here = [s for s in model.prompt.statements if s.section == served.section and name in s.names]
    return bool(here) and all(s.id in served.elsewhere for s in here)


def _is_of_offers(played: Played) -> bool:
    """Whether a look-up shows what is free; in a playbook of several deeds it may be for another one."""
    return not any(kind_of(key_of(p), v) in ("id", "phone", "email") for p, v in leaves(played.call.input))


def _in_order(kept: Chain, chain: Chain, served: Served, model: AgentModel) -> Chain:
    """Each call as early as the prompt names it, behind those that it takes something from."""
    named = {played.tool.tool.name for played in kept.calls}
    known = model.once("places", served.key, lambda: _places(served, model))
    places = next((one for one in known if named <= one.keys()), known[-1])
    numbers, calls = dict[int, int](), list[Played]()
    waiting = [(_number(one, chain), one) for one in kept.calls]
    playbook = served.section in model.sections.get(served.tool.tool.name, ())
    while waiting:
        ready = [
            (n, p)
            for n, p in waiting
            if all(i.call in numbers for i in p.inputs if i.by == "answer")
            and (p.call is not chain.last.call or len(waiting) == 1)
        ]
        if not ready:
            return chain
        place, played = min(
            ready, key=lambda w: (places.get(w[1].tool.tool.name, _LAST) if playbook else _LAST, w[0])
        )
        waiting.remove((place, played))
        numbers[place] = len(calls)
        calls.append(played.renumbered(numbers))
    return Chain(tuple(calls))


Places = dict[str, tuple[int, int]]
"""By tool the number of a sentence and the place of the name in it."""


def _places(served: Served, model: AgentModel) -> tuple[Places, Places, Places]:
    """Where calls are named first: in the playbook of the deed, in no playbook of other deeds, anywhere."""
    own, usual, anywhere = Places(), Places(), Places()
    deeds = {s for name, t in model.tools.items() if t.role == "write" for s in model.sections.get(name, ())}
    others = deeds - model.sections.get(served.tool.tool.name, frozenset())
    for number, statement in enumerate(model.prompt.statements):
        for name in statement.names:
            place = (number, statement.text.index(name))
            anywhere.setdefault(name, place)
            if statement.section not in others:
                usual.setdefault(name, place)
            if served.section and statement.section == served.section:
                own.setdefault(name, place)
    return own, usual, anywhere


def _number(one: Played, chain: Chain) -> int:
    return next(n for n, p in enumerate(chain.calls) if p.tool is one.tool and p.call is one.call)


def with_demanded(chain: Chain, served: Served, model: AgentModel) -> Chain:
    """The chain with the look-ups that a good agent makes in any case as such, and without those that the
    prompt names for other tasks alone.
    """
    wanted = demanded(served, model)
    others = model.once("elsewhere", served.key, lambda: frozenset(_elsewhere(served, model))) - wanted
    last = max((one.call for p in chain.calls for one in p.inputs if one.by == "answer"), default=-1)
    whole = chain.last.tool is served.tool
    calls = []
    for number, played in enumerate(chain.calls):
        spared = whole and played.optional and number > last and played.tool.tool.name in others
        if not spared or _is_of_its_thing(played, chain) or _is_for_a_rule(played, chain, served, model):
            needed = played.tool.tool.name in wanted and _is_about(played, chain)
            calls.append(replace(played, optional=played.optional and not needed))
    return Chain(tuple(calls))


def _is_of_its_thing(played: Played, chain: Chain) -> bool:
    """Whether a look-up is asked with nothing but an id of the thing that the deed is done to, and with what
    says who is calling: its record.
    """
    given = {same(v) for path, v in leaves(chain.last.call.input) if kind_of(key_of(path), v) == "id"}
    asked = [(key_of(path), v) for path, v in leaves(played.call.input)]
    ids = [(key, v) for key, v in asked if kind_of(key, v) not in PERSONAL]
    own = all(same(v) in given and in_all("nouns", "people").isdisjoint(key_words(key)) for key, v in ids)
    return played.tool.role == "read" and bool(ids) and own


def _is_about(played: Played, chain: Chain) -> bool:
    """Whether a look-up can be made, and is the only one of its tool or about the same thing as the deed."""
    same_tool = [p for p in chain.calls if p.tool is played.tool]
    of_deed = {same(value) for _, value in leaves(chain.last.call.input)}
    shares = any(same(value) in of_deed for _, value in leaves(played.call.input))
    return chain.is_known(played) and (len(same_tool) == 1 or shares)


def _elsewhere(served: Served, model: AgentModel) -> Iterator[str]:
    """The look-ups that the prompt names, and none of whose sentences is about this deed."""
    here = {name for s in about_deed(served, model) for name in s.names}
    for name in model.mentioned:
        if model.tools[name].role == "read" and name not in here:
            yield name


def _is_for_a_rule(played: Played, chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a rule that may forbid the deed speaks of what this look-up answers."""
    return played.tool.tool.name in _for_rules(served, model) and chain.is_known(played)


def _for_rules(served: Served, model: AgentModel) -> frozenset[str]:
    """The look-ups of whose answers a rule that may forbid the deed speaks, in words that no other has."""
    return model.once("for_rules", served.key, lambda: frozenset(_spoken_of(served, model)))


def _spoken_of(served: Served, model: AgentModel) -> Iterator[str]:
    restricts = load(model.judged, "rules")["restricts"]
    rules = [s.text for s in about_deed(served, model) if not s.tools]
    said = {w for text in rules if re.search(restricts, text, re.IGNORECASE) for w in key_words(text)}
    own = model.once("own_words", "", lambda: _own_words(model))
    yield from (name for name, words in own.items() if model.tools[name].role == "read" and said & words)


def _own_words(model: AgentModel) -> dict[str, set[str]]:
    """By tool the words by which it and its answers are spoken of, and no other tool."""
    words = {name: _words_for(tool) for name, tool in model.tools.items()}
    times = Counter(word for those in words.values() for word in those)
    return {name: {word for word in those if times[word] == 1} for name, those in words.items()}


def _words_for(tool: ToolModel) -> set[str]:
    keys = {key_of(path) for call in tool.calls.get("success", ()) for path, _ in leaves(call.output)}
    texts = (tool.tool.name, tool.tool.description, *keys, *tool.properties)
    return {word for text in texts for word in key_words(text) if len(word) >= SHORTEST_OWN_WORD}
