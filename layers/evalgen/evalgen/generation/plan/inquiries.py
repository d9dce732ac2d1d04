"""Tests of what is on record: a fact that a look-up answers, the things that are on file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_of_records import known_of
from evalgen.generation.plan.caller import caller_of, identifies_first
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.kept_back import is_over_by_a_rule, ruling
from evalgen.generation.plan.known_facts import Known
from evalgen.generation.plan.list_inquiries import list_test
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import MOST_STEPS, ExpectedCall, Ground, Test
from evalgen.generation.plan.told import pointer
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of

MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that callers ask for, the thing that it is of (empty: none), and the task of asking."""

    fact: Known
    noun: str
    served: Served


def inquiry_tests(tool: ToolModel, model: AgentModel) -> Iterator[Test]:
    """For each success of a read: up to MOST_FACTS of its facts, each asked for by name; its list by name."""
    for chain, asked in _asked(tool, model):
        for one in asked:
            if test := _fact_test(chain, one, model):
                yield test
        if test := list_test(chain, tool, model, grammar_of(model.spoken)):
            yield test


def first_asked(tool: ToolModel, model: AgentModel) -> Asked | None:
    """What callers ask of a look-up first, whatever they are told of it."""
    known = ((noun, facts) for _, noun, facts in known_of(tool, model) if facts)
    return next((wished(facts[0], noun, tool, model) for noun, facts in known), None)


def _asked(tool: ToolModel, model: AgentModel) -> Iterator[tuple[Chain, list[Asked]]]:
    """Each chain that ends in a success of a read, with what callers ask of it and is not kept back."""
    for chain, noun, facts in known_of(tool, model):
        kept_back = ruling(chain.last.call, model) or is_over_by_a_rule(chain.last.call, model)
        told = [] if kept_back else facts[:MOST_FACTS]
        yield chain, [wished(fact, noun, tool, model) for fact in told]


def wished(fact: Known, noun: str, tool: ToolModel, model: AgentModel) -> Asked:
    grammar = grammar_of(model.spoken)
    label = grammar.the(fact.label)
    if not noun and tool.name and fact.label in grammar.words.tables["facts"]["of_something"]:
        noun = grammar.words.singular(tool.name.noun)
    a_noun = _whose(noun, grammar) if noun else ""
    wish = str(model_frame(model, "about_fact" if noun else "about_bare_fact")).format(
        the_label=label, a_noun=a_noun
    )
    return Asked(fact, noun, Served(tool, wish, False, None))


def _whose(noun: str, grammar: Grammar) -> str:
    """`your order`, of what people call about where it is their own; of other things one of them."""
    owned = head_of(noun) in grammar.words.tables["facts"]["owned"]
    return str(grammar.words.tables["facts"]["yours"]).format(noun=noun) if owned else grammar.a(noun)


def walk_of(chain: Chain, asked: Asked, model: AgentModel) -> tuple[Walk, list[ExpectedCall]] | None:
    """The way of who asks, and all calls: with those that identify a caller, where the prompt wants that
    first and the look-up does not need it.
    """
    who = None
    if identifies_first(model) and not any(p.tool.role == "identify" for p in chain.calls):
        who = caller_of(model, f"{asked.fact.label}/{chain.last.call.input}")
    known = {key: value for key, _, value in who.facts} if who and who.chain else {}
    way = walk(chain, asked.served, model, known=known)
    if way is None or not who or not known.items() & way.script.profile.items():
        return (way, list(way.calls)) if way else None
    for key, noun, value in who.facts:
        if value not in way.script.profile.values() and len(way.script.steps) < MOST_STEPS - 2:
            way.script.add(way.script.spoken.answer(way.script.keep(key, value), noun))
    first = [replace(call, id=f"w{call.id}", after=()) for call in who.calls]
    return way, [*first, *way.calls]


def _fact_test(chain: Chain, asked: Asked, model: AgentModel) -> Test | None:
    fact, noun, grammar = asked.fact, asked.noun, grammar_of(model.spoken)
    walked = walk_of(chain, asked, model)
    if walked is None:
        return None
    way, calls = walked
    script, label = way.script, grammar.the(fact.label)
    judged = script.judged.grammar
    ground = [Ground(call=way.last_call, path=pointer(fact.path))]
    step = way.last_step
    the_noun = judged.the(noun) if noun else ""
    slots = {"the_label": judged.the(fact.label), "the_noun": the_noun, "value": fact.value}
    script.expect("label_is" if noun else "bare_label_is", "says", ground, step, **slots)
    if way.last_step < 2:
        script.say("repeat_label", the_label=label)
    script.say("end_label", the_label=label)
    a_noun = grammar.a(noun) if noun else ""
    name = script.spoken.name("fact" if noun else "bare_fact", the_label=label, a_noun=a_noun)
    key = (asked.served.tool.tool.name, fact.label, entry_key(way))
    return finish(script, model, "fact", key, name, chain=chain, calls=calls)


def model_frame(model: AgentModel, name: str) -> str:
    return str(load(model.spoken, "plan")["wishes"][name])
