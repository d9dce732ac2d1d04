"""What only a heading, or the sentence before, says of a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.plan.knowledge import knowledge_tests
from evalgen.generation.read.documents import Fact, read_documents
from evalgen.generation.read.model import read_agent

EVERY = "Every child needs a signed form."


def sure(text: str) -> list[Fact]:
    return list(read_documents([Document(1, "a.md", text)], "en").sure)


def test_a_subject_that_leans_on_its_heading_is_asked_for_with_the_heading() -> None:
    definition = AgentDefinition(
        "Desk", "en", "", documents=(Document(1, "a.md", f"# Club\n\n## 7. Parties\n\n- {EVERY}"),)
    )
    brief = Brief(1, "s", (Personality(1, "plain", "en"),), "knowledge_base")
    (test, *_) = knowledge_tests(read_agent(definition), brief)
    assert (
        test.steps[0].action == "Say that you have a question about parties, and ask what every child needs"
    )
    assert test.aim == "Ask about parties: what every child needs"


@pytest.mark.parametrize(
    ("heading", "about"),
    [
        ("## CANCELLING COURSES", "cancelling courses"),
        ("## Deposit", "the deposit"),
        ("## Parking", "parking"),
        ("## The building", "the building"),
    ],
)
def test_a_heading_is_said_as_a_noun(heading: str, about: str) -> None:
    (fact,) = sure(f"# Club\n\n{heading}\n\n{EVERY}")
    assert fact.about == about


@pytest.mark.parametrize(
    "heading",
    ["And also", "Before you come", "House rules", "What we need", "Lady Anna", "Prices and payment"],
)
def test_below_a_heading_that_nobody_would_say_a_leaning_subject_is_left(heading: str) -> None:
    assert sure(f"# Club\n\nBoats of the Anna and the Lady meet Lady Anna.\n\n## {heading}\n\n{EVERY}") == []


def test_a_question_that_says_its_heading_stands_alone() -> None:
    (fact,) = sure("# Club\n\n## Children\n\nEvery child needs a signed form.")
    assert fact.about == ""


def test_a_subject_that_goes_on_with_the_sentence_before_is_left() -> None:
    text = "# Club\n\n## Children\n\n- The form is signed by a parent. A signed copy on paper is accepted."
    assert not any("copy" in fact.ask for fact in sure(text))
    assert any(
        "copy" in fact.ask for fact in sure("# Club\n\n## Children\n\n- A signed copy on paper is accepted.")
    )


def test_the_headings_of_a_prompt_are_for_its_agent_and_not_said() -> None:
    prompt = Document(0, "", f"# Desk\n\n## Parties\n\n{EVERY}")
    (fact,) = read_documents([prompt], "en").sure
    assert fact == replace(fact, about="")


def test_a_deadline_with_a_second_bound_behind_it_is_more_than_was_asked() -> None:
    assert sure("Bookings can be changed until 3 days before, within 8 to 16.") == []
    assert [fact.ask for fact in sure("Bookings can be changed until 3 days before.")] == [
        "when bookings can be changed"
    ]
