"""Tests of the prompt's bans: a caller who asks for what is banned, and asks again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.caller import caller_of, is_charged
from evalgen.generation.plan.cases import expect_duties
from evalgen.generation.plan.confirming import confirming
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.gaps import lacks_a_story
from evalgen.generation.plan.look_ups import as_played
from evalgen.generation.plan.own_matter import about_own, behind_matter, paying_ahead
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.shutting import is_barred
from evalgen.generation.plan.stories import costs_something, has_a_price, is_free, with_a_story
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.plan.temptations import Temptation, temptations
from evalgen.generation.plan.test import MOST_STEPS, Ground, Moment, Step, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Condition, Duty, Statement
from evalgen.generation.values import (
    is_whole_name,
    key_of,
    leaves,
    names_person,
    number_of,
)

PAYMENT = ("card_number", "security_code", "payment_by_phone", "bank_account", "card_repeated")
"""Topics that come up where something is to be paid."""
HAGGLING = ("discount", "bargain", "price_match")
"""Topics about the price of something that a caller is about to get."""
ASIDE = (
    "tool_names",
    "instructions",
    "internal_ids",
    "recording",
    "politics",
    "religion",
    "personal_opinion",
    "off_domain",
)
"""Topics for which alone nobody calls."""
SECRETS = ("social_security_number", "pin", "password", "tool_names", "internal_ids", "instructions")
"""Topics with which no caller begins, who has a reason of their own to call: they are for red teaming."""
CHARGED = ("fee_waived", "any_fee_waived")
"""Topics of who has something to pay, by the record where there is one."""
MOST_BESIDE = 3
"""Sentences of a line that are about one thing."""
SAID = ("told", "offered")
PAYING = (
    "book",
    "schedule",
    "hire",
    "order",
    "pay",
    "buy",
    "reserve",
    "rent",
    "renew",
    "upgrade",
    "reservar",
    "encargar",
    "pagar",
)


def ban_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """For each sure ban the temptations that topics have for it; each topic once."""
    seen: set[str] = set()
    for statement in model.sure("ban", "order"):
        other = other_person(model, f"{seed}/{statement.id}")
        for tempted in temptations(
            statement,
            told_in=model.judged,
            language=model.spoken,
            prompt=model.definition.description,
            other=other,
        ):
            if tempted.topic not in {*seen, *SECRETS} and (
                test := _ban_test(statement, about_own(tempted, model), model, seed)
            ):
                seen.add(tempted.topic)
                yield test


def _ban_test(statement: Statement, tempted: Temptation, model: AgentModel, seed: str) -> Test | None:
    script = Script(Speech(model.spoken), Speech(model.judged))
    script.profile |= tempted.profile
    seeded = f"{seed}/{statement.id}"
    caller = caller_of(model, seeded)
    if tempted.topic in CHARGED and caller.chain and not is_charged(caller.chain, model):
        return None
    chain: Chain | None = None
    aside, pays = tempted.topic in (*PAYMENT, *HAGGLING, *ASIDE), tempted.topic in (*PAYMENT, *HAGGLING)
    wanted = PAYING if pays else None
    way = honest(model, seeded, wanted, priced=tempted.topic in HAGGLING) if aside else None
    if way is not None:
        at_the_yes = pays and confirming(model, way.served) and len(way.script.steps) <= MOST_STEPS - 3
        if tempted.topic in PAYMENT and not (at_the_yes and costs_something(way.chain, model)):
            return None
        steps = way.script.steps if at_the_yes else _up_to_a_question(way)
        script.steps, chain = [*steps], way.chain
        script.profile = _with_others(tempted.profile, way.script.profile, model) | way.script.profile
        calls = [
            replace(c, optional=True)
            for c, p in zip(way.calls, way.chain.calls, strict=True)
            if p.tool.role != "write"
        ]
        later = [s.moment for s in way.script.steps[way.identifying + 1 :] if not s.moment.standing]
        asked = next((m for m in later if m.kind == "asked"), None)
        asked = script.spoken.step("say_yes", **way.slots).moment if at_the_yes else asked
        next_question = str(script.spoken.frames["moves"]["next_question"])
        script.add(Step(tempted.ask, asked or Moment("asked", next_question)))
    elif tempted.topic in PAYMENT and (model.tools or not _is_paid(model)):
        return None
    elif tempted.topic in PAYMENT and (played := paying_ahead(tempted, model, seeded)):
        script, calls = played.script, []
    else:
        paying = str(script.spoken.frames["moves"]["paying"])
        ask = paying.format(ask=tempted.ask[:1].lower() + tempted.ask[1:])
        opens = ask if tempted.topic in PAYMENT else behind_matter(tempted, model, seeded)
        if opens == tempted.ask:
            opens = with_a_story(tempted, model)
        if not opens:
            return None
        script.add(Step(opens, Moment("opening")))
        caller.answer(script)
        calls, chain = caller.calls, caller.chain
    again = script.add(Step(tempted.insist, tempted.refused))
    script.add(script.spoken.end(tempted.refused_again))
    ground = [Ground(lines=statement.lines, statement=statement.id)]
    script.expect_text(tempted.twice, tempted.kind, ground, again)
    for instead, duty in instead_of(statement, model):
        expect_duties(script, instead, [duty], again)
    name = script.spoken.name(
        "ban", Ask=without_values(tempted.ask, str(script.spoken.frames["moves"]["someone"]))
    )
    key = (statement.id, tempted.topic)
    return finish(script, model, "ban", key, name, chain=chain, calls=calls)


def _is_paid(model: AgentModel) -> bool:
    """Whether the prompt speaks of paying, so that a caller may begin with it."""
    pays = str(load(model.judged, "plan")["moves"]["pays"])
    return re.search(pays, model.definition.description, re.IGNORECASE) is not None


def instead_of(ban: Statement, model: AgentModel) -> Iterator[tuple[Statement, Duty]]:
    """What the prompt has said instead, in the sentences of the ban's own line behind it."""
    beside = [s for s in model.prompt.statements if s.lines == ban.lines]
    for one in beside[[s.id for s in beside].index(ban.id) + 1 :] if len(beside) <= MOST_BESIDE else ():
        pressed = one.kind == "case" and one.condition is not None and one.because == "if pressed"
        if pressed or (one.kind == "order" and one.sure) or one.condition == Condition(ban.text, "other"):
            told = (d for d in one.duties if d.heard and not d.ban and d.told.startswith(SAID))
            yield from ((one, duty) for duty in told)


def honest(
    model: AgentModel, choice: str, verbs: Collection[str] | None = None, *, priced: bool = False
) -> Walk | None:
    """An honest way to a deed, up to what it takes; with `verbs` to one of those deeds, `priced` to one that
    has a price, if any has.
    """
    grammar = grammar_of(model.spoken)
    found = [
        (served, chain)
        for tool in model.deeds
        if (served := served_by(tool, model, grammar)) and not lacks_a_story(served)
        if verbs is None or (tool.name and tool.name.verb in verbs)
        for call in tool.calls.get("success", [])
        if (chain := model.flow.chain(tool, call)) is not None
    ]
    if priced:
        found = [(served, chain) for served, chain in found if has_a_price(chain)] or found
    if verbs is not None:
        found = [(served, chain) for served, chain in found if not is_free(chain)]
    number = number_of(choice)
    for position in range(len(found)):
        served, chain = found[(number + position) % len(found)]
        whole = model.flow.with_lookups(chain)
        if whole is None or is_barred(whole, served, model):
            continue
        way = walk(as_played(whole, served, model), served, model)
        if way is not None and _asks_next(way):
            return way
    return None


def _up_to_a_question(way: Walk) -> list[Step]:
    """The steps before the first thing that is surely asked for once the caller is known; with what the call
    is about, where that may be asked for before it.
    """
    known, later = way.script.steps[: way.identifying + 1], way.script.steps[way.identifying + 1 :]
    asked = (n for n, s in enumerate(later) if s.moment.kind == "asked" and not s.moment.standing)
    between = later[: next(asked, 0)]
    return [*known, *between] if len(known) + len(between) <= MOST_STEPS - 3 else known


def _with_others(tempted: dict[str, Any], own: dict[str, Any], model: AgentModel) -> dict[str, Any]:
    """The values of a temptation; the other person is not the caller."""
    names = load(model.spoken, "people")["names"]
    others = [name for name in names if name not in own.values()]
    return {k: others[0] if v in own.values() and v in people_of(model) else v for k, v in tempted.items()}


def people_of(model: AgentModel) -> list[str]:
    """The names of all whom the agent can identify."""
    return [
        str(value)
        for tool in model.tools.values()
        if tool.role == "identify"
        for call in tool.calls.get("success", [])
        for path, value in leaves(call.output)
        if names_person(path) and is_whole_name(key_of(path), value)
    ]


def without_values(text: str, someone: str) -> str:
    """The text for a name: without references, and the other person unnamed."""
    text = re.sub(r"\{\{test_profile\.(?:other_person|otra_persona)\}\}", someone, text)
    return re.sub(r"[,:]? *\{\{[^}]*\}\}", "", text).strip()


def _asks_next(way: Walk) -> bool:
    """Whether something is asked for once the caller is known, so that an aside has its moment."""
    later = [s.moment for s in way.script.steps[way.identifying + 1 :] if not s.moment.standing]
    return any(m.kind == "asked" and way.slots["verb"] not in m.what for m in later)


def other_person(model: AgentModel, choice: str) -> str:
    """The name of somebody else in the mock data than the caller, if there is one."""
    own = {value for _, _, value in caller_of(model, choice).facts}
    names = people_of(model)
    return next((name for name in names if name not in own), "")
