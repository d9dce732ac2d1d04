"""Tests about documents: questions that have one answer, wrong beliefs, limits, comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain, zip_longest
from typing import TypeVar

from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.plan.asking import Asking, Question
from evalgen.generation.plan.calling import Calling
from evalgen.generation.plan.grouping import cells_in_groups, in_pairs, pairs_of_others, prose_in_groups
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.unanswered import Unanswered, unanswered
from evalgen.generation.read.documents import Fact, Knowledge, read_documents
from evalgen.generation.read.model import AgentModel

T = TypeVar("T")

MOST_VARIATIONS = 3
"""Rounds in which facts are asked for in other company."""


@dataclass(frozen=True, slots=True)
class _Planned:
    kind: str
    aim: str
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    variation_of: str = ""
    """The key of the first that asks the same of another row."""

    @property
    def key(self) -> str:
        return f"knowledge:{self.kind}:{'+'.join(fact.id for fact in self.facts)}"


def knowledge_tests(model: AgentModel, brief: Brief, taken: Collection[str] = ()) -> Iterator[Test]:
    """Tests in the order of the slots: the test at place i is spoken in the language of slot i's personality.

    Ends where no further distinct test is certain. The first n are the same whatever the job's size.
    """
    languages = [personality.language for personality in brief.personalities]
    tests = {
        language: (test for test in _tests(_speaking(model, language), brief) if test.key not in taken)
        for language in set(languages)
    }
    slot = 0
    while languages:
        test = next(tests[languages[slot % len(languages)]], None)
        if test is None:
            return
        yield test
        slot += 1


def knowledge_of(definition: AgentDefinition, brief: Brief, language: str) -> Knowledge:
    """The facts of the documents that the brief draws on, less what the agent's own prompt contradicts."""
    chosen = [d for d in definition.documents if not brief.knowledge_base or d.id in brief.knowledge_base]
    return read_documents(chosen, language, said_by_prompt=Document(0, "", definition.description))


def _speaking(model: AgentModel, language: str) -> AgentModel:
    return replace(model, definition=replace(model.definition, language=language))


def _tests(model: AgentModel, brief: Brief) -> Iterator[Test]:
    definition, language = model.definition, model.definition.language
    knowledge = knowledge_of(definition, brief, language)
    facts = knowledge.asked
    claimed = [fact for fact in knowledge.sure if not fact.ask]
    if not knowledge.sure:
        return
    texts = (definition.description, *(document.text for document in definition.documents))
    asking, calling = Asking(language, facts, brief.seed, texts), Calling(model, brief.seed)
    open_questions = list(unanswered(definition.description, definition.documents, language))
    first: dict[str, str] = {}
    asked = set()
    named = _Names(Speech(language))
    kinds, same = _kinds(asking, facts, claimed, brief.seed)
    for planned in chain(_in_turn([*kinds, _unknown(asking, facts, open_questions)]), same):
        for fact in planned.facts:
            first.setdefault(fact.id, planned.key)
        asked.add(frozenset(fact.id for fact in planned.facts))
        yield calling.identified(named(_test(planned, asking, language)))
    for turn in range(1, MOST_VARIATIONS + 1):
        for group in _shuffled(pairs_of_others(facts, turn), brief.seed, f"variations/{turn}"):
            ids = frozenset(fact.id for fact in group)
            if ids not in asked:
                asked.add(ids)
                again = replace(_direct(group, asking, "again"), variation_of=first[group[0].id])
                yield calling.identified(named(_test(again, asking, language)))


def _kinds(
    asking: Asking, facts: Sequence[Fact], claimed: Sequence[Fact], seed: str
) -> tuple[list[list[_Planned]], list[_Planned]]:
    """The tests of each kind as the seed orders them, and those that ask the same of other rows."""
    found = [
        _shuffled([_direct(group, asking, "fact") for group in prose_in_groups(facts)], seed, "direct"),
        _shuffled([_direct(group, asking, "table") for group in cells_in_groups(facts)], seed, "cells"),
    ]
    for planned in chain.from_iterable(found):
        asking.note(planned.facts)
    questions = (
        ("premise", asking.premise, [(fact,) for fact in facts]),
        ("claim", asking.premise, in_pairs(claimed)),
        ("limit", asking.limit, [(fact,) for fact in facts]),
        ("compare", asking.compare, asking.comparable_pairs()),
    )
    for kind, make, groups in questions:
        made = []
        for group in _shuffled(groups, seed, kind):
            if (one := make(group)) is not None:
                aim, asked, about = one
                made.append(_Planned(kind, aim, asked, about))
        found.append(made)
    parted = [_parted(planned) for planned in found]
    return [fresh for fresh, _ in parted], list(_in_turn(same for _, same in parted))


def _parted(found: Sequence[_Planned]) -> tuple[list[_Planned], list[_Planned]]:
    """Those that ask for something for the first time, and those that ask the same of other rows."""
    fresh: list[_Planned] = []
    same: list[_Planned] = []
    first: dict[tuple[str, ...], str] = {}
    for planned in found:
        facts = planned.facts if planned.kind in ("fact", "table") else planned.facts[:1]
        about = [(f.file, f.table, f.attribute) if f.row else (f.id,) for f in facts]
        if all(one in first for one in about):
            same.append(replace(planned, variation_of=first[about[0]]))
            continue
        fresh.append(planned)
        for one in about:
            first.setdefault(one, planned.key)
    return fresh, same


def _unknown(asking: Asking, facts: Sequence[Fact], questions: Sequence[Unanswered]) -> list[_Planned]:
    made = []
    for place, question in enumerate(questions):
        aim, asked, about = asking.unknown(question, facts[place % len(facts)])
        made.append(_Planned(f"unanswered_{place}", aim, asked, about))
    return made


def _direct(group: Sequence[Fact], asking: Asking, kind: str) -> _Planned:
    facts = tuple(group)
    if len(facts) == 1 and (other := asking.beside(facts[0])):
        facts = (*facts, other)
    return _Planned(kind, asking.aim(facts), tuple(map(asking.direct, facts)), facts)


@dataclass(frozen=True, slots=True)
class _Names:
    """Says of a variation that it is one, and which."""

    speech: Speech
    counts: Counter[str] = field(default_factory=Counter[str])

    def __call__(self, test: Test) -> Test:
        if not test.variation_of:
            return test
        self.counts[test.variation_of] += 1
        number = str(self.counts[test.variation_of])
        return replace(test, aim=self.speech.name("variation", name=test.aim, number=number))


def _test(planned: _Planned, asking: Asking, language: str) -> Test:
    steps, assertions = asking.played(planned.questions)
    return Test(
        key=planned.key,
        aim=planned.aim,
        language=language,
        told_in=language,
        steps=steps,
        assertions=assertions,
        tags=("knowledge_base", planned.kind.partition("_")[0]),
        covers=tuple(fact.id for fact in planned.facts),
        variation_of=planned.variation_of,
        sources=asking.sources(planned.facts),
    )


def _in_turn(kinds: Iterable[Sequence[T]]) -> Iterator[T]:
    """One of each kind after the other, as long as there are any."""
    return (item for item in chain.from_iterable(zip_longest(*kinds)) if item is not None)


def _shuffled(items: Sequence[T], seed: str, stage: str) -> list[T]:
    return [
        item
        for _, item in sorted(
            enumerate(items), key=lambda pair: sha256(f"{seed}|{stage}|{pair[0]}".encode()).hexdigest()
        )
    ]
