"""Who is calling where no task is played: a person of the mock data, or an invented one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_facts import CALLERS, answer_of, whose
from evalgen.generation.plan.asked_groups import asked_in
from evalgen.generation.plan.choices import spoken_value
from evalgen.generation.plan.handled_first import is_handled_first
from evalgen.generation.plan.identity_asked import asked_besides
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.people_listed import allowed_names
from evalgen.generation.plan.script import Script
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.plan.way import expected_calls
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.entries import is_found_otherwise
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.identity import Compared, key_of_person
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import in_all
from evalgen.generation.values import (
    is_listed,
    is_whole_name,
    key_of,
    key_words,
    kind_of,
    leaves,
    names_person,
    number_of,
    same,
    snake,
)


@dataclass(frozen=True)
class Caller:
    """What a caller answers if asked who they are; the calls that identify them may or may not be made.

    `whole`: nothing is known that the agent asks of every caller and they cannot answer.
    """

    facts: tuple[tuple[str, str, Any], ...]
    """(key of the profile, what it is asked as, value)"""
    chain: Chain | None = None
    whole: bool = True

    @property
    def calls(self) -> list[ExpectedCall]:
        if self.chain is None:
            return []
        return [replace(call, optional=True) for call in expected_calls(self.chain)]

    def answer(self, script: Script) -> None:
        """Add the standing answers."""
        for key, noun, value in dict.fromkeys(self.facts):
            script.add(script.spoken.answer(script.keep(key, value), noun))


def caller_of(model: AgentModel, choice: str, *, owing: bool = False) -> Caller:
    """One of those whom the agent can identify, else somebody who knows what every caller is asked, else a
    name; `choice` decides which. `owing`: one who has something to pay, if there is any.
    """
    grammar = grammar_of(model.spoken)
    if known := model.once("known callers", model.spoken, lambda: _known(model, grammar)):
        if owing:
            known = [one for one in known if one.chain and is_charged(one.chain, model)] or known
        return known[number_of(choice) % len(known)]
    if asked := [one.fact for group in asked_in(model) for one in group.asked if one.fact.get("person")]:
        number = number_of(choice) % CALLERS
        return Caller(
            tuple((f["key"], f["noun"], answer_of(f, whose(f, number, model), number, model)) for f in asked)
        )
    return somebody(model, choice)


def somebody(model: AgentModel, choice: str) -> Caller:
    """Somebody of whom no record speaks, with a name alone."""
    names = load(model.spoken, "people")["names"]
    noun = grammar_of(model.spoken).words.noun_of("name")
    return Caller((("full_name", noun, names[number_of(choice) % len(names)]),))


def _known(model: AgentModel, grammar: Grammar) -> list[Caller]:
    """Those whom the agent can identify, by what it asks for first, else by phone if it can, with the most
    answers that are compared.
    """
    chains = [
        chain
        for tool in model.tools.values()
        if tool.role == "identify"
        for call in tool.calls.get("success", [])
        if (chain := model.flow.chain(tool, call)) is not None
    ]
    by_phone = [c for c in chains if any(kind_of(i.key, i.value) == "phone" for _, i in c.inputs("caller"))]
    entries = model.flow.entries
    by_entry = [c for c in chains if entries and not is_found_otherwise(c.last, entries)]
    first = _first_named({chain.last.tool.tool.name for chain in chains}, model)
    by_first = [c for c in chains if c.last.tool.tool.name == first]
    chains = by_entry or by_first or by_phone or chains
    counts = [len(_compared(chain, model)) for chain in chains]
    chains = [chain for chain, count in zip(chains, counts, strict=True) if count == max(counts)]
    chains = [chain for chain in chains if not is_handled_first(chain, model)] or chains
    chains = [chain for chain in chains if not _is_over(chain, model)] or chains
    callers = [_of_chain(chain, model, grammar) for chain in chains]
    return [caller for caller in callers if caller.whole] or callers


def _first_named(look_ups: Collection[str], model: AgentModel) -> str:
    """Of several look-ups that identify callers the one that is named first; empty where there is one."""
    named = (name for s in model.prompt.statements for name in s.names if name in look_ups)
    return next(named, "") if len(look_ups) > 1 else ""


def _is_over(chain: Chain, model: AgentModel) -> bool:
    """Whether the record of somebody is of what is done, cancelled, or not there."""
    over = set(load(model.judged, "rules")["over"]) if model.judged else set[str]()
    states = (plain_text(str(value)) for path, value in leaves(chain.last.record) if not is_listed(path))
    return any(state in over for state in states)


def _of_chain(chain: Chain, model: AgentModel, grammar: Grammar) -> Caller:
    given = [(one.key, one.value) for _, one in chain.inputs("caller")]
    facts = {snake(key): (input_noun(key, value, grammar), value) for key, value in given}
    told = {same(value) for _, value in facts.values()}
    facts |= {
        one.key: (one.noun, one.value) for one in _compared(chain, model) if same(one.value) not in told
    }
    for path, value in leaves(chain.last.call.output):
        key = key_of_person(path, value) if path else ""
        named = any(is_whole_name(known, one) for known, (_, one) in facts.items())
        if path and not named and kind_of(key, value) == "name" and key not in facts and names_person(path):
            facts[key] = (input_noun(key, value, grammar), value)
    own = {key: value for key, (_, value) in facts.items()}
    besides = asked_besides(model, chain.last, own, lambda _, keys: not own.keys().isdisjoint(keys))
    facts |= {key: (input_noun(key, value, grammar), value) for key, value in (besides or {}).items()}
    if not any(kind_of(key, value) == "name" for key, (_, value) in facts.items()):
        allowed = allowed_names(chain)
        facts |= {key: (grammar.words.noun_of("full_name"), value) for key, value in allowed.items()}
    said = _said(chain, model, grammar)
    answers = tuple((key, noun, said.get(key, value)) for key, (noun, value) in facts.items())
    return Caller(answers, chain, besides is not None)


def _said(chain: Chain, model: AgentModel, grammar: Grammar) -> dict[str, Any]:
    """What callers give of what the calls take, as they say it."""
    prompt = model.definition.description
    spoken = (
        (one.key, spoken_value(played, str(one.where[0]), one, grammar, prompt))
        for played, one in chain.inputs("caller")
    )
    return {snake(key): value for key, value in spoken if value is not None}


def identifies_first(model: AgentModel) -> bool:
    """Whether the prompt orders that callers are identified, whatever they call for.

    What is not read with certainty in front of the order, in its section, may be the case in which it holds.
    """
    return model.once("identifies first", "", lambda: _identifies_first(model))


def _identifies_first(model: AgentModel) -> bool:
    tools = {name for name, tool in model.tools.items() if tool.role == "identify"}
    return any(
        not one.condition and not one.outer and tools & set(one.tools) and not _after_unread(one, model)
        for one in model.sure("order")
    )


def _after_unread(order: Statement, model: AgentModel) -> bool:
    beside = [one for one in model.prompt.statements if one.section == order.section]
    return any(one.kind == "unread" for one in beside[: beside.index(order)])


def _compared(chain: Chain, model: AgentModel) -> tuple[Compared, ...]:
    given = frozenset(same(one.value) for _, one in chain.inputs("caller"))
    return model.compared(chain.last.call.output, given)


def is_charged(chain: Chain, model: AgentModel) -> bool:
    """Whether the record of who is calling has a sum to pay; where it has fees of its own, one of those."""
    sums = set(grammar_of(model.judged).words.tables["facts"]["sums_brought"])
    sums.update(load(model.judged, "records")["owed"])
    charges = in_all("facts", "charged")
    held = [
        (key_words(key_of(path)), value)
        for path, value in leaves(chain.last.call.output)
        if type(value) in (int, float)
    ]
    if fees := [value for words, value in held if not charges.isdisjoint(words)]:
        return any(value > 0 for value in fees)
    return any(value > 0 and sums & set(words[-1:]) for words, value in held)
