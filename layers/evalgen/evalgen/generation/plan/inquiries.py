"""Tests of what is on record: a fact that a look-up answers, the things that are on file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.caller import caller_of, identifies_first
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.kept_back import ruling
from evalgen.generation.plan.known_facts import Known, facts_of, names_one
from evalgen.generation.plan.list_inquiries import list_test
from evalgen.generation.plan.tasks import Served, said_name
from evalgen.generation.plan.test import MOST_STEPS, ExpectedCall, Ground, Test
from evalgen.generation.plan.things import listed_in
from evalgen.generation.plan.told import pointer
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import plain_text
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, leaves, lists_in, plain, words_of

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
        told = [] if ruling(chain.last.call, model) else facts[:MOST_FACTS]
        yield chain, [wished(fact, noun, tool, model) for fact in told]


def known_of(tool: ToolModel, model: AgentModel) -> Iterator[tuple[Chain, str, list[Known]]]:
    """Each of these chains with the thing that it is about (empty: none) and all that it tells of that."""
    grammar = grammar_of(model.spoken)
    words = said_name(tool, grammar)
    if words is None or tool.role not in ("read", "identify"):
        return
    for call in tool.calls.get("success", []):
        alone = model.flow.chain(tool, call)
        if alone is None or not any(True for by in ("caller", "variable") for _ in alone.inputs(by)):
            continue
        chain = model.flow.with_lookups(alone)
        if chain is None or _is_on_the_way(alone, grammar) or _is_of_an_offer(call, grammar):
            continue
        noun = _thing(words[1], tool, grammar)
        if noun and " " in noun and not model.says(noun):
            continue
        known = () if noun is None else facts_of(call, chain, model, grammar)
        facts = _but_proofs(known, model)
        own = _is_list_of(noun or "", call.output, grammar)
        asked = (one for one in facts if _is_asked_of(one.label, noun or "", grammar))
        asked = (one for one in asked if not _is_standing(one, tool, grammar))
        asked = (one for one in asked if not _has_an_unread_rule(value_at(call.output, one.path), model))
        yield chain, noun or "", [one for one in asked if len(one.path) > 1 or not own]


def _but_proofs(facts: Iterable[Known], model: AgentModel) -> list[Known]:
    """Those that callers are not asked for themselves, to be compared with the record."""
    texts = model.once("proofs", (), lambda: _asking_for_proofs(model)) if model.judged else []
    return [fact for fact in facts if not any(plain(fact.label) in text for text in texts)]


def _asking_for_proofs(model: AgentModel) -> list[str]:
    compares = load(model.judged, "identity")["compares_asked"]
    return [text for s in model.prompt.statements if re.search(compares, text := plain_text(s.text))]


def _is_list_of(noun: str, output: Any, grammar: Grammar) -> bool:
    """Whether an answer lists such things: what stands beside the list is no fact of one of them."""
    lists = lists_in(output) if noun else ()
    own = noun.rsplit(maxsplit=1)[-1:]
    return any([grammar.words.singular(words_of(key)[-1])] == own for key in lists)


def _is_standing(one: Known, tool: ToolModel, grammar: Grammar) -> bool:
    """Whether a fact is `expired` in some record: it is a state, and not how far something has got."""
    held = (value_at(call.output, one.path) for call in tool.calls.get("success", ()))
    return any(plain(str(value)) in grammar.words.tables["facts"]["standing"] for value in held)


def _has_an_unread_rule(value: Any, model: AgentModel) -> bool:
    """Whether an item of the prompt begins with this state and is not read whole: `"awaiting_approval": give
    the amount. …`
    """
    if not isinstance(value, str):
        return False
    label = re.compile(rf"\W*{re.escape(value)}[\"”’'`*]*:")
    return any(label.match(text) for text in model.once("unread items", (), lambda: _unread_items(model)))


def _unread_items(model: AgentModel) -> list[str]:
    """The sentences of the items that are not read whole."""
    unread = {s.lines for s in model.prompt.statements if not s.sure}
    return [s.text for s in model.prompt.statements if s.lines in unread]


def _is_asked_of(label: str, noun: str, grammar: Grammar) -> bool:
    """Whether people ask for this of such a thing: an order has a status and a date, a tenancy and an account
    (`account status`) have none, and what was paid for a ticket its buyer knows.
    """
    facts, last = grammar.words.tables["facts"], plain(noun.rsplit(maxsplit=1)[-1]) if noun else ""
    label = label.removeprefix(f"{last} ")
    label = label.split()[-1] if label.split()[-1:] == ["status"] else label
    if last in facts["summed"]:
        return label in facts["sums_of_those"]
    if last in facts["bought"] and label in facts["paid"]:
        return False
    return label not in facts["of_tracked"] or last in facts["tracked"]


def _is_on_the_way(chain: Chain, grammar: Grammar) -> bool:
    """Whether a look-up takes something that was offered: a step of a deed, which nobody calls for alone."""
    offered = (listed_in(chain, one, grammar) for one in chain.last.inputs)
    return any(thing is not None and thing.offered for thing in offered)


def _is_of_an_offer(call: MockCall, grammar: Grammar) -> bool:
    """Whether a look-up of nobody's own says that something can be had: it serves a deed alone."""
    offers, own = set(grammar.words.tables["nouns"]["offers"]), call.output
    asked = isinstance(own, dict) and any(len(w := key_words(key)) == 1 and offers & set(w) for key in own)
    return asked and not any(names_one(path, value) for path, value in leaves(call.input))


def _thing(noun: str, tool: ToolModel, grammar: Grammar) -> str | None:
    """What a look-up is about: a parcel, an order, of `order status` too; empty for a fact alone (`balance`).

    None for people, whom nobody asks about, and for what is on offer.
    """
    *before, last = grammar.words.singular(noun).split()
    if before and plain(last) in grammar.words.tables["nouns"]["views"]:
        *before, last = before
    if tool.role == "identify" or plain(last) in grammar.words.tables["nouns"]["offers"]:
        return None
    if plain(last) in grammar.words.tables["nouns"]["uncounted"]:
        return ""
    if plain(last) not in grammar.words.tables["facts"]["heads"]:
        return " ".join([*before, last])
    return " ".join(before) if grammar.rules["head"] == "last" or not before else None


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
    owned = plain(noun.rsplit(maxsplit=1)[-1]) in grammar.words.tables["facts"]["owned"]
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
