"""Which rules of the prompt belong to an answer or a record of this call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from evalgen.generation.languages import load
from evalgen.generation.plan.cases import expect_duties, moment_of
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import Served, slots_of
from evalgen.generation.plan.test import Step
from evalgen.generation.plan.things import listed_in
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.chain import Chain, Played, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import Field, fields_of
from evalgen.generation.read.statement import Condition, Duty, Statement
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_of, leaves, plain, snake, words_of

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
    return any(c.answer == wanted and _names(c, played, model) for c in conditions)


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
                yield from (_singular(plain(w), model) for w in words_of(key))
                yield from load(model.judged, "rules")["any_list"]


def _singular(word: str, model: AgentModel) -> str:
    return grammar_of(model.judged).words.singular(word)


def in_section(statement: Statement, served: Served) -> bool:
    return bool(served.section) and statement.section[: len(served.section)] == served.section


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
    quiet = script.judged.frames["moves"]["quiet"]
    duties = [(s, d) for s, d in reaction.duties if not d.ban and d.verb not in quiet]
    for statement, duty in duties[:most]:
        expect_duties(script, statement, [duty], step)
    return bool(duties)


def end_of(speech: Speech, reaction: Reaction) -> Step | None:
    """The end of the call, when the last of it has been heard."""
    duty = reaction.ending
    moment = moment_of(duty) if duty else None
    if moment:
        moment = replace(moment, what=re.sub(speech.frames["moves"]["tail"], "", moment.what))
    return Step(str(speech.frames["moves"]["end"]), moment, last=True) if moment else None


def record_of(chain: Chain, model: AgentModel) -> list[Field]:
    """The fields of the records that a call is about: of who is calling, and of what was chosen."""
    grammar = grammar_of(model.spoken)
    found: list[Field] = []
    for played in chain.calls:
        if played is not chain.last or played.tool.role != "write":
            found += fields_of(played.call.output)
        for one in played.inputs:
            if thing := listed_in(chain, one, grammar):
                found += fields_of(value_at(chain.calls[thing.call].call.output, thing.place))
    found += fields_of(chain.last.call.input)
    return found


def forbidding(chain: Chain, served: Served, model: AgentModel) -> list[Statement]:
    """The sentences that may forbid the deed for this record: a good agent might not get to it."""
    rules, words = model.record_rules, load(model.judged, "rules")
    fields = record_of(chain, model)
    found = []
    for statement in model.prompt.statements:
        text = statement.text
        if not re.search(words["restricts"], text, re.IGNORECASE):
            continue
        if not concerns(statement, served, model):
            continue
        only = re.search(words["only"], text, re.IGNORECASE) is not None
        holds = rules.holds(statement.condition.text if statement.condition else text, fields)
        if (holds is True and not only) or (holds is False and only):
            found.append(statement)
    return found


def lacks_a_read(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the playbook of the task names a look-up that the chain has no mocked answer for."""
    made = {p.tool.tool.name for p in chain.calls}
    named = {
        t
        for s in model.prompt.statements
        if s.kind != "case" and (in_section(s, served) or concerns(s, served, model))
        for t in s.tools
        if t in s.text
    }
    return any(
        model.tools[t].role in ("read", "identify") and t not in made for t in named if t in model.tools
    )


def lacks_identity(chain: Chain, model: AgentModel) -> bool:
    """Whether the agent finds its callers by a look-up, and none of its answers is in the chain."""
    finds = any(t.role == "identify" and t.calls.get("success") for t in model.tools.values())
    return finds and not any(p.tool.role == "identify" for p in chain.calls)


def lacks_fields(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the prompt decides by fields of a record that no answer has."""
    named = {
        name
        for s in model.prompt.statements
        if in_section(s, served) or concerns(s, served, model)
        for name in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+[A-Z]\w*\b", s.text)
    }
    known = {key_of(path) for p in chain.calls for path, _ in (*leaves(p.call.input), *leaves(p.call.output))}
    return bool(named - known - model.names)


def lacks_a_story(served: Served) -> bool:
    """Whether the deed takes what only the caller's own story can fill, and nothing says what that is."""
    tool = served.tool
    stories = {w for words in all_words() for w in words.tables["agent_decides"]["stories"]}
    told = {key for call in tool.calls.get("success", []) for key in call.input}
    names = set(tool.properties) | set(tool.tool.freetext_params)
    return any(snake(n) in stories and (n not in told or tool.decided_by_agent(n, "")) for n in names)


def is_urgent(served: Served, model: AgentModel) -> bool:
    """Whether the prompt has the deed done before anything else, identification included."""
    name = served.tool.tool.name
    pattern = load(model.judged, "rules")["before_all"]
    return any(name in s.text and re.search(pattern, s.text, re.IGNORECASE) for s in model.prompt.statements)


def model_sections(model: AgentModel) -> Sequence[tuple[str, ...]]:
    return [task.section for task in model.prompt.tasks if task.section]


def stands_elsewhere(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of another task."""
    return any(statement.section[: len(s)] == s for s in model_sections(model) if s != served.section)


def concerns(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of the task or speaks of the deed or its thing."""
    if stands_elsewhere(statement, served, model):
        return False
    if in_section(statement, served) or served.tool.tool.name in statement.tools:
        return True
    slots = slots_of(served.tool, model.judged)
    if slots is None:
        return False
    text = plain(statement.text)
    named = _named(slots["verb"], slots["noun"], model.judged)
    return any(word in text and re.search(rf"\b{re.escape(word)}s?\b", text) for word in named)


@cache
def _named(verb: str, noun: str, language: str) -> frozenset[str]:
    """The words by which a deed or its thing is spoken of, as identifiers have them."""
    grammar, tables = grammar_of(language), load(language, "tools")
    group = next((g for g in tables["synonyms"]["verbs"] if g[0] == verb), [verb])
    forms = {form for one in group for form in (one, grammar.participle(one, noun), f"{one}ing")}
    last = plain(noun.rsplit(maxsplit=1)[-1])
    return frozenset(map(plain, {*forms, last, grammar.words.singular(last)}))
