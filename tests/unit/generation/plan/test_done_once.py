"""What planning asks for again and again is worked out once: the cost of a large prompt hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.embedded import plan_model
from evalgen.generation.plan import about
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.read import model as model_module
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.identity import compared_in
from evalgen.generation.read.model import read_agent
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.record_rules import RecordRules
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


def test_what_is_known_of_a_number_is_not_known_of_a_flag_that_equals_it() -> None:
    rules = RecordRules("en", {}, date(2027, 3, 1))
    flag, number = (list(fields_of({"visits": value})) for value in (True, 1))
    assert flag == number
    for _ in range(2):
        assert rules.holds("If visits is true, refuse.", flag) is True
        assert rules.holds("If visits is true, refuse.", number) is None
        assert rules.holds("If there are more than 0 visits.", flag) is None
        assert rules.holds("If there are more than 0 visits.", number) is True
