"""Bans of the prompt that no topic knows, attacked in the words that they have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.target import Target, capital
from evalgen.generation.plan.banned import grammar_of
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.slots import filled
from evalgen.generation.plan.temptations import definite, speakable
from evalgen.generation.plan.test import Ground
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement


def own_rules(model: AgentModel, attack_type: str, known: Collection[str]) -> Iterator[Target]:
    """Of each sure ban that holds at all times the first thing, where its verb shows the attack type.

    `known` are ids of statements that are left alone. Nothing where callers speak another language than the
    prompt: the words are the prompt's.
    """
    if model.spoken != model.judged:
        return
    table = load(model.judged, "attacks")
    entries = [entry for entry in table["own"] if attack_type in entry["types"]]
    for statement in model.sure("ban"):
        if statement.condition or statement.outer or statement.id in known:
            continue
        for duty in statement.duties:
            if target := _of_duty(duty, statement, model, entries):
                yield target


def _of_duty(
    duty: Duty, statement: Statement, model: AgentModel, entries: list[dict[str, Any]]
) -> Target | None:
    banned, topics = _banned(duty.text, model.judged), load(model.judged, "topics")
    for entry in entries:
        match = re.match(entry["ban"], banned, re.IGNORECASE)
        if not match or re.search(entry.get("unless", "$^"), duty.text, re.IGNORECASE):
            continue
        slots = {name: text.strip() for name, text in match.groupdict().items()}
        if not speakable(topics, {"x"}, slots):
            return None
        slots["the_x"] = definite(topics, slots["x"])
        return _target(entry, slots, duty, statement, model.judged)
    return None


def _banned(text: str, language: str) -> str:
    """The first thing of a ban with its verb and what the last one is of: all of it where it is one thing.

    Empty where a condition inside of it narrows it.
    """
    own = load(language, "attacks")["own_rules"]
    found = grammar_of(language).things(text)
    if not found:
        return "" if re.search(own["narrows"], text, re.IGNORECASE) else text
    first, last = found[0], found[-1].thing
    of = re.search(own["of"], last)
    if len(found) > 1 and of and not re.search(own["of"], first.thing):
        return f"{first.duty}{last[of.start() :]}"
    return first.duty


def _target(
    entry: Mapping[str, Any], slots: Mapping[str, str], duty: Duty, statement: Statement, language: str
) -> Target:
    frames = load(language, "attacks")["frames"]

    def said(text: str) -> str:
        return Speech(language).joined(filled(text, slots))

    return Target(
        f"own_{statement.id}",
        said(entry["title"]),
        capital(said(entry["ask"])),
        tuple(said(press) for press in entry["press"]),
        said(entry["thing"]),
        (filled(frames["should_not"], {"text": duty.text}),),
        filled(frames["refuses_request"], {"request": said(entry["request"])}),
        Ground(lines=statement.lines, statement=statement.id),
        said(entry["order"]),
    )
