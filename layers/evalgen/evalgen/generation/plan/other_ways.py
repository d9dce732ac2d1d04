"""Callers whom no record has, where the prompt has them looked for in another way before it gives up."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.cases import expect_duties
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.reacting import finished, react
from evalgen.generation.plan.reactions import Reaction
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.identity import nouns_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain


def asks_otherwise(reaction: Reaction, model: AgentModel) -> tuple[Statement, Duty] | None:
    """The rule by which a miss has the agent ask for other facts: `ask for the postcode and surname`."""
    finds = [tool for tool in model.tools.values() if tool.role == "identify"]
    again = load(model.judged, "rules")["looks_again"]
    for statement, duty in ((s, d) for s in reaction.statements for d in s.duties):
        named = any(_stands(name, "", duty, model) for tool in finds for name in tool.properties)
        if named and (duty.told.startswith("asked ") or re.search(again, duty.text)):
            return statement, duty
    return None


def other_way(
    chain: Chain,
    number: int,
    reaction: Reaction,
    asked: tuple[Statement, Duty],
    name: str,
    served: Served,
    model: AgentModel,
) -> Test | None:
    """Both look-ups find nobody, and what the prompt wants then; None where one of it is not certain."""
    statement, duty = asked
    if all(_stands(key, value, duty, model) for key, value in chain.calls[number].call.input.items()):
        return None
    both = _with_the_other(chain, number, duty, model)
    way = walk(both, served, model, number + 1) if both else None
    if way is None or way.last_step < 1 + len(way.chain.calls):
        return None
    first = max((step for (call, _), step in way.given.items() if call == number), default=1)
    if duty.heard:
        expect_duties(way.script, statement, [duty], first)
    else:
        grammar = way.script.judged.grammar
        nouns = [grammar.the(input_noun(i.key, i.value, grammar)) for i in way.chain.calls[number + 1].inputs]
        ground = [Ground(lines=statement.lines, statement=statement.id)]
        way.script.expect("asks_for", "asks", ground, first, the_inputs=grammar.listed(nouns))
    if not react(way, number + 1, served, model, reaction.without(statement)):
        return None
    return finished(way, number + 1, "no_record", name, model)


def _with_the_other(chain: Chain, number: int, duty: Duty, model: AgentModel) -> Chain | None:
    """With a look-up of just those facts that the duty asks for, which finds nobody either."""
    if grammar_of(model.judged).rules["or"] in plain(duty.text).split():
        return None
    for tool in model.tools.values():
        calls = tool.calls.get("no_match", ()) if tool.role == "identify" else ()
        for call in sorted(calls, key=lambda c: -len(c.input)):
            if call == chain.calls[number].call or not call.input:
                continue
            if all(_stands(key, value, duty, model) for key, value in call.input.items()):
                return model.flow.chain(tool, call, chain.calls[: number + 1])
    return None


def has_other_ways(played: Played) -> bool:
    """Whether a miss of the tool is told of facts by which it finds nobody else, or this call is that one: a
    second way to look.
    """
    found = [set(call.input) for call in played.tool.calls.get("success", ())]
    missed, own = [set(call.input) for call in played.tool.calls.get("no_match", ())], set(played.call.input)
    apart = [keys for keys in missed if not keys & own]
    return any(keys not in found or own not in found for keys in apart)


def _stands(key: str, value: Any, duty: Duty, model: AgentModel) -> bool:
    """Whether a duty names a fact, by whatever it is called."""
    nouns = nouns_of(key, input_noun(key, value, grammar_of(model.judged)), model.judged)
    return any(re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", plain(duty.text)) for noun in nouns)
