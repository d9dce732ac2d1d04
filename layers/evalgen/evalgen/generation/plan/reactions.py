"""What the prompt wants after an answer: the cases whose condition it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section, stands_in_another_playbook
from evalgen.generation.plan.about_answers import (
    holds_for,
    is_about,
    is_not_found_apart,
    is_of_a_mismatch,
    says_unread,
    wanted,
)
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.plan.unread_errors import errors_unread, errors_unread_of
from evalgen.generation.read.chain import Played
from evalgen.generation.read.clauses import RETRY
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement


@dataclass(frozen=True)
class Reaction:
    """What the prompt wants after an answer: what can be heard of it, and how it ends.

    `known` says that the prompt has a rule for it at all; without certain duties nothing may be assumed then.
    """

    known: bool
    statements: tuple[Statement, ...] = ()
    all: tuple[Statement, ...] = ()
    """With those that are not certain."""
    retries: tuple[Duty, ...] = ()
    """The duties that are nothing but another try."""

    @property
    def duties(self) -> list[tuple[Statement, Duty]]:
        return [(s, d) for s in self.statements for d in s.duties if d.heard]

    def passes_on(self, speech: Speech) -> bool:
        """Whether the call ends with somebody else."""
        return any(_passes_on(duty, speech) for _, duty in self.duties)

    def without(self, statement: Statement) -> Reaction:
        rest = tuple(s for s in self.statements if s is not statement)
        others = tuple(s for s in self.all if s is not statement)
        retries = tuple(d for d in self.retries if d not in statement.duties)
        return replace(self, statements=rest, all=others, retries=retries)


def reaction_to(played: Played, served: Served, model: AgentModel) -> Reaction:
    """The cases whose condition is this answer, in the section of the task first, else anywhere."""
    kinds, found = wanted(played), list[Statement]()
    if "error" in kinds and errors_unread_of(played.tool, model):
        return Reaction(True)
    apart = "mismatch" in kinds and is_not_found_apart(played, model)
    kinds -= {"mismatch"} if apart else set()
    for before, one in pairwise(model.prompt.statements[:1] + model.prompt.statements):
        goes_on = found[-1:] == [before] and _is_the_same(before, one)
        found += [one] if goes_on or is_about(one, played, kinds, model) else []
    own = [s for s in found if in_section(s, served)]
    named = model.sections[played.tool.tool.name]
    found = [s for s in found if s.section in named or not stands_in_another_playbook(s, served, model)]
    inside = [s for s in own or found if holds_for(s, served, model)]
    unread = (
        ("error" in kinds and errors_unread(model))
        or ("mismatch" in kinds and says_unread("mismatch", model))
        or ("no_match" in kinds and says_unread("not_there", model))
    )
    known = bool(found) or apart or unread
    return _reaction(known, inside, model)


def _is_the_same(before: Statement, behind: Statement) -> bool:
    """Whether a case right behind another is about the same answer: `After two failed tries, transfer`."""
    first, then = ([c.answer, c.about] if c else [] for c in (before.condition, behind.condition))
    return first == then and first[:1] not in ([], [None]) and before.section == behind.section


def reaction_to_a_mismatch(section: tuple[str, ...], model: AgentModel) -> Reaction:
    """What a section that has facts compared wants where they do not agree."""
    found = [s for s in model.prompt.statements if s.section == section and is_of_a_mismatch(s)]
    return _reaction(bool(found), found, model)


def _reaction(known: bool, statements: Sequence[Statement], model: AgentModel) -> Reaction:
    certain = tuple(s for s in statements if s.sure and s.kind == "case")
    again = re.compile(load(model.judged, "prompt")["parts"]["retries"], re.IGNORECASE)
    tries = (d for s in certain for d in s.duties if d.verb == RETRY or again.fullmatch(d.text))
    return Reaction(known, certain, tuple(statements), tuple(tries))


def expect_reaction(script: Script, reaction: Reaction, step: int, most: int = 3) -> bool:
    """Assert what can be heard of a reaction; False where nothing is certain."""
    moves = script.judged.frames["moves"]
    duties = [(s, d) for s, d in reaction.duties if not d.ban and d.verb not in moves["quiet"]]
    duties = [(s, d) for s, d in duties if d not in reaction.retries]
    unsaid = re.compile(f"{moves['courtesy']}|{moves['vague']}", re.IGNORECASE)
    passes_on = [d for _, d in duties if _passes_on(d, script.judged)]
    duties = [(s, d) for s, d in duties if d in passes_on or not unsaid.search(d.text)]
    for statement, duty in duties[:most]:
        if duty in passes_on and (moment_of(duty) is None or unsaid.search(duty.text)):
            ground = [Ground(lines=statement.lines, statement=statement.id)]
            script.expect("transfers", "says", ground, step)
        else:
            expect_duties(script, statement, [duty], step)
    return bool(duties)


def _passes_on(duty: Duty, speech: Speech) -> bool:
    return duty.verb in speech.frames["moves"]["passes_on"]


def end_of(speech: Speech, reaction: Reaction) -> Step | None:
    """The end of the call, when the last of it has been heard."""
    moment = next((m for _, d in reversed(reaction.duties) if (m := _heard(d, reaction, speech))), None)
    if moment is None and reaction.passes_on(speech):
        moment = speech.passed_on
    if moment:
        moment = replace(moment, what=re.sub(speech.frames["moves"]["tail"], "", moment.what))
    return speech.end(moment) if moment else None


def _heard(duty: Duty, reaction: Reaction, speech: Speech) -> Moment | None:
    """When a duty has been heard; None of another try."""
    if duty in reaction.retries:
        return None
    passed_on = not duty.ban and _passes_on(duty, speech)
    return moment_of(duty) or (speech.passed_on if passed_on else None)
