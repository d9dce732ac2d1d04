"""Questions about documents: asked in many ways, answered as documented, never answered by the caller."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from evalgen.errors import Permanent
from evalgen.generation.definition import Document
from evalgen.planning.inquiries import TWISTS
from tests.agents_on_disk import definition_of
from tests.integration.generation.kit import Job, run

TERMS = """# Terms of the club

## Fees

Parking costs 3 dollars. The first lesson is free of charge. Lockers are emptied every night.
Members may bring up to 2 guests a day. Dogs are not allowed in the hall.

| | Basic | Full |
| --- | --- | --- |
| Monthly fee | $25 | $39 |
| Sauna | no | yes |
"""
FIGURE = re.compile(r"\d+")


@cache
def of_sample(number: int = 40) -> Job:
    return run(definition_of("roadside"), number, scenario_type="knowledge_base")


def asked_of(*texts: str, number: int = 8) -> Job:
    documents = tuple(Document(i, f"terms{i}.md", text) for i, text in enumerate(texts, 1))
    agent = replace(definition_of("roadside"), documents=documents)
    return run(agent, number, scenario_type="knowledge_base")


def test_all_ways_of_asking_come_up() -> None:
    used = {plan.twist for plan in of_sample().planned.plans}
    assert used == set(TWISTS)


def test_the_outcome_states_the_documented_fact_with_its_place() -> None:
    lines = definition_of("roadside").documents[0].text.splitlines()
    for draft in of_sample().drafts:
        assert draft.sources
        assert draft.sources[0]["text"].rstrip(".") in draft.expected_outcome
        assert all(1 <= source["line"] <= len(lines) for source in draft.sources)


def test_the_instructions_do_not_contain_the_figures_of_the_answer() -> None:
    for draft, plan in zip(of_sample().drafts, of_sample().planned.plans, strict=True):
        about = " ".join(str(beat.values) for beat in plan.beats)
        steps = "\n".join(line.partition(". ")[2] for line in draft.instructions.splitlines())
        assert set(FIGURE.findall(steps)) <= set(FIGURE.findall(about))
        answers = [source.text.partition(": ")[2] for source in plan.sources]
        assert not any(len(answer) > 6 and answer in steps for answer in answers)


def test_a_comparison_states_both_sides_and_a_change_of_mind_only_what_is_wanted() -> None:
    plans = of_sample().planned.plans
    compared = [p.sources for p in plans if p.twist == "kb_compare"]
    assert all(one.text.partition(": ")[2] != other.text.partition(": ")[2] for one, other in compared)
    for plan in (p for p in plans if p.twist == "kb_switch"):
        dropped = plan.beats[1].values["about"]
        assert dropped not in [beat.values.get("about") for beat in plan.beats[2:]]


def test_documents_that_contradict_each_other_are_shown_first_and_answer_nothing_else() -> None:
    other = TERMS.replace("3 dollars", "5 dollars")
    job = asked_of(TERMS, other)
    first = job.drafts[0]
    assert "conflict" in first.tags
    assert "3 dollars (terms1.md, line 5)" in first.expected_outcome
    assert "5 dollars (terms2.md, line 5)" in first.expected_outcome
    assert not any("Parking costs" in draft.expected_outcome for draft in job.drafts[1:])


def test_two_figures_in_one_document_are_no_contradiction() -> None:
    job = asked_of(TERMS + "\nParking costs 5 dollars.\n")
    assert not any("conflict" in draft.tags for draft in job.drafts)


def test_no_question_is_asked_twice_in_a_call_unless_it_is_doubted() -> None:
    told = (
        "\n## Lost things\n\nThey wait here for a month. They are given away later. It pays to call early.\n"
    )
    for plan in asked_of(TERMS + told, number=20).planned.plans:
        asked = [b.values["about"] for b in plan.beats if b.move in ("kb_ask", "kb_next")]
        assert len(asked) == len(set(asked))


def test_the_same_document_twice_asks_no_question_twice() -> None:
    once, twice = asked_of(TERMS), asked_of(TERMS, TERMS)
    assert [d.instructions for d in twice.drafts] == [d.instructions for d in once.drafts]


def test_what_is_asked_for_in_vain_stands_in_no_document() -> None:
    plans = [p for p in asked_of(TERMS, number=20).planned.plans if p.twist == "kb_absent"]
    topics = [str(beat.values["topic"]) for p in plans for beat in p.beats if beat.move == "kb_absent"]
    assert topics
    for topic in topics:
        named = re.findall(r'"(\w+)"', topic) or [w for w in topic.split() if len(w) > 4]
        assert not any(word.casefold() in TERMS.casefold() for word in named)


def test_a_document_without_facts_is_a_reason_and_no_scenario() -> None:
    with pytest.raises(Permanent, match=r"terms1\.md"):
        asked_of("Hm.")
