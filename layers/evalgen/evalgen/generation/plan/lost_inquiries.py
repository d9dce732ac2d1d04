"""Tests of callers who ask about something that the look-up does not find, fails to look up, or finds in a
state of which the prompt has nothing told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.inquiries import Asked, first_asked, walk_of
from evalgen.generation.plan.kept_back import surely_ruling
from evalgen.generation.plan.reacting import give_again, tried_again
from evalgen.generation.plan.reactions import Reaction, end_of, expect_reaction, reaction_to
from evalgen.generation.plan.ruled_out_by import name_of_ruled
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.test import ExpectedCall, Ground, Test
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.chain import Input
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of, plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_of, same

FAMILIES: dict[Answer, str] = {"no_match": "no_record", "outage": "outage", "success": "ruled_out"}


def lost_inquiry_tests(tool: ToolModel, model: AgentModel) -> Iterator[Test]:
    """Of a look-up that nobody is identified by: one for each answer that finds nothing or is an outage."""
    asked = first_asked(tool, model) if tool.role == "read" and not _opens_deeds(tool, model) else None
    if asked is None or model.spoken != model.judged:
        return
    chains = (model.flow.chain(tool, call) for call in tool.calls.get("success", []))
    found = [chain.last for chain in chains if chain]
    for answer in FAMILIES:
        for call in tool.calls.get(answer, []):
            ruled = surely_ruling(call, model) if answer == "success" else []
            if answer == "success" and not ruled:
                continue
            alone = model.flow.chain(tool, call)
            if answer == "no_match" and any(played.has_another_id(call) for played in found):
                continue
            chain = model.flow.with_lookups(alone) if alone else None
            walked = walk_of(chain, asked, model) if chain else None
            if walked and (test := _test(*walked, asked, model, ruled)):
                yield test


def lost_caller_tests(model: AgentModel) -> Iterator[Test]:
    """Of who asks about something of their own and is not found, or cannot be looked up; for the first tool
    that answers callers who were identified before.
    """
    for tool in model.tools.values() if model.spoken == model.judged else ():
        asked = first_asked(tool, model) if tool.role == "read" else None
        chains = (model.flow.chain(tool, call) for call in tool.calls.get("success", []) if asked)
        who = next((c.identifying.tool for c in chains if c and c.identifying), None)
        if asked is None or who is None:
            continue
        for answer in ("no_match", "outage"):
            for call in who.calls.get(answer, []):
                chain = model.flow.chain(who, call)
                walked = walk_of(chain, asked, model) if chain else None
                if walked and (test := _test(*walked, asked, model, [])):
                    yield test
        return


def _opens_deeds(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a deed begins with this look-up too: what comes of it where it finds nothing is told there."""
    chains = (model.flow.chain(deed, call) for deed in model.deeds for call in deed.calls.get("success", []))
    return any(chain is not None and chain.calls[0].tool is tool for chain in chains)


def _test(
    way: Walk, calls: list[ExpectedCall], asked: Asked, model: AgentModel, ruled: list[Statement]
) -> Test | None:
    played, script = way.chain.last, way.script
    if _is_a_price(asked, model):
        return None
    known = way.chain.asked_before
    told = [one for one in played.inputs if one.by == "caller"]
    given = [one for one in told if same(one.value) not in known] or told
    reaction = Reaction(True, tuple(ruled)) if ruled else reaction_to(played, asked.served, model)
    step = way.last_step
    ending, missed = end_of(script.spoken, reaction), played.answer == "no_match"
    if not given or (reaction.known and (ending is None or ending.moment.kind == "asked")):
        return None
    if any(model.tools[name].role == "write" for s in reaction.statements for name in s.names):
        return None
    grammar = grammar_of(model.judged)
    label = grammar.the(asked.fact.label)
    ground = [Ground(call=way.last_call)]
    if reaction.known and not expect_reaction(script, reaction, step):
        return None
    if not reaction.known:
        script.expect(
            "no_record" if missed else "cannot_look_up", "says", ground, step, **_slots(way, given, asked)
        )
    if not ruled or any(duty.ban for statement in ruled for duty in statement.duties):
        frame = "not_given" if asked.noun else "bare_not_given"
        script.expect(frame, "does_not", ground, step, the_label=label, the_noun=grammar.the(asked.noun))
    if missed and (reaction.retries or not reaction.known):
        number = len(way.chain.calls) - 1
        give_again(script, [n for (call, _), n in way.given.items() if call == number])
    if ending is not None:
        script.add(ending)
    else:
        slots = {"the_items": grammar.the(asked.noun or asked.fact.label)}
        script.say("end_no_record" if missed else "end_unavailable", **slots)
    calls = [*calls, *(() if missed else tried_again(way.calls[-1], reaction, model))]
    name = _name_of_ruled(way, asked, ruled[0], model) if ruled else _name(way, given, asked, missed=missed)
    key = (played.tool.tool.name, played.tool.tool.name, entry_key(way), str(same(given[0].value)))
    family = FAMILIES[played.answer]
    return finish(script, model, family, key, name, chain=way.chain, calls=calls)


def _is_a_price(asked: Asked, model: AgentModel) -> bool:
    """Whether a fact is a price, and a table of the prompt has some, which anybody may hear."""
    paid = grammar_of(model.judged).words.tables["facts"]["paid"]
    amounts = (cell for s in model.prompt.statements for _, cell in s.row)
    return asked.fact.label.split()[-1] in paid and any(re.search(r"[$€£]\s?\d", cell) for cell in amounts)


def _slots(way: Walk, given: list[Input], asked: Asked) -> dict[str, str]:
    profile = way.script.profile
    ref = next((reference(k) for k, v in profile.items() if same(v) == same(given[0].value)), "")
    details = str(way.script.judged.frames["the_one"]["details"])
    the_items = way.script.judged.grammar.the(asked.noun or asked.fact.label)
    return {"value": details if len(given) > 1 else ref, "the_items": the_items}


def _name(way: Walk, given: list[Input], asked: Asked, *, missed: bool) -> str:
    speech = way.script.spoken
    wish = f"{speech.frames['wishes']['ask']} {asked.served.wish}"
    if missed:
        noun = input_noun(given[0].key, given[0].value, speech.grammar)
        frame = "no_record_several" if len(given) > 1 else "no_record"
        return speech.name(frame, Wish=wish, an_input=speech.grammar.a(noun))
    if way.chain.last.tool.role == "identify":
        return speech.name("outage_record", Wish=wish)
    return speech.name("outage_read", Wish=wish, the_items=speech.grammar.the(asked.noun or asked.fact.label))


def _name_of_ruled(way: Walk, asked: Asked, rule: Statement, model: AgentModel) -> str:
    speech, condition = way.script.spoken, rule.condition.text if rule.condition else ""
    fields = fields_of(way.chain.last.call.output)
    own = next((f for f in fields if model.record_rules.may_hold(condition, [f])), None)
    wish = f"{speech.frames['wishes']['ask']} {asked.served.wish}"
    if own is None:
        return wish
    key = key_of(own.path)
    return name_of_ruled(wish, key, plain_text(key), own.value, speech, model)
