"""Callers who ask for the state of what is theirs, where the prompt orders something for that state: `If the
status is on_hold, transfer to the front desk`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.generation.plan.about import is_of_another_tool
from evalgen.generation.plan.asked_of_records import known_of
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.inquiries import Asked, model_frame, walk_of, wished
from evalgen.generation.plan.kept_back import surely_ruling
from evalgen.generation.plan.reactions import Reaction, end_of, expect_reaction
from evalgen.generation.plan.test import Test
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel


def ruled_inquiry_tests(tool: ToolModel, model: AgentModel) -> Iterator[Test]:
    """One for each record of a look-up for whose state the prompt has the call passed on."""
    if model.spoken != model.judged:
        return
    states = model_frame(model, "states").split()
    for chain, noun, facts in known_of(tool, model):
        for fact in facts if noun else ():
            if fact.label in states and (test := _test(chain, wished(fact, noun, tool, model), model)):
                yield test


def _test(chain: Chain, asked: Asked, model: AgentModel) -> Test | None:
    tool, found = chain.last.tool.tool.name, surely_ruling(chain.last.call, model)
    rules = tuple(s for s in found if not is_of_another_tool(s, tool, model))
    walked = walk_of(chain, asked, model) if rules else None
    if walked is None:
        return None
    way, calls = walked
    script, grammar = way.script, grammar_of(model.spoken)
    reaction = Reaction(True, rules, rules)
    ending = end_of(script.spoken, reaction)
    if ending is None or not expect_reaction(script, reaction, way.last_step):
        return None
    script.add(ending)
    label, value = grammar.the(asked.fact.label), asked.fact.value
    name = script.spoken.name("ruled_fact", the_label=label, a_noun=grammar.a(asked.noun), value=value)
    key = (asked.served.tool.tool.name, asked.fact.label, entry_key(way), "ruled")
    return finish(script, model, "fact", key, name, chain=chain, calls=calls)
