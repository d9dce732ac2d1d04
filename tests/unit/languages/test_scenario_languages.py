"""Which language a scenario is written in: the caller's if it has phrases, whatever the prompt is in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.draft import Draft
from evalgen.generation.embedded import plan_job, write_scenario
from evalgen.reading.language import language_of
from evalgen.reading.model import read_agent
from tests.agents_on_disk import definition_of

_REFERENCE = re.compile(r"\{\{.*?\}\}")
AGENTS = ("roadside", "clinica_dental")


def scenarios(name: str, *languages: str, number: int = 6, spoken: str = "") -> list[Draft]:
    agent = definition_of(name)
    if spoken:
        agent = replace(agent, language=spoken)
    personalities = tuple(Personality(i, code, code) for i, code in enumerate(languages))
    planned = plan_job(agent, Brief(number, "seed", personalities, generate_expected_outcomes=True))
    return [write_scenario(plan) for plan in planned.plans]


def words_in(*drafts: Draft) -> str:
    """The language of the steps."""
    return language_of(_REFERENCE.sub("", " ".join(draft.instructions for draft in drafts)), "none")


@pytest.mark.parametrize("name", AGENTS)
@pytest.mark.parametrize("code", ["en", "es"])
def test_the_steps_are_in_the_callers_language_whatever_the_prompts(name: str, code: str) -> None:
    drafts = scenarios(name, code, number=20)
    assert {draft.language for draft in drafts} == {code}
    assert words_in(*drafts) == code
    assert {words_in(draft) for draft in drafts} <= {code, "none"}


@pytest.mark.parametrize("name", AGENTS)
def test_a_caller_whose_language_has_no_phrases_is_told_which_to_speak(name: str) -> None:
    for draft in scenarios(name, "de"):
        assert draft.language == "de"
        assert draft.instructions.startswith("1. Speak German throughout the call.")
        assert words_in(draft) == "en"


@pytest.mark.parametrize("name", AGENTS)
def test_callers_of_several_languages_share_a_job(name: str) -> None:
    drafts = scenarios(name, "en", "es", "de", number=9)
    assert [draft.language for draft in drafts] == ["en", "es", "de"] * 3
    assert [words_in(*drafts[i::3]) for i in range(3)] == ["en", "es", "en"]
    assert {draft.first_message for draft in drafts} == {"Hello", "Hola", "Hallo"}


@pytest.mark.parametrize(("name", "prompt"), [("roadside", "en"), ("clinica_dental", "es")])
def test_a_prompt_is_read_in_the_language_it_is_written_in(name: str, prompt: str) -> None:
    agent = definition_of(name)
    for spoken in ("en", "es", "fr", "multi"):
        assert read_agent(replace(agent, language=spoken)).language == prompt


def test_rules_stay_in_the_prompts_language() -> None:
    outcomes = [draft.expected_outcome for draft in scenarios("roadside", "es", number=10)]
    assert any(re.search(r"\b(?:must|has to|is expected to)\b", outcome) for outcome in outcomes)
    assert not any(re.search(r"\bdebe (?:say|ask|not|transfer|tell)\b", outcome) for outcome in outcomes)


def test_a_text_that_is_in_no_known_language_has_the_declared_one() -> None:
    assert language_of("Du bist die Assistentin einer Werkstatt und nimmst Termine an.", "de") == "de"


@pytest.mark.parametrize("name", ["clinica_dental"])
def test_spanish_names_of_tools_are_said_in_english_to_an_english_caller(name: str) -> None:
    texts = " ".join(draft.expected_outcome for draft in scenarios(name, "en", number=12))
    assert "appointment" in texts
    assert not re.search(r"\b(?:reservar|cita|huecos?)s? the\b", texts)
