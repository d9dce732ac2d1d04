"""The caller's moves and the questions for facts: their witnesses, and what they need."""

import re
from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.plan.fact_questions import FactQuestion, fact_question
from evalgen.generation.plan.slots import slots_in
from evalgen.generation.plan.turns import turn
from evalgen.generation.read.statement import Condition, Statement

LANGUAGES = ("en", "es")
TURNS = [
    pytest.param(language, table, id=f"{language}-{table['name']}")
    for language in LANGUAGES
    for table in load(language, "turns")["turn"]
]
FACTS = [
    pytest.param(language, table, id=f"{language}-{table['name']}")
    for language in LANGUAGES
    for table in load(language, "turns")["fact"]
]


@pytest.mark.parametrize(("language", "table"), TURNS)
def test_a_turn_says_what_its_example_shows(language: str, table: dict[str, Any]) -> None:
    assert list(turn(table["name"], language, **table["example"])) == table["says"]


@pytest.mark.parametrize(("language", "table"), TURNS)
def test_a_turn_needs_exactly_the_values_that_it_uses(language: str, table: dict[str, Any]) -> None:
    texts = (table.get(key, "") for key in ("action", "what", "should", "should_not"))
    assert slots_in(*texts) == set(table["needs"]) == set(table["example"])


@pytest.mark.parametrize("values", [{}, {"question": "what it costs"}])
def test_a_missing_value_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        turn("fact_at_opening", "en", **values)
    with pytest.raises(KeyError):
        turn("no such move", "en", **values)


def stated(text: str) -> Statement:
    return Statement("s1", (1, 1), text, (), "fact", "test", True)


@pytest.mark.parametrize(("language", "table"), FACTS)
def test_a_fact_is_asked_for_in_its_own_form(language: str, table: dict[str, Any]) -> None:
    assert [text for text in table["facts"] if fact_question(stated(text), language) is None] == []
    assert [text for text in table["others"] if fact_question(stated(text), language)] == []


@pytest.mark.parametrize(("language", "table"), FACTS)
def test_a_fact_is_stated_as_the_prompt_has_it(language: str, table: dict[str, Any]) -> None:
    for text in table["facts"]:
        made = fact_question(stated(text), language)
        assert made is not None
        words = iter(re.findall(r"\w+", text.casefold()))
        assert all(word in words for word in re.findall(r"\w+", made.fact.casefold()))
        assert made.question.startswith(table["question"].partition(" {")[0])


def test_a_question_does_not_give_the_answer_away() -> None:
    assert fact_question(
        stated("A replacement card takes five to seven business days."), "en"
    ) == FactQuestion(
        "how long a replacement card takes", "a replacement card takes five to seven business days"
    )


def test_a_name_keeps_out_of_questions_and_a_common_noun_is_written_small() -> None:
    text = "Express delivery costs 15 dollars."
    assert fact_question(stated(text), "en", prompt=text) is None
    made = fact_question(stated(text), "en", prompt=f"{text} Offer express delivery.")
    assert made == FactQuestion("what express delivery costs", "express delivery costs 15 dollars")


def test_a_fact_that_holds_in_a_case_only_is_not_asked_for() -> None:
    text = stated("A cleaning costs 55 euros.")
    case = Condition("the caller is new", "other")
    assert fact_question(replace(text, condition=case), "en") is None
    assert fact_question(replace(text, outer=(case,)), "en") is None
    assert fact_question(replace(text, kind="order"), "en") is None
