"""Tests of what the prompt refuses: a fact that does not match the record, a record that a rule shuts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.rules import forbidding
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Step, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk, done_slots
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.identity import Compared
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import kind_of, number_of


def refusal_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """One for each fact that is compared, and one for each rule that shuts this record out."""
    way = walk(chain, served, model)
    if way is None:
        return
    for fact in way.compared:
        if test := _mismatch(fact, way.copy(), model):
            yield test
    for rule in forbidding(chain, served, model):
        if test := _ruled_out(rule, way.copy(), model):
            yield test
            return


def _mismatch(fact: Compared, way: Walk, model: AgentModel) -> Test | None:
    """A wrong answer to one of the facts that the agent compares; only where the prompt refuses then."""
    rules = load(model.judged, "identity")
    about = [s for s in model.prompt.statements if re.search(rules["mismatch"], s.text, re.IGNORECASE)]
    if not about or not all(re.search(rules["refuses"], s.text, re.IGNORECASE) for s in about):
        return None
    script = way.script
    right = f"{{{{test_profile.{fact.key}}}}}"
    place = next((n for n, s in enumerate(script.steps) if right in s.action and s.moment.standing), None)
    wrong = wrong_value(fact, model.spoken)
    if place is None or not wrong:
        return None
    del script.profile[fact.key]
    ref = script.keep(f"stated_{fact.key}", wrong)
    script.steps = [
        *script.steps[:place],
        replace(script.steps[place], action=script.steps[place].action.replace(right, ref)),
    ]
    step = place + 1
    grounds = [Ground(lines=about[0].lines, statement=about[0].id)]
    script.expect("not_done", "does_not", grounds, step, **way.judged_slots)
    script.expect(
        "discloses_nothing",
        "does_not",
        grounds,
        step,
        noun=fact.noun,
        the_input=script.judged.grammar.the(fact.noun),
    )
    script.say("insist_refused", wish=way.served.wish)
    script.say("end_refused")
    name = script.spoken.name("mismatch", Wish=way.served.wish, an_input=script.spoken.grammar.a(fact.noun))
    key = (way.served.tool.tool.name, fact.key, entry_key(way))
    number = next(n for n, p in enumerate(way.chain.calls) if not p.optional)
    reads = [c for c, p in zip(way.calls, way.chain.calls, strict=True) if p.tool.role != "write"][
        : number + 1
    ]
    forbidden = [never(way.served.tool.tool.name)]
    return finish(
        script,
        model,
        "mismatch",
        key,
        name,
        chain=way.chain,
        calls=reads,
        forbidden=forbidden,
        covers=[s.id for s in about],
    )


def wrong_value(fact: Compared, language: str) -> str:
    """Another value of the same form; empty where none can be made."""
    value, kind = str(fact.value), kind_of(fact.key, fact.value)
    number = number_of(value)
    if kind == "name":
        names = [n for n in load(language, "people")["names"] if not set(n.split()) & set(value.split())]
        first, last = names[number % len(names)].split(maxsplit=1)
        parts = fact.key.split("_")
        return (
            last
            if "last" in parts or "surname" in parts
            else first
            if "first" in parts
            else f"{first} {last}"
        )
    if kind == "birth_date" and re.match(r"\d{4}-\d\d-\d\d$", value):
        return f"{int(value[:4]) - 2}{value[4:8]}{(int(value[8:]) + 3) % 27 + 1:02d}"
    digits = [n for n, c in enumerate(value) if c.isdigit()]
    if not digits:
        return ""
    made = list(value)
    for place in digits[-2:]:
        made[place] = str((int(made[place]) + 4) % 10)
    return "".join(made)


def _ruled_out(rule: Statement, way: Walk, model: AgentModel) -> Test | None:
    """A deed that a rule shuts out for this record ends in the refusal, whatever the mocks would answer."""
    script = way.script
    grounds = [Ground(lines=rule.lines, statement=rule.id)]
    known = [s for s in script.steps if not s.moment.standing]
    certain = len(script.steps[: way.identifying + 1])
    script.steps = [
        s if n < certain or s not in known else replace(s, moment=replace(s.moment, standing=True))
        for n, s in enumerate(script.steps)
    ]
    step = certain
    duties = [d for d in rule.duties if rule.sure and rule.kind == "case" and d.heard]
    ending = next((d for d in reversed(duties) if moment_of(d)), None)
    if ending is not None and model.spoken == model.judged:
        expect_duties(script, rule, duties[:2], step)
        script.expect("not_done", "does_not", grounds, step, **way.judged_slots)
        script.add(_insist(ending, way))
        script.say("end_refused")
    elif _says_cannot(rule, way, model):
        script.expect("cannot", "says", grounds, step, **done_slots(way, way.judged_slots, script.judged))
        script.expect("not_done", "does_not", grounds, step, **way.judged_slots)
        script.say("insist", **done_slots(way, way.slots, script.spoken))
        script.say("end_cannot", **done_slots(way, way.slots, script.spoken))
    else:
        return None
    name = script.spoken.name("ruled_out", Wish=way.served.wish, lines=str(rule.lines[0]))
    key = (way.served.tool.tool.name, rule.id, entry_key(way))
    calls = [
        replace(c, optional=c.optional or p.tool.role == "read")
        for c, p in zip(way.calls, way.chain.calls, strict=True)
        if p is not way.chain.last
    ]
    tool = way.served.tool.tool.name
    return finish(
        script, model, "ruled_out", key, name, chain=way.chain, calls=calls, forbidden=[never(tool)]
    )


def _insist(duty: Duty, way: Walk) -> Step:
    moment = moment_of(duty)
    assert moment is not None
    return Step(way.script.spoken.step("insist_refused", wish=way.served.wish).action, moment)


def _says_cannot(rule: Statement, way: Walk, model: AgentModel) -> bool:
    """Whether the rule says of this very deed that it cannot be done."""
    cannot = load(model.judged, "rules")["cannot"]
    grammar = way.script.judged.grammar
    verb = way.judged_slots["verb"]
    group = next((g for g in grammar.words.tables["synonyms"]["verbs"] if g[0] == verb), [verb])
    done = {
        grammar.participle(v, way.judged_slots["noun"]) for v in (*group, verb, way.served.wish.split()[0])
    }
    return any(
        re.search(rf"{cannot}\W+(?:\w+\W+)?{re.escape(word)}\b", rule.text, re.IGNORECASE) for word in done
    )
