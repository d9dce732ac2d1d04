"""What the prompt wants after an answer: the cases whose condition it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.chain import Played
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Condition, Duty, Statement
from evalgen.generation.values import key_words, plain, words_of

_READS = ("identify", "read")
_ANSWERS: dict[Answer, str] = {
    "no_match": "no_match",
    "empty": "empty",
    "outage": "error",
    "refusal": "error",
}


@dataclass(frozen=True)
class Reaction:
    """What the prompt wants after an answer: what can be heard of it, and how it ends.

    `known` says that the prompt has a rule for it at all; without certain duties nothing may be assumed then.
    """

    known: bool
    statements: tuple[Statement, ...] = ()
    all: tuple[Statement, ...] = ()
    """With those that are not certain."""

    @property
    def duties(self) -> list[tuple[Statement, Duty]]:
        return [(s, d) for s in self.statements for d in s.duties if d.heard]

    def without(self, statement: Statement) -> Reaction:
        rest = tuple(s for s in self.statements if s is not statement)
        return replace(self, statements=rest, all=tuple(s for s in self.all if s is not statement))

    @property
    def ending(self) -> Duty | None:
        return next((d for _, d in reversed(self.duties) if moment_of(d)), None)


def reaction_to(played: Played, served: Served, model: AgentModel) -> Reaction:
    """The cases whose condition is this answer, in the section of the task first, else anywhere."""
    wanted = _ANSWERS.get(played.answer)
    found = [s for s in model.prompt.statements if _is_about(s, played, wanted, model)]
    own = [s for s in found if in_section(s, served)]
    inside = [s for s in own or found if _holds_for(s, served, model)]
    certain = tuple(s for s in inside if s.sure and s.kind == "case")
    return Reaction(bool(found), certain, tuple(inside))


def _is_about(statement: Statement, played: Played, wanted: str | None, model: AgentModel) -> bool:
    conditions = [c for c in (statement.condition, *statement.outer) if c is not None]
    return any(
        _means(c, wanted) and (_names(c, played, model) or _points_at(c, statement, played, model))
        for c in conditions
    )


def _means(condition: Condition, wanted: str | None) -> bool:
    """Whether the condition is this kind of answer; where nothing comes of it, a list may be empty too."""
    return condition.answer == wanted or (
        wanted == "empty" and condition.answer == "no_match" and not condition.about
    )


def _points_at(condition: Condition, statement: Statement, played: Played, model: AgentModel) -> bool:
    """Whether a condition that names no thing (`If that brings nothing`) stands behind the look-up: of those
    that its section names up to there, the last.
    """
    if condition.answer != "no_match" or condition.about:
        return False
    named = ""
    for one in model.prompt.statements:
        if one.section == statement.section:
            named = next((n for n in reversed(one.names) if model.tools[n].role in _READS), named)
        if one is statement:
            break
    return named == played.tool.tool.name


def _names(condition: Condition, played: Played, model: AgentModel) -> bool:
    """Whether what the condition speaks of is this tool, its thing, or any tool at all."""
    if played.tool.tool.name in condition.text:
        return True
    others = [t for t in model.tools if t in condition.text]
    if others:
        return False
    rules = load(model.judged, "rules")
    about = {_singular(w, model) for w in re.findall(r"\w+", plain(condition.about or condition.text))}
    if about & set(rules["any_tool"]):
        return True
    name = played.tool.name
    own = {
        _singular(plain(w), model)
        for w in (*(name.noun.split() if name else ()), *words_of(played.tool.tool.name))
    }
    lists = [w for call in played.tool.tool.mock_data for w in _list_words(call.output, model)]
    roles = set(rules["identifying"]) if played.tool.role == "identify" else set()
    return bool(about & (own | set(lists) | roles))


def _list_words(output: object, model: AgentModel) -> Iterator[str]:
    if isinstance(output, dict):
        for key, value in output.items():
            if isinstance(value, list):
                yield from (_singular(word, model) for word in key_words(key))
                yield from load(model.judged, "rules")["any_list"]


def _singular(word: str, model: AgentModel) -> str:
    return grammar_of(model.judged).words.singular(word)


def _holds_for(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether what stands around the answer holds in this call: a wish that is this one, or nothing."""
    for condition in (statement.condition, *statement.outer):
        if condition is None or condition.answer is not None:
            continue
        words = {_singular(plain(w), model) for w in re.findall(r"\w+", condition.text)}
        verb = served.tool.name.verb if served.tool.name else ""
        group = next((g for g in load(model.judged, "tools")["synonyms"]["verbs"] if verb in g), [verb])
        stems = (
            set(words) | {w.removesuffix("ing") for w in words} | {w.removesuffix("lation") for w in words}
        )
        if not stems & set(group):
            return False
    return True


def expect_reaction(script: Script, reaction: Reaction, step: int, most: int = 3) -> bool:
    """Assert what can be heard of a reaction; False where nothing is certain."""
    moves = script.judged.frames["moves"]
    duties = [(s, d) for s, d in reaction.duties if not d.ban and d.verb not in moves["quiet"]]
    duties = [(s, d) for s, d in duties if not re.search(moves["courtesy"], d.text)]
    for statement, duty in duties[:most]:
        if _passes_on(duty, script.judged) and moment_of(duty) is None:
            ground = [Ground(lines=statement.lines, statement=statement.id)]
            script.expect("transfers", "says", ground, step)
        else:
            expect_duties(script, statement, [duty], step)
    return bool(duties)


def _passes_on(duty: Duty, speech: Speech) -> bool:
    return duty.verb in speech.frames["moves"]["passes_on"]


def end_of(speech: Speech, reaction: Reaction) -> Step | None:
    """The end of the call, when the last of it has been heard."""
    duty = reaction.ending
    moment = moment_of(duty) if duty else None
    if moment is None and any(_passes_on(d, speech) for _, d in reaction.duties):
        moment = Moment("told", str(speech.frames["moves"]["about_transfer"]))
    if moment:
        moment = replace(moment, what=re.sub(speech.frames["moves"]["tail"], "", moment.what))
    return Step(str(speech.frames["moves"]["end"]), moment, last=True) if moment else None
