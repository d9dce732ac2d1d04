"""What callers ask of the answers of look-ups: the facts of a thing of theirs, by people's names for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.deed_words import said_name
from evalgen.generation.plan.known_facts import Known, facts_of, names_one
from evalgen.generation.plan.things import listed_in
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of
from evalgen.generation.values import is_listed, key_of, key_words, leaves, lists_in, plain, same, words_of


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
        asked = (one for one in asked if noun or not _is_of_several(one, chain))
        over = grammar.words.tables["facts"]["over"]
        asked = (one for one in asked if plain(one.value) not in over)
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


def _is_of_several(one: Known, chain: Chain) -> bool:
    """Whether another answer of the call has another value by the same name: the start of a policy and of its
    cover.
    """
    words, value = key_words(key_of(one.path)), value_at(chain.last.call.output, one.path)
    others = (p.call.output for p in chain.calls if p.call is not chain.last.call)
    return any(
        key_words(key_of(path)) == words and same(held) != same(value)
        for output in others
        for path, held in leaves(output)
        if not is_listed(path)
    )


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
    facts, last = grammar.words.tables["facts"], head_of(noun)
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
    tables = grammar.words.tables
    nobodys = (*tables["nouns"]["offers"], *tables["keys"]["prefixes"]["people"])
    if tool.role == "identify" or plain(last) in nobodys:
        return None
    if plain(last) in grammar.words.tables["nouns"]["uncounted"]:
        return ""
    if plain(last) not in grammar.words.tables["facts"]["heads"]:
        return " ".join([*before, last])
    return " ".join(before) if grammar.rules["head"] == "last" or not before else None
