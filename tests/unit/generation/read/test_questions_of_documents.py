"""Questions with their answers, as documents of questions have them."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Document
from evalgen.generation.read.documents import read_documents


@pytest.mark.parametrize(
    ("question", "answer", "ask", "state"),
    [
        (
            "How far ahead can I book?",
            "Up to six months ahead. Phone sales close 3 hours before.",
            "how far ahead you can book",
            "state that the testing agent can book `up to six months ahead`",
        ),
        (
            "Where can I park?",
            "In the long-stay car park next to the terminal, £7 a day.",
            "where you can park",
            "state that the testing agent can park `in the long-stay car park next to the terminal`",
        ),
        (
            "Are assistance dogs allowed everywhere?",
            "Yes, free of charge, in every area.",
            "whether assistance dogs are allowed everywhere",
            "state that assistance dogs are allowed everywhere",
        ),
        (
            "Can children travel alone?",
            "Under-16s must travel with an adult.",
            "whether children can travel alone",
            "explain that under-16s must travel with an adult",
        ),
    ],
)
def test_a_question_is_asked_and_answered_as_the_document_does(
    question: str, answer: str, ask: str, state: str
) -> None:
    (fact,) = read_documents([Document(1, "faq.md", f"### {question}\n\n{answer}\n")], "en").sure
    assert (fact.ask, fact.state) == (ask, state)


def test_what_callers_have_stays_theirs_and_what_the_company_has_is_the_company_s() -> None:
    text = "### Can my dog come along?\n\nYes.\n\n### What are your opening hours?\n\n9:00 to 17:00.\n"
    facts = read_documents([Document(1, "faq.md", text)], "en").sure
    assert [fact.ask for fact in facts] == [
        "whether your dog can come along",
        "what the opening hours are",
    ]


@pytest.mark.parametrize(
    "answer", ["Yes, for members.", "Yes, up to the age of 12.", "Yes, with a valid card."]
)
def test_a_yes_with_a_condition_is_no_plain_yes(answer: str) -> None:
    assert (
        read_documents([Document(1, "faq.md", f"### Can my dog come along?\n\n{answer}\n")], "en").sure == ()
    )
