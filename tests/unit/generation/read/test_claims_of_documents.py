"""Sentences with one amount, which callers have heard with another."""

from __future__ import annotations

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.plan.knowledge import knowledge_tests
from evalgen.generation.plan.test import Test
from evalgen.generation.read.documents import Knowledge, read_documents
from evalgen.generation.read.model import read_agent

PIERCED = "Newly pierced ears may be taped for six weeks."
ADULT = "An adult is anyone aged 16 or over."


def read(text: str) -> Knowledge:
    return read_documents([Document(1, "a.md", text)], "en")


def planned(text: str) -> list[Test]:
    definition = AgentDefinition("Desk", "en", "", documents=(Document(1, "a.md", text),))
    brief = Brief(9, "s", (Personality(1, "plain", "en"),), "knowledge_base")
    return list(knowledge_tests(read_agent(definition), brief))


def test_it_is_believed_with_another_amount_and_put_right() -> None:
    (test,) = planned(f"{PIERCED}\n\n{ADULT}\n")
    assert [step.action for step in test.steps] == [
        "Say that you heard newly pierced ears may be taped for seven weeks, and ask whether that is right",
        "Say that you heard an adult is anyone aged 13 or over, and ask whether that is right",
        "End the call",
    ]
    assert [a.text for a in test.assertions] == [
        "The main agent should state that newly pierced ears may be taped for six weeks, not seven weeks.",
        "The main agent should state that an adult is anyone aged 16 or over, not 13.",
    ]


@pytest.mark.parametrize("heading", ["Before you come", "Prices and payment"])
def test_below_a_heading_that_nobody_would_say_only_a_plain_noun_stands_alone(heading: str) -> None:
    knowledge = read(f"# Club\n\n## {heading}\n\n- {ADULT}\n- {PIERCED}\n")
    assert [fact.text for fact in knowledge.sure] == [PIERCED]


def test_it_is_never_asked_for() -> None:
    knowledge = read(PIERCED)
    assert (len(knowledge.sure), knowledge.asked) == (1, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Groups of 9 may bring 2 guides along.",
        "After that a change may cost 6 pounds.",
        "The first inspection there may cost 50 dollars.",
        "Swimmers may wear goggles from Level 3 on.",
        "It may be taped for six weeks.",
        "We may text you 2 hours before.",
        "The shop has sold boats since 1987.",
        "Clear a strip of 2 feet along the walls.",
        "Up to ten minutes is fine for everybody.",
        "A crown costs 90 dollars and a filling more.",
    ],
)
def test_what_has_two_amounts_or_leans_or_orders_is_left(sentence: str) -> None:
    assert read(f"{sentence}\n").sure == ()
