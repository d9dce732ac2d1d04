"""Tests of callers who choose another thing or day than the one they named first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.agreeing import answer_question, confirm
from evalgen.generation.plan.confirming import confirming
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.fitting import fits
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.telling import tell_done
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.things import Listed
from evalgen.generation.plan.told_apart import days_asked, is_when, say_one, telling_on_offer
from evalgen.generation.plan.way import Walk, records_of, wants_a_day
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_of, kind_of, leaves, plain, same


def _not_held(thing: Listed, way: Walk) -> Iterator[Any]:
    """The others of a list that no record has by a number already; all, where the list is a record's own."""
    records = records_of(way.chain)
    held = {same(v) for n in records for _, v in leaves(way.chain.calls[n].call.output)}
    for one in thing.others:
        numbers = {same(v) for path, v in leaves(one) if kind_of(key_of(path), v) == "id"}
        if thing.call in records or numbers.isdisjoint(held):
            yield one


def _is_for_some(one: Any, thing: Listed, model: AgentModel) -> bool:
    """Whether the prompt has a thing of a list for some callers alone: `evenings are only for members`."""
    own = {same(value) for _, value in leaves(thing.one)}
    words = [plain(value) for _, value in leaves(one) if isinstance(value, str) and same(value) not in own]
    pattern = load(model.judged, "rules")["for_some"]
    parts = (plain(part) for s in model.prompt.statements for part in re.split("[,;:.]", s.text))
    ruled = [part for part in parts if re.search(pattern, part)]
    return any(re.search(rf"\b{re.escape(word)}s?\b", part) for part in ruled for word in words)


def _offers_some(way: Walk, model: AgentModel) -> bool:
    """Whether the playbook has only some of a list offered: `do not offer later ones`."""
    pattern, served = load(model.judged, "rules")["offers_some"], way.served

    def says_so() -> bool:
        own = (s.text for s in model.prompt.statements if in_section(s, served))
        return any(re.search(pattern, text, re.IGNORECASE) for text in own)

    return model.once("offers some", served.key, says_so)


def changed(way: Walk, model: AgentModel) -> Test | None:
    """First one thing of a list, then at the read-back another: the chain's own."""
    rule, choice = confirming(model, way.served), way.choice
    if rule is None or choice is None or not choice.thing.offered or _offers_some(way, model):
        return None
    others = (one for one in _not_held(choice.thing, way) if fits(one, choice.thing, way.chain))
    first = next((one for one in others if not _is_for_some(one, choice.thing, model)), None)
    if first is None:
        return None
    known = days_asked(way.chain.calls[choice.thing.call], way.script.spoken.grammar)
    rest = (choice.thing.one, *(one for one in choice.thing.others if one is not first))
    told = telling_on_offer(first, rest, way.script.spoken.grammar, known, choice.thing.item)
    if told is None:
        return None
    script = way.script
    words, _ = say_one(script, choice.thing, told, prefix="first_")
    old = script.steps[choice.step - 1]
    script.steps[choice.step - 1] = replace(old, action=old.action.replace(choice.words, words))
    script.say("change_choice", the_one=choice.words, the_other=words)
    step = answer_question(way, rule, model, "say_yes_to", the_one=choice.words)
    tell_done(way, model, step)
    if script.spoken == script.judged:
        ground = Ground(call=way.last_call)
        script.expect("goes_on_with", "says", [ground], step - 1, value=choice.words, wrong=words)
    name = script.spoken.name("changed", Wish=way.served.wish, item=choice.thing.item)
    key = (way.served.tool.tool.name, entry_key(way))
    return finish(script, model, "changed", key, name, chain=way.chain, calls=way.calls)


def _another_day(tool: ToolModel, parameter: str, day: str) -> str:
    """The day after; where only some days can be (`always a Monday`) one of the mock data, or none."""
    if not tool.has_a_form(parameter):
        return str(date.fromisoformat(day) + timedelta(days=1))
    made = {str(call.input.get(parameter, "")) for call in tool.tool.mock_data} - {day, ""}
    return min(made, default="", key=lambda other: (other < day, other))


def corrected(way: Walk, model: AgentModel) -> Test | None:
    """Another day first and the right one in the same answer."""
    days = [
        (number, one)
        for number, played in enumerate(way.chain.calls)
        if number not in records_of(way.chain)
        for one in played.inputs
        if one.by == "caller"
        and kind_of(one.key, one.value) == "date"
        and is_when(one.key, way.script.spoken.grammar)
    ]
    if len(days) != 1 or not re.fullmatch(r"\d{4}-\d\d-\d\d", str(days[0][1].value)):
        return None
    number, one = days[0]
    script = way.script
    step = way.given.get((number, "/".join(map(str, one.where))), 0)
    if not step or script.steps[step - 1].moment.kind != "asked":
        return None
    right = next(reference(k) for k, v in script.profile.items() if v == one.value)
    other = _another_day(way.chain.calls[number].tool, str(one.where[0]), str(one.value))
    if not other:
        return None
    wrong = script.keep("first_date", other)
    old = script.steps[step - 1]
    frame = "give_corrected" if wants_a_day(way) else "tell_corrected"
    text = script.spoken.step(frame, wrong=wrong, value=right, the_input="").action
    script.steps[step - 1] = replace(old, action=text)
    tell_done(way, model, confirm(way, model))
    ground = [Ground(call=way.calls[number].id)]
    script.expect("goes_on_with", "says", ground, step, value=right, wrong=wrong)
    name = script.spoken.name("corrected", Wish=way.served.wish)
    key = (way.served.tool.tool.name, entry_key(way))
    return finish(script, model, "corrected", key, name, chain=way.chain, calls=way.calls)
