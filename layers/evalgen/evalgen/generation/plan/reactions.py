"""What the prompt wants after an answer: the cases whose condition it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.plan.unread_errors import errors_unread
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.chain import Played
from evalgen.generation.read.clauses import RETRY
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import AnswerKind, Condition, Duty, Statement
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_words, leaves, plain, words_of

_READS = ("identify", "read")
_ANSWERS: dict[Answer, frozenset[AnswerKind]] = {
    "no_match": frozenset({"no_match"}),
    "empty": frozenset({"empty", "taken"}),
    "outage": frozenset({"error"}),
    "refusal": frozenset({"taken"}),
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
    wanted, found = _wanted(played), list[Statement]()
    apart = "mismatch" in wanted and played.answer == "no_match" and _is_not_found_apart(model)
    wanted -= {"mismatch"} if apart else set()
    for before, one in pairwise(model.prompt.statements[:1] + model.prompt.statements):
        goes_on = found[-1:] == [before] and _is_the_same(before, one)
        found += [one] if goes_on or _is_about(one, played, wanted, model) else []
    own = [s for s in found if in_section(s, served)]
    inside = [s for s in own or found if _holds_for(s, served, model)]
    known = bool(found) or apart or ("error" in wanted and errors_unread(model))
    return _reaction(known, inside, model)


def _is_the_same(before: Statement, behind: Statement) -> bool:
    """Whether a case right behind another is about the same answer: `After two failed tries, transfer`."""
    first, then = ([c.answer, c.about] if c else [] for c in (before.condition, behind.condition))
    return first == then and first[:1] not in ([], [None]) and before.section == behind.section


def reaction_to_a_mismatch(section: tuple[str, ...], model: AgentModel) -> Reaction:
    """What a section that has facts compared wants where they do not agree."""
    found = [s for s in model.prompt.statements if s.section == section and _is_of_a_mismatch(s)]
    return _reaction(bool(found), found, model)


def _is_of_a_mismatch(statement: Statement) -> bool:
    return any(c is not None and c.answer == "mismatch" for c in (statement.condition, *statement.outer))


def _reaction(known: bool, statements: Sequence[Statement], model: AgentModel) -> Reaction:
    certain = tuple(s for s in statements if s.sure and s.kind == "case")
    again = re.compile(load(model.judged, "prompt")["parts"]["retries"], re.IGNORECASE)
    tries = (d for s in certain for d in s.duties if d.verb == RETRY or again.fullmatch(d.text))
    return Reaction(known, certain, tuple(statements), tuple(tries))


def _wanted(played: Played) -> frozenset[AnswerKind]:
    """The kinds of condition that an answer fulfils: several facts that find nobody do not agree."""
    several = sum(one.by == "caller" for one in played.inputs) > 1
    identifies = played.tool.role == "identify"
    if identifies and (played.answer == "refusal" or (played.answer == "no_match" and several)):
        return _ANSWERS["no_match"] | {"mismatch"} if several else frozenset({"mismatch"})
    return _ANSWERS.get(played.answer, frozenset())


def _is_about(statement: Statement, played: Played, wanted: frozenset[AnswerKind], model: AgentModel) -> bool:
    conditions = [c for c in (statement.condition, *statement.outer) if c is not None]
    return any(
        _means(c, wanted)
        and (
            _names(c, played, model)
            or _points_at(c, statement, played, model)
            or _names_what_is_gone(c, played)
            or (c.answer == "mismatch" and _stands_with(statement, played, model))
        )
        for c in conditions
    )


def _is_not_found_apart(model: AgentModel) -> bool:
    """Whether the prompt has what is not found and what does not agree as two cases of their own."""
    rules = load(model.judged, "identity")
    said = [s.text for s in model.prompt.statements if not re.search(rules["mismatch"], s.text, re.IGNORECASE)]
    disagree = any(_is_of_a_mismatch(s) for s in model.prompt.statements)
    return disagree and any(re.search(rules["not_found"], text, re.IGNORECASE) for text in said)


def _means(condition: Condition, wanted: frozenset[AnswerKind]) -> bool:
    """Whether the condition is this kind of answer; where nothing comes of it, a list may be empty too."""
    return condition.answer in wanted or (
        "empty" in wanted and condition.answer == "no_match" and not condition.about
    )


def is_gone(played: Played) -> bool:
    """Whether a refusal says itself that something is full or taken."""
    patterns = (words.tables["answers"]["gone"] for words in all_words())
    return played.answer == "refusal" and any(re.search(p, _said_by(played)) for p in patterns)


def _said_by(played: Played) -> str:
    return plain(" ".join(str(v) for _, v in leaves(played.call.output))).replace("_", " ")


def _names_what_is_gone(condition: Condition, played: Played) -> bool:
    if condition.answer != "taken" or not is_gone(played):
        return False
    return re.search(rf"\b{re.escape(plain(condition.about))}", _said_by(played)) is not None


def _stands_with(statement: Statement, played: Played, model: AgentModel) -> bool:
    """Whether a sentence stands where the tool is named."""
    return statement.section in model.sections[played.tool.tool.name] or not statement.section


def _points_at(condition: Condition, statement: Statement, played: Played, model: AgentModel) -> bool:
    """Whether a condition that names no thing (`If that brings nothing`) stands behind the look-up: of those
    that its section names up to there, the last.
    """
    if condition.answer not in ("no_match", "empty") or condition.about:
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
    said = plain(condition.about or condition.text)
    about = {_singular(w, model) for w in (*re.findall(r"\w+", said), *said.replace("-", "").split())}
    if about & set(rules["any_tool"]):
        return True
    name = played.tool.name
    own = {
        _singular(plain(w), model)
        for w in (*(name.noun.split() if name else ()), *words_of(played.tool.tool.name)[name is not None :])
    }
    lists = [w for call in played.tool.tool.mock_data for w in _list_words(call.output, model)]
    roles = set(rules["identifying"]) if played.tool.role == "identify" else set()
    given = {_singular(w, model) for one in played.inputs if one.by == "caller" for w in key_words(one.key)}
    return bool(about & (own | set(lists) | roles | (given if played.answer == "no_match" else set())))


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
    duties = [(s, d) for s, d in duties if d not in reaction.retries]
    unsaid = f"{moves['courtesy']}|{moves['vague']}"
    duties = [(s, d) for s, d in duties if not re.search(unsaid, d.text, re.IGNORECASE)]
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
