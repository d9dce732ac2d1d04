"""Tests of a fact that does not match the record: the agent neither does anything nor gives anything away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from evalgen.generation.languages import load
from evalgen.generation.plan.cases import expect_duties
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.identifying import is_identified_late
from evalgen.generation.plan.reacting import asks_again, give_again
from evalgen.generation.plan.reactions import Reaction, end_of, expect_reaction, reaction_to_a_mismatch
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import MOST_STEPS, Ground, Step, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.identity import Compared
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import is_first_name, is_last_name, kind_of, number_of

MOST_AT_THE_END = 2
"""Steps by which a call ends that is refused."""


def refusal_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """One for each fact that is compared."""
    way = walk(chain, served, model)
    if way is None:
        return
    for fact in way.compared:
        if test := _mismatch(fact, way.copy(), model):
            yield test


def _mismatch(fact: Compared, way: Walk, model: AgentModel) -> Test | None:
    """A wrong answer to one of the facts that the agent compares; only where the prompt refuses then."""
    reaction = reaction_to_a_mismatch(fact.statement.section, model)
    about = _refusing(reaction, model)
    if not about or _differs_otherwise(fact.statement, about, model):
        return None
    script = way.script
    right = f"{{{{test_profile.{fact.key}}}}}"
    place = next((n for n, s in enumerate(script.steps) if right in s.action and s.moment.standing), None)
    wrong = wrong_value(fact, model.spoken)
    if place is None or not wrong:
        return None
    true = script.profile[fact.key]
    script.profile = {key: value for key, value in script.profile.items() if value != true}
    ref = script.keep(f"stated_{fact.key}", wrong)
    behind = script.steps[place + 1 :]
    asked = replace(script.steps[place], action=script.steps[place].action.replace(right, ref))
    script.steps = [*script.steps[:place], asked]
    step = place + 1
    grounds = [Ground(lines=about[0].lines, statement=about[0].id)]
    if asks_again(reaction, model):
        the_inputs = script.judged.grammar.the(fact.noun)
        script.expect("asks_again", "asks", grounds, step, the_inputs=the_inputs)
    expect_reaction(script, reaction, step)
    banned = [(s, d) for s, d in reaction.duties if d.ban]
    for statement, duty in banned[:1]:
        expect_duties(script, statement, [duty], step)
    script.expect("not_done", "does_not", grounds, step, **way.judged_slots)
    script.expect(
        "discloses_nothing",
        "does_not",
        grounds,
        step,
        noun=fact.noun,
        the_input=script.judged.grammar.the(fact.noun),
    )
    if reaction.retries:
        give_again(script, [step])
    late = is_identified_late(way.served, model)
    left = _asked_besides(way, behind, late)
    script.steps[step:step] = left[: max(0, MOST_STEPS - MOST_AT_THE_END - len(script.steps))]
    if ending := end_of(script.spoken, reaction):
        script.add(ending)
    else:
        script.say("insist_refused", wish=way.served.wish)
        script.say("end_refused")
    name = script.spoken.name("mismatch", Wish=way.served.wish, an_input=script.spoken.grammar.a(fact.noun))
    key = (way.served.tool.tool.name, fact.key, entry_key(way))
    finds = [n for n, p in enumerate(way.chain.calls) if p.tool.role == "identify"]
    number = next(iter(finds), next(n for n, p in enumerate(way.chain.calls) if not p.optional))
    reads = [c for c, p in zip(way.calls, way.chain.calls, strict=True) if p.tool.role != "write"]
    reads = reads if late else reads[: number + 1]
    forbidden = [never(way.served.tool)]
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


def _asked_besides(way: Walk, steps: Sequence[Step], late: bool) -> list[Step]:
    """The answers behind the wrong one that may be asked for as well: the other facts that are compared, and,
    where who is calling is asked late, what the deed takes.
    """
    others = {f"{{{{test_profile.{one.key}}}}}" for one in way.compared}
    wanted = (step for step in steps if late or any(ref in step.action for ref in others))
    return [replace(step, moment=replace(step.moment, standing=True)) for step in wanted]


def _refusing(reaction: Reaction, model: AgentModel) -> list[Statement]:
    """What the prompt says of facts that do not agree; nothing where one of it may be something else than
    another try or a refusal, or none is a refusal: other facts may do.
    """
    rules = load(model.judged, "identity")
    about = [s for s in model.prompt.statements if re.search(rules["mismatch"], s.text, re.IGNORECASE)]
    refusing = [s for s in about if re.search(rules["refuses"], s.text, re.IGNORECASE)]
    if any(s not in refusing and s not in reaction.statements for s in about):
        return []
    ordered = [(s, d) for s in reaction.statements for d in s.duties if d not in reaction.retries]
    if any(d.told.startswith("asked ") or d.verb in rules["asking"] for _, d in ordered if not d.ban):
        return []
    ends = [s for s, _ in ordered]
    return [s for s in model.prompt.statements if s in refusing or s in ends]


def _differs_otherwise(asking: Statement, about: list[Statement], model: AgentModel) -> bool:
    """Whether the item that has a fact compared says itself what happens where it differs, beside what others
    say of facts that do not agree.
    """
    differs, statements = load(model.judged, "identity")["differs"], model.prompt.statements
    behind = takewhile(lambda s: s.lines[0] <= asking.lines[1], statements[model.place_of(asking) + 1 :])
    own = [s for s in behind if re.search(differs, s.text, re.IGNORECASE)]
    return bool(own) and any(s not in own for s in about)


def wrong_value(fact: Compared, language: str) -> str:
    """Another value of the same form; empty where none can be made."""
    value, kind = str(fact.value), kind_of(fact.key, fact.value)
    number = number_of(value)
    if kind == "name":
        names = [n for n in load(language, "people")["names"] if not set(n.split()) & set(value.split())]
        first, last = str(names[number % len(names)]).split(maxsplit=1)
        if is_last_name(fact.key):
            return last
        return first if is_first_name(fact.key) else f"{first} {last}"
    if kind == "birth_date" and re.match(r"\d{4}-\d\d-\d\d$", value):
        return f"{int(value[:4]) - 2}{value[4:8]}{(int(value[8:]) + 3) % 27 + 1:02d}"
    digits = [n for n, c in enumerate(value) if c.isdigit()]
    if not digits:
        return ""
    made = list(value)
    for place in digits[-2:]:
        made[place] = str((int(made[place]) + 4) % 10)
    return "".join(made)
