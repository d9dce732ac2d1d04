"""Choices of a parameter as callers say them: in the prompt's own words."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.choices import said_choice
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

PHYSIO = "Prices: first assessment $95, pelvic floor session $110, sports massage $80."
FISIO = "Precios: primera sesión 45 €, sesión de suelo pélvico 60 €, masaje deportivo 50 €."


@pytest.mark.parametrize(
    ("choice", "prompt", "language", "said"),
    [
        ("pelvic", PHYSIO, "en", "pelvic floor session"),
        ("first", PHYSIO, "en", "first assessment"),
        ("sports", PHYSIO, "en", "sports massage"),
        ("pelvico", FISIO, "es", "sesión de suelo pélvico"),
        ("primera", FISIO, "es", "primera sesión"),
        ("deportivo", FISIO, "es", "masaje deportivo"),
    ],
)
def test_a_fragment_is_said_with_the_words_that_the_prompt_has_around_it(
    choice: str, prompt: str, language: str, said: str
) -> None:
    assert said_choice("session_type", choice, grammar_of(language), prompt) == said


@pytest.mark.parametrize(
    ("choice", "prompt"),
    [
        ("massage", "We offer massage and physiotherapy. A massage session is $80."),
        ("dog", "A dog and cat hotel. A dog visit is free."),
        ("cat", "A cat room costs $28."),
        ("standard", "Delivery is standard, or express."),
        ("pelvic", "We do not say what we treat."),
    ],
)
def test_a_choice_that_the_prompt_has_alone_stays_as_it_is(choice: str, prompt: str) -> None:
    assert said_choice("kind", choice, grammar_of("en"), prompt) == choice


WHOSE = "You answer for a kiln hall.\n\n# Who is calling\nAsk for the phone number and call find_member.\n\n"
MEMBER = tool("find_member", ({"phone": "5035550117"}, {"member_id": "m_4", "full_name": "Ines Rowe"}))


def kiln(about: str, choice: str, more: str = "") -> AgentModel:
    booked = tool(
        "book_kiln",
        ({"member_id": "m_4", "firing": choice}, {"status": "booked"}),
        described={"firing": about},
        enums={"firing": ["general", "glaze", "shelf_2", "north"]},
    )
    return agent(f"{WHOSE}# Book a kiln\nAsk which firing it is. Call book_kiln.\n\n{more}", MEMBER, booked)


def test_a_choice_that_a_description_always_has_in_some_case_is_told_by_nobody() -> None:
    about = "The firing; always general for whole days."
    named = [step for test in planned(kiln(about, "general"), "done") for step in steps(test)]
    assert named
    assert not any("firing" in step for step in named)
    told = [step for test in planned(kiln(about, "glaze"), "done") for step in steps(test)]
    assert any("firing" in step for step in told)


def test_one_of_several_of_a_kind_is_said_only_as_the_prompt_says_it() -> None:
    assert not planned(kiln("The firing.", "shelf_2"), "done")
    assert planned(kiln("The firing.", "shelf_2", "Shelf 2 is the upper one."), "done")


def test_what_only_a_choice_is_called_is_asked_about_by_nobody() -> None:
    rules = (
        "# Rules of the house\n- North: Mondays and Thursdays.\n- Dogs: welcome in the yard, not in the hall."
    )
    names = [test.aim for test in planned(kiln("The firing.", "glaze", rules))]
    assert any("dogs" in name for name in names)
    assert not any("north" in name.lower() for name in names)
