"""Tests of callers who do not have what their record is found by, where the prompt says what is done then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.reactions import Reaction, end_of, expect_reaction
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Input
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.identity import nouns_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import kind_of, plain


def lacking_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """At the first look-up of a caller: the fact is asked for and not there."""
    if model.spoken != model.judged:
        return
    number = next((n for n, p in enumerate(chain.calls) if p.tool.role == "identify"), None)
    asked = [i for i in chain.calls[number].inputs if i.by == "caller"] if number is not None else []
    if number is None or len(asked) != 1 or not (cases := _cases(asked[0], model)):
        return
    way = walk(chain, served, model, number)
    step = way.given.get((number, "/".join(map(str, asked[0].where))), 0) if way else 0
    if way is None or step != way.last_step - _standing_behind(way, step):
        return
    if test := _test(way, number, step, asked[0], cases, model):
        yield test


def _cases(one: Input, model: AgentModel) -> tuple[Statement, ...]:
    """The sure cases of callers who do not have a fact; none where one of them is not certain."""
    grammar, lacks = grammar_of(model.spoken), load(model.judged, "rules")["lacks"]
    nouns = nouns_of(one.key, input_noun(one.key, one.value, grammar), model.judged)
    found = []
    for statement in model.prompt.statements:
        text = statement.condition.text if statement.condition else statement.text
        match = re.search(lacks, plain(text))
        if match and plain(match["x"]) in nouns:
            found.append(statement)
    return tuple(found) if all(s.sure and s.kind == "case" and not s.outer for s in found) else ()


def _standing_behind(way: Walk, step: int) -> int:
    return sum(one.moment.standing for one in way.script.steps[step:])


def _test(
    way: Walk, number: int, step: int, one: Input, cases: tuple[Statement, ...], model: AgentModel
) -> Test | None:
    reaction = Reaction(True, cases, cases)
    ending, script = end_of(way.script.spoken, reaction), way.script
    if ending is None or ending.moment.kind == "asked":
        return None
    grammar = script.spoken.grammar
    noun = input_noun(one.key, one.value, grammar)
    del script.steps[step - 1 :]
    script.profile = {k: v for k, v in script.profile.items() if kind_of(k, v) == "name"}
    place = script.say("give_nothing", the_input=grammar.the(noun))
    if not expect_reaction(script, reaction, place):
        return None
    ground = [Ground(lines=s.lines, statement=s.id) for s in cases]
    script.expect("not_done", "does_not", ground, place, **way.judged_slots)
    script.add(ending)
    name = script.spoken.name("lacking", Wish=way.served.wish, the_input=grammar.the(noun))
    key = (way.served.tool.tool.name, entry_key(way))
    calls = [call for position, call in enumerate(way.calls) if position < number]
    forbidden = [never(way.served.tool)]
    return finish(script, model, "lacking", key, name, calls=calls, forbidden=forbidden)
