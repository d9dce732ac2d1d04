"""What planning asks for again and again is worked out once: the cost of a large prompt hangs on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.embedded import plan_model
from evalgen.generation.plan import about, walk
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.read import model as model_module
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.identity import compared_in
from evalgen.generation.read.model import read_agent
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.record_rules import RecordRules
from evalgen.generation.read.statement import Statement
from tests.agents_on_disk import definition_of


def counted(calls: Counter[str], work: Callable[..., Any]) -> Callable[..., Any]:
    def once_more(*args: Any) -> Any:
        calls[repr(args[-3:])] += 1
        return work(*args)

    return once_more


@pytest.mark.parametrize("agent", ["roadside", "retail_policy", "clinica_dental"])
def test_no_condition_is_decided_twice_for_one_record_and_no_facts_are_sought_twice(
    agent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, compared = Counter[str](), Counter[str]()
    monkeypatch.setattr(RecordRules, "_decide", counted(decided, RecordRules._decide))

    def comparing(record: Any, given: Any, statements: Any, language: str, about: Any) -> Any:
        compared[repr((record, sorted(given), sorted(about)))] += 1
        return compared_in(record, given, statements, language, about)

    monkeypatch.setattr(model_module, "compared_in", comparing)
    definition = definition_of(agent)
    brief = Brief(100, "s", (Personality(1, "plain", definition.language),))
    assert plan_model(read_agent(definition), brief).tests
    assert decided
    assert set((decided + compared).values()) == {1}


def test_a_sentence_is_looked_through_for_all_deeds_once_whichever_deed_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = read_agent(definition_of("roadside"))
    deeds = [tool for tool in model.tools.values() if tool.role == "write"]
    served = [one for one in (served_by(deed, model, grammar_of("en")) for deed in deeds) if one]
    assert len(served) > 1
    looked = Counter[str]()
    monkeypatch.setattr(about, "names_stem", counted(looked, about.names_stem))
    for one in served:
        about.names_another("Tell callers what the weather is.", one, model)
    assert looked.total() == len(deeds)


@pytest.mark.parametrize("agent", ["roadside", "retail_policy"])
def test_no_way_is_walked_twice_and_each_has_a_copy_of_its_own(
    agent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, walked, ways = Counter[str](), Counter[str](), list[Any]()
    work, begun = walk._walked, walk.walk

    def walking(chain: Any, served: Any, model: Any, until: Any, known: Any) -> Any:
        walked[repr((id(chain), id(served), until, known))] += 1
        return work(chain, served, model, until, known)

    def beginning(*args: Any, **known: Any) -> Any:
        asked[repr([*map(id, args[:2]), args[3:], known])] += 1
        if way := begun(*args, **known):
            ways.append(way)
        return way

    monkeypatch.setattr(walk, "_walked", walking)
    monkeypatch.setattr("evalgen.generation.plan.deeds.walk", beginning)
    monkeypatch.setattr("evalgen.generation.plan.setbacks.walk", beginning)
    brief = Brief(100, "s", (Personality(1, "plain", "en"),))
    assert plan_model(read_agent(definition_of(agent)), brief).tests
    assert max(asked.values()) > 1
    assert set(walked.values()) == {1}
    assert len({id(way.script) for way in ways}) == len({id(way.script.steps) for way in ways}) == len(ways)


def test_what_a_part_names_is_looked_for_once_and_not_for_each_of_its_sentences(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = read_agent(definition_of("roadside"))
    deed = model.deeds[0]
    chain = model.flow.chain(deed, deed.calls["success"][0])
    assert chain
    names, looked = vars(Statement)["names"].fget, Counter[str]()

    def looking(statement: Statement) -> Any:
        looked[statement.id] += 1
        return names(statement)

    monkeypatch.setattr(Statement, "names", property(looking))
    answers = [about.is_of_other_calls(one, chain, model) for one in model.prompt.statements]
    assert {True, False} == set(answers)
    assert set(looked.values()) == {1}


def test_no_pattern_is_compiled_twice_by_two_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, work = Counter[str](), re._compiler.compile  # type: ignore[attr-defined]

    def compiling(pattern: str, flags: int) -> Any:
        compiled[repr((pattern, flags))] += 1
        return work(pattern, flags)

    monkeypatch.setattr("re._compiler.compile", compiling)
    re.purge()
    brief = Brief(20, "s", (Personality(1, "plain", "en"),))
    for name in ("roadside", "utility_30_tools", "roadside"):
        plan_model(read_agent(definition_of(name)), brief)
    assert compiled
    assert set(compiled.values()) == {1}


def test_what_is_known_of_a_number_is_not_known_of_a_flag_that_equals_it() -> None:
    rules = RecordRules("en", {}, date(2027, 3, 1))
    flag, number = (list(fields_of({"visits": value})) for value in (True, 1))
    assert flag == number
    for _ in range(2):
        assert rules.holds("If visits is true, refuse.", flag) is True
        assert rules.holds("If visits is true, refuse.", number) is None
        assert rules.holds("If there are more than 0 visits.", flag) is None
        assert rules.holds("If there are more than 0 visits.", number) is True
