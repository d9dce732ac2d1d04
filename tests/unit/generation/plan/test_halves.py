"""What holds in one case only is asked for with that case, or not at all."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, outcome, planned, steps


def asked(text: str, language: str = "en") -> list[tuple[str, str]]:
    """What callers ask for, with what is stated."""
    tests = planned(agent(text, language=language), "question")
    return [(steps(test)[0], outcome(test)[0]) for test in tests]


@pytest.mark.parametrize(
    ("facts", "question", "answer"),
    [
        (
            "Tune-ups are free for members. Without a membership a tune-up costs $20.",
            "Ask what tune-ups cost for members when opening",
            "The main agent should explain that tune-ups are free for members.",
        ),
        (
            "Swaps are free with damage cover; without it there is a 20 dollar fee.",
            "Ask what swaps cost with damage cover when opening",
            "The main agent should explain that swaps are free with damage cover.",
        ),
        (
            "Shipping is free for orders over two hundred dollars.",
            "Ask what shipping costs for orders over two hundred dollars when opening",
            "The main agent should explain that shipping is free for orders over two hundred dollars.",
        ),
    ],
)
def test_what_is_free_in_one_case_is_asked_for_with_that_case(facts: str, question: str, answer: str) -> None:
    assert asked(f"You answer for a bike shop.\n\n{facts}") == [(question, answer)]


@pytest.mark.parametrize(
    "facts",
    [
        "A tune-up is free. Without a membership it costs $20.",
        "The tune-up costs $20. Otherwise it is included.",
        "A repair takes three days. Outside the season it takes a week.",
        "Inside 48 hours a change costs 15 dollars.",
    ],
)
def test_half_of_an_answer_is_no_question(facts: str) -> None:
    assert asked(f"You answer for a bike shop, in the season and out of it.\n\n{facts}") == []


def test_a_fact_of_its_own_is_asked_for_as_it_stands() -> None:
    facts = "Cleanings are free for everybody. We sell no bikes without a bell."
    answer = "The main agent should explain that cleanings are free for everybody."
    assert asked(f"You answer for a bike shop.\n\n{facts}") == [
        ("Ask what cleanings cost when opening", answer)
    ]


def test_in_spanish_likewise() -> None:
    facts = "El cambio es gratis con seguro; sin él cuesta 20 euros."
    (question, _), *more = asked(f"Atiendes el teléfono de una tienda de bicicletas.\n\n{facts}", "es")
    assert question.startswith("Preguntar cuánto cuesta el cambio con seguro")
    assert not more
    assert (
        asked("Atiendes el teléfono de una tienda.\n\nEl cambio es gratis. Sin seguro cuesta 20 euros.", "es")
        == []
    )
