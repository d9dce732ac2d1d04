"""Who calls about the record of a child: a parent or guardian, by their own name where the record has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.plan.standing import put
from evalgen.generation.read.identity import is_full_name
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words, kind_of, kind_words

OF_AGE = 18
"""In years."""


def speak_for_a_child(script: Script, record: Mapping[str, Any], model: AgentModel, place: int) -> int | None:
    """Add who is calling about a record of somebody under age, where the prompt lets parents act, if there is
    room; the caller's own name is then the guardian's of the record. Answers how many steps came in; None
    where the prompt asks for the caller's own name and the record has none but the child's.
    """
    rules, prompt = load(model.judged, "identity"), model.definition.description
    guardian = next(((k, v) for k, v in {**record, **script.profile}.items() if _is_a_guardian(k, v)), None)
    if not (guardian or _is_a_child(script, model)) or not re.search(rules["parents"], prompt, re.IGNORECASE):
        return 0
    children = [n for n, step in enumerate(script.steps) if _names(step.action, script, guardian)]
    if guardian is None:
        asked = children and re.search(rules["own_name"], prompt, re.IGNORECASE)
        return None if asked else put(script, place, [script.spoken.step("for_a_child_standing")])
    came = _give_own_name(script, *guardian, place)
    if came is not None:
        _say_whose_it_is(script, children, place, came)
        came += put(script, place + came, [script.spoken.step("for_a_child_standing")])
    return came


def _give_own_name(script: Script, key: str, name: str, place: int) -> int | None:
    """Have the guardian say their name where the caller's is asked for; None where there is no room."""
    held = next((k for k, v in script.profile.items() if v == name), key)
    ref = script.keep(held, name)
    own = script.spoken.answer(ref, script.spoken.grammar.words.noun_of("full_name"))
    given = [n for n, step in enumerate(script.steps) if step.action == own.action]
    for number in given:
        script.steps[number] = own
    return 0 if given else put(script, place, [own]) or None


def _say_whose_it_is(script: Script, children: list[int], place: int, came: int) -> None:
    """The request and the child's name, said of the child."""
    moves = script.spoken.frames["moves"]
    for number in children:
        at = number + came * (number >= place)
        what = script.spoken.answer("", str(moves["childs_name"])).moment.what
        step = script.steps[at]
        script.steps[at] = replace(step, moment=replace(step.moment, what=what))
    for pattern, gives in moves["of_a_child"]:
        request = script.steps[0]
        script.steps[0] = replace(request, action=re.sub(pattern, gives, request.action, count=1))


def _names(action: str, script: Script, guardian: tuple[str, Any] | None) -> bool:
    """Whether an action gives the full name of the child and nothing else."""
    own = guardian[1] if guardian else None
    keys = (k for k, v in script.profile.items() if is_full_name(v) and v != own and kind_of(k, v) == "name")
    return action in {script.spoken.giving(reference(key)) for key in keys}


def _is_a_guardian(key: str, value: Any) -> bool:
    return is_full_name(value) and not in_all("nouns", "guardians").isdisjoint(key_words(key))


def _is_a_child(script: Script, model: AgentModel) -> bool:
    """Whether a day of birth that callers give is that of somebody under age."""
    today, own = model.record_rules.today, kind_words("birth_date") | {"date", "of"}
    days = [v for k, v in script.profile.items() if kind_of(k, v) == "birth_date" and {*key_words(k)} <= own]
    born = [date.fromisoformat(v) for v in days if re.fullmatch(r"\d{4}-\d\d-\d\d", str(v))]
    return today is not None and any(today.year - day.year < OF_AGE for day in born)
