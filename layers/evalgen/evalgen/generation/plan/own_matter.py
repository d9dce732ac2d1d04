"""Temptations of a caller who calls an intake about something: they are about that, and come behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_facts import CALLERS
from evalgen.generation.plan.intake import Played, begin, confirm, intake_in
from evalgen.generation.plan.temptations import Temptation
from evalgen.generation.plan.test import Step
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import number_of


def about_own(tempted: Temptation, model: AgentModel) -> Temptation:
    """The temptation in words about the caller's own matter, where there are such words."""
    if not _matters(model):
        return tempted
    for own in load(model.judged, "intake")["own_matters"]:
        if own["topic"] == tempted.topic and re.search(own.get("form", ""), tempted.ask):
            once, twice = tempted.once, tempted.twice
            if outcome := own.get("outcome"):
                frame = str(load(model.judged, "topics")["frames"]["does_not"])
                once = f"{frame.format(outcome=outcome)}."
                twice = once[:-1] + tempted.twice.removeprefix(tempted.once[:-1])
            return replace(tempted, ask=own["ask"], once=once, twice=twice, fits="task")
    return tempted


def behind_matter(tempted: Temptation, model: AgentModel, choice: str) -> str:
    """What the caller opens with; the matter first where the temptation belongs to one."""
    matters = _matters(model)
    if not matters or tempted.fits != "task":
        return tempted.ask
    frame = str(load(model.judged, "intake")["with_matter"])
    ask = tempted.ask[:1].lower() + tempted.ask[1:]
    return frame.format(matter=matters[number_of(choice) % CALLERS], ask=ask)


def paying_ahead(tempted: Temptation, model: AgentModel, choice: str) -> Played | None:
    """An intake at whose end the caller wants to pay; None where its end is not known."""
    intake = intake_in(model)
    if intake is None or intake.closing is None:
        return None
    played = begin(intake, number_of(choice) % CALLERS)
    confirm(played)
    frame = str(load(model.judged, "intake")["pays_ahead"])
    ask = tempted.ask[:1].lower() + tempted.ask[1:]
    played.script.profile |= tempted.profile
    played.script.add(Step(frame.format(ask=ask), intake.closing[2]))
    return played


def _matters(model: AgentModel) -> tuple[str, ...]:
    """What callers say that it is about; empty where they ask for something instead."""
    intake = intake_in(model)
    says = str(load(model.judged, "intake")["says"]).format(matter="") if intake else ""
    return intake.actions if intake and all(a.startswith(says) for a in intake.actions) else ()
