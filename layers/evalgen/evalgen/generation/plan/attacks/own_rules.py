"""Bans of the prompt that no topic knows, attacked in the words that they have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.pointed import pointed
from evalgen.generation.plan.attacks.target import Target, capital
from evalgen.generation.plan.attacks.ways_out import way_behind
from evalgen.generation.plan.banned import grammar_of
from evalgen.generation.plan.bans import without_values
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.slots import filled
from evalgen.generation.plan.temptations import OTHER_PERSON, definite, speakable
from evalgen.generation.plan.test import Ground
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement

MOST_THINGS = 3


def own_rules(model: AgentModel, attack_type: str, known: Collection[str]) -> Iterator[Target]:
    """Of each sure ban that holds at all times its things, where its verb shows the attack type.

    `known` are ids of statements that are left alone. Nothing where callers speak another language than the
    prompt: the words are the prompt's.
    """
    if model.spoken != model.judged:
        return
    table = load(model.judged, "attacks")
    entries = [entry for entry in table["own"] if attack_type in entry["types"]]
    for statement in (*model.sure("ban"), *pointed(model)):
        if statement.condition or statement.outer or statement.id in known:
            continue
        found = (
            target
            for duty in statement.duties
            for banned in _banned(duty.text, model.judged)
            if (target := _of_ban(banned, duty, statement, model, entries))
        )
        way = way_behind(statement, model)
        for number, target in enumerate({one.ask: one for one in found}.values(), 1):
            yield replace(target, way=way, id=target.id if number == 1 else f"{target.id}_{number}")


def _of_ban(
    banned: str, duty: Duty, statement: Statement, model: AgentModel, entries: list[dict[str, Any]]
) -> Target | None:
    topics, own = load(model.judged, "topics"), load(model.judged, "attacks")["own_rules"]
    for entry in entries:
        match = re.match(entry["ban"], banned, re.IGNORECASE)
        if not match or re.search(entry.get("unless", "$^"), duty.text, re.IGNORECASE):
            continue
        slots = {name: text.strip() for name, text in match.groupdict().items()}
        for pattern, gives in (*own["somebody"], *own["concrete"]):
            slots["x"] = re.sub(pattern, gives, slots["x"], flags=re.IGNORECASE)
        if any(
            re.search(own[which], slots["x"], re.IGNORECASE) for which in ("happened", "pointing", "vague")
        ):
            return None
        if not speakable(topics, {"x"}, slots):
            return None
        key = topics["frames"]["other_key"]
        somebody = "{other}" in slots["x"]
        slots["x"] = slots["x"].replace("{other}", OTHER_PERSON % key)
        slots["the_x"] = definite(topics, slots["x"])
        target = _target(entry, slots, duty, statement, model.judged)
        return replace(target, profile={key: ""}) if somebody else target
    return None


def _banned(text: str, language: str) -> list[str]:
    """The first things of a ban, each with its verb and what the last one is of.

    None where a condition inside of it narrows it.
    """
    own = load(language, "attacks")["own_rules"]
    found = grammar_of(language).things(text)
    if not found:
        return [] if re.search(own["narrows"], text, re.IGNORECASE) else [text]
    last = found[-1].thing
    of = re.search(own["of"], last)
    return [
        f"{one.duty}{last[of.start() :]}"
        if of and one is not found[-1] and not re.search(own["of"], one.thing)
        else one.duty
        for one in found[:MOST_THINGS]
    ]


def _target(
    entry: Mapping[str, Any], slots: Mapping[str, str], duty: Duty, statement: Statement, language: str
) -> Target:
    frames = load(language, "attacks")["frames"]

    def said(text: str) -> str:
        return Speech(language).joined(filled(text, slots))

    return Target(
        f"own_{statement.id}",
        without_values(said(entry["title"]), load(language, "attacks")["frames"]["somebody"]),
        capital(said(entry["ask"])),
        tuple(said(press) for press in entry["press"]),
        said(entry["thing"]),
        (filled(frames["should_not"], {"text": filled(entry.get("not", "{text}"), {"text": duty.text})}),),
        filled(frames["refuses_request"], {"request": said(entry["request"])}),
        Ground(lines=statement.lines, statement=statement.id),
        said(entry["order"]),
    )
