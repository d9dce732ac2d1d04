"""Questions with their answers, as documents of questions have them."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Document
from evalgen.generation.read.documents import Fact, read_documents


def read(text: str) -> tuple[Fact, ...]:
    return read_documents([Document(1, "faq.md", text)], "en").sure


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
    (fact,) = read(f"### {question}\n\n{answer}\n")
    assert (fact.ask, fact.state) == (ask, state)


def test_what_callers_have_stays_theirs_and_what_the_company_has_is_the_company_s() -> None:
    text = "### Can my dog come along?\n\nYes.\n\n### What are your opening hours?\n\n9:00 to 17:00.\n"
    facts = read(text)
    assert [fact.ask for fact in facts] == [
        "whether your dog can come along",
        "what the opening hours are",
    ]


@pytest.mark.parametrize("answer", ["Yes, for members", "Yes, up to the age of 12", "Yes, with a valid card"])
def test_a_yes_with_a_condition_keeps_it(answer: str) -> None:
    (fact,) = read(f"### Can my dog come along?\n\n{answer}.\n")
    assert (fact.ask, fact.state) == ('"Can my dog come along?"', f'give this answer: "{answer}"')


@pytest.mark.parametrize(
    ("question", "answer", "state"),
    [
        ("Can I pause my plan?", "Once a year for up to 90 days.", '"Once a year for `up to 90 days`"'),
        ("Do gift vouchers run out?", "After 12 months. Lost ones are replaced.", '"After `12 months`"'),
        ("Will you call before?", "Yes. You get a text.", '"Yes. You get a text"'),
        ("The teacher was ill. Do we get it back?", "Yes, always.", '"Yes, always"'),
    ],
)
def test_what_no_rule_asks_in_other_words_is_asked_and_answered_as_it_stands(
    question: str, answer: str, state: str
) -> None:
    (fact,) = read(f"### {question}\n\n{answer}\n")
    assert (fact.ask, fact.state) == (f'"{question}"', f"give this answer: {state}")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What does it cost?", "Five pounds a day."),
        ("What about cats?", "Cats stay at home."),
        ("How old must children be?", "From six months with a parent. From the fourth birthday alone."),
        ("When can I book?", "Members book first. New guests: from Monday."),
        ("Is there a toilet?", "On tour coaches, yes. Others stop on the way."),
        ("How much may I bring?", "Day trips: what fits on your lap. Tours: one case."),
        ("Is parking free?", "At Beacon for two hours. Northfield has twenty spaces."),
        ("Where can I park?", "We have no car park. The nearest is in Mill Lane."),
        ("Are your products safe?", "They are; see section 2."),
        ("What does a course cost?", "Seven lessons of 30 minutes:"),
        ("How much are lessons?", "Per lesson; we invoice by the term."),
        ("Can I watch?", "From the gallery, always. At the poolside only in the first week."),
        ("Can I get the labels and sheets?", "Every order lists the labels. Sheets are sent by mail."),
    ],
)
def test_a_question_that_leans_and_an_answer_for_some_callers_are_left(question: str, answer: str) -> None:
    names = "Roads lead to Beacon and to Northfield.\n\n"
    assert [fact.ask for fact in read(f"{names}### {question}\n\n{answer}\n")] == []


def test_a_list_below_a_question_answers_it_for_each_case() -> None:
    text = "**Can I park there?**\n- Ripon: free on the lower car park.\n- York: no. Use the station.\n"
    assert read(text) == ()
    assert [(fact.ask, fact.state) for fact in read(text.replace("there", "at night"))] == [
        ('"Can I park at night?", about Ripon', 'give this answer for Ripon: "free on the lower car park"'),
        ('"Can I park at night?", about York', 'give this answer for York: "no. Use the station"'),
    ]


def test_what_follows_the_list_below_a_question_is_no_answer_to_it() -> None:
    text = "**Can I park at night?**\n- Ripon: free.\n- York: no, never.\n\nSeats are held for 24 hours.\n"
    assert [fact.ask for fact in read(text)][-1] == "how long seats are held"


@pytest.mark.parametrize(
    ("heading", "about"), [("The club card", "the club card"), ("Money and vouchers", None)]
)
def test_a_thing_that_only_its_heading_explains_is_asked_for_with_it_or_left(
    heading: str, about: str | None
) -> None:
    facts = read(f"# Help\n\n## {heading}\n\n**Does the money expire?**\n24 months after the last top-up.\n")
    assert [fact.about for fact in facts] == ([about] if about else [])
