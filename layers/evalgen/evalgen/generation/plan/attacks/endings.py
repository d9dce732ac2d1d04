"""How a caller comes back to an honest matter after an attack, and what a good agent does then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.definition import Document
from evalgen.generation.languages import load
from evalgen.generation.plan.asking import asked
from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.deeds import deed_tests
from evalgen.generation.plan.fact_questions import fact_question
from evalgen.generation.plan.gaps import lacks_a_story
from evalgen.generation.plan.inquiries import inquiry_tests
from evalgen.generation.plan.script import Script, Speech, reference
from evalgen.generation.plan.slots import filled
from evalgen.generation.plan.stated import facts_of_prompt
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.plan.test import Assertion, ExpectedCall, Ground, Moment, Step, Test
from evalgen.generation.plan.turns import turn
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.documents import Fact, read_documents
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of, leaves, number_of, same

MOST_STEPS = 6
"""Of an honest matter, request and end included: the attack needs the others."""
ENOUGH = 3
"""So many stated facts are asked about instead of what a record tells, or a deed."""
DONE = "done:"
MOST_ASSERTED = 2
MOST_DOCUMENTED = 8
MOST_ANSWERS = 4
"""So many answers to who is calling leave room for the attack."""
CALLERS = 6
"""So many callers are tried where no matter of a record decides who calls."""
_SMALL_IN_NAMES = frozenset({"de", "del", "la", "las", "los", "van", "von", "der", "y"})


@dataclass(frozen=True)
class Ending:
    """`request` is said instead of the attack, `standing` are answers that are given if they are asked for.

    `rest` are the steps behind the request, the end of the call last. Without a request the caller gives up.
    `on_record`: the matter is about a record, so that the agent has to know who is calling.
    """

    key: str
    request: str = ""
    standing: tuple[Step, ...] = ()
    rest: tuple[Step, ...] = ()
    asserted: tuple[Assertion, ...] = ()
    calls: tuple[ExpectedCall, ...] = ()
    profile: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    on_record: bool = False

    def unidentified(self) -> Ending:
        """Without answers to who is calling, for a matter that needs none of them; a name stays."""
        names = {k: v for k, v in self.profile.items() if kind_of(k, v) == "name"}
        return self if self.on_record else replace(self, standing=(), calls=(), profile=names)


def endings_of(model: AgentModel, seed: str) -> list[list[Ending]]:
    """Honest matters by what they are about; those of one list differ in the record only.

    A deed is done, or asked what a record tells, only where little else is stated, and what the agent is
    there for where nothing is. Where the prompt cuts off callers who keep on, the only one is to give up.
    """
    if _cuts_off(model):
        return [_by_callers(Ending("none"), model, seed)]
    facts = [*_facts(model, seed), *_stated(model, seed)]
    facts = [*{one.asserted[0].rests_on[0].lines: one for one in reversed(facts)}.values()]
    stated = [*facts, *_document_facts(model, seed)]
    if len(stated) >= ENOUGH:
        return [stated]
    kinds: dict[str, list[Ending]] = {}
    for test in _honest(model):
        if len(test.steps) <= MOST_STEPS and (ending := _of_test(test, model)):
            kinds.setdefault(ending.key.rpartition("/")[0], []).append(ending)
    return [*kinds.values(), *([stated] if stated else [])] or [_by_callers(_plain(model), model, seed)]


def others(model: AgentModel, choice: str) -> Iterator[Ending]:
    """What fits behind any attack: a question that any agent answers, else to give up."""
    if not _cuts_off(model):
        yield _answered(_plain(model), model, choice)
    yield _answered(Ending("none"), model, choice)


def _by_callers(ending: Ending, model: AgentModel, seed: str) -> list[Ending]:
    """The same from several callers, each once."""
    found = [_answered(ending, model, f"{seed}/{number}") for number in range(CALLERS)]
    return list({repr(one.profile): one for one in found}.values())


def _cuts_off(model: AgentModel) -> bool:
    table = load(model.judged, "attacks")["cut_off"]
    return any(
        re.search(table["words"], s.text) and re.search(table["why"], s.text) for s in model.prompt.statements
    )


def _honest(model: AgentModel) -> Iterator[Test]:
    for tool in model.tools.values():
        yield from inquiry_tests(tool, model)
    for tool in model.deeds:
        served = served_by(tool, model, grammar_of(model.spoken))
        if served is None or lacks_a_story(served):
            continue
        for call in tool.calls.get("success", []):
            alone = model.flow.chain(tool, call)
            chain = model.flow.with_lookups(alone) if alone else None
            test = next(deed_tests(chain, served, model), None) if chain else None
            if test is not None and test.key.startswith(DONE):
                yield test


def _of_test(test: Test, model: AgentModel) -> Ending | None:
    """Who is calling is told whenever it is asked for, since the attack may bring it up already."""
    giving = load(model.spoken, "attacks")["frames"]["giving"]
    known = {same(value) for call in test.calls[:1] for _, value in leaves(call.input)}
    own = {reference(key) for key, value in test.profile.items() if same(value) in known}
    standing: list[Step] = []
    for step in test.steps[1:]:
        identifies = step.moment.standing or any(ref in step.action for ref in own)
        if step.moment.kind != "asked" or not identifies or not re.search(giving, step.action):
            break
        standing.append(replace(step, moment=replace(step.moment, standing=True)))
    rest = test.steps[1 + len(standing) :]
    identifying = {name for name, tool in model.tools.items() if tool.role == "identify"}
    if identifying and identifying.isdisjoint(call.tool for call in test.calls):
        return None
    if not rest or not test.assertions or not _names_people(test.profile):
        return None
    if re.search(load(model.spoken, "attacks")["back"]["unsaid"], test.steps[0].action):
        return None
    return Ending(
        test.key,
        test.steps[0].action,
        tuple(standing),
        rest,
        test.assertions[:MOST_ASSERTED],
        test.calls,
        dict(test.profile),
        dict(test.variables),
        test.covers,
        on_record=True,
    )


def _names_people(profile: Mapping[str, Any]) -> bool:
    """Whether what the profile has as names are such of people and not of goods."""
    names = [str(value).split() for key, value in profile.items() if kind_of(key, value) == "name"]
    return all(word[:1].isupper() or word in _SMALL_IN_NAMES for words in names for word in words)


def _facts(model: AgentModel, seed: str) -> Iterator[Ending]:
    """Questions that the prompt surely answers, in a sentence that does not go on with another."""
    if model.spoken != model.judged:
        return
    end = load(model.spoken, "attacks")["frames"]["end"]
    for statement in model.sure("fact"):
        asked = fact_question(statement, model.judged, model.definition.description)
        if asked is None or statement.text[:1].islower() or _leans(asked.question, model):
            continue
        made = turn("fact_at_opening", model.judged, question=asked.question, fact=asked.fact)
        ground = Ground(lines=statement.lines, statement=statement.id)
        yield _answered(
            Ending(
                f"prompt_fact/{statement.id}",
                made.action,
                rest=(Step(end, Moment("told", asked.question), last=True),),
                asserted=(Assertion("a1", "says", made.assertion_text, (ground,), 1),),
            ),
            model,
            seed,
        )


def _document_facts(model: AgentModel, seed: str) -> Iterator[Ending]:
    """Questions that the agent's documents surely answer."""
    if model.spoken != model.judged:
        return
    prompt = Document(0, "", model.definition.description)
    asked = read_documents(model.definition.documents, model.spoken, said_by_prompt=prompt).asked
    facts = [fact for fact in asked if fact.whole and not _leans(fact.ask, model)]
    for fact in sorted(facts, key=lambda fact: number_of(f"{seed}/{fact.id}"))[:MOST_DOCUMENTED]:
        ground = Ground(document=fact.file, lines=(fact.line, fact.line), statement=fact.text)
        yield _answered(_of_fact(f"document_fact/{fact.id}", fact, ground, model), model, seed)


def _stated(model: AgentModel, seed: str) -> Iterator[Ending]:
    """Questions that the prompt answers as a document does."""
    of_places = load(model.judged, "attacks")["back"]["facts"]
    found = [(fact, ground) for fact, ground in facts_of_prompt(model) if fact.because in of_places]
    for fact, ground in found[:MOST_DOCUMENTED]:
        if not fact.text[:1].islower() and not _leans(fact.ask, model):
            yield _answered(_of_fact(f"stated/{fact.id}", fact, ground, model), model, seed)


def _leans(question: str, model: AgentModel) -> bool:
    """Whether a question is about something that only what stands around its answer explains."""
    return re.search(load(model.judged, "attacks")["back"]["leans"], question, re.IGNORECASE) is not None


def _of_fact(key: str, fact: Fact, ground: Ground, model: AgentModel) -> Ending:
    frames, end = load(model.spoken, "knowledge"), load(model.spoken, "attacks")["frames"]["end"]
    text = frames["outcome"].format(state=fact.state)
    return Ending(
        key,
        asked(frames, fact.ask, fact),
        rest=(Step(end, Moment("told", fact.told), last=True),),
        asserted=(Assertion("a1", "says", text, (ground,), 1),),
    )


def _plain(model: AgentModel) -> Ending:
    """A question that any agent answers: what it is there for."""
    frames = load(model.spoken, "attacks")["frames"]
    end = Step(frames["end"], Moment("told", frames["helped"]), last=True)
    return Ending("plain", frames["back_plain"], rest=(end,))


def _answered(ending: Ending, model: AgentModel, seed: str) -> Ending:
    """With all answers of somebody whom the agent can identify, if it asks who is calling, or with none."""
    script = Script(Speech(model.spoken), Speech(model.judged))
    caller = caller_of(model, f"{seed}/{ending.key}")
    caller.answer(script)
    answered = replace(
        ending,
        standing=tuple(script.steps),
        calls=tuple(caller.calls),
        profile=dict(script.profile),
        variables=variables_of(model, caller.chain, script.profile),
    )
    return answered if caller.whole and len(script.steps) <= MOST_ANSWERS else answered.unidentified()


def back(ending: Ending, model: AgentModel) -> str:
    """The step with which the caller turns to the honest matter."""
    frames = load(model.spoken, "attacks")["frames"]
    if ending.key == "plain":
        return filled(frames["back"], {"ask": ending.request})
    return filled(frames["back"], {"ask": ending.request[:1].lower() + ending.request[1:]})
