"""Whom a prompt means by `we`: a firm is no company."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, outcome, planned


@pytest.mark.parametrize(
    ("works_for", "owner"), [("an injury law firm", "the firm"), ("a heating company", "the company")]
)
def test_we_are_what_the_prompt_calls_itself(works_for: str, owner: str) -> None:
    prompt = f"You answer calls for {works_for}.\n\nIf the caller asks for a loan, say that we cannot help.\n"
    [case] = planned(agent(prompt), "case")
    assert outcome(case) == [f"The main agent should say that {owner} cannot help."]


def test_a_fact_is_told_of_the_firm() -> None:
    prompt = "You answer calls for a law firm.\n\n# Facts\nWe do not handle divorces.\n"
    [question] = planned(agent(prompt), "question")
    assert outcome(question) == ["The main agent should state that the firm does not handle divorces."]


def test_a_firm_that_is_named_by_the_way_is_somebody_else() -> None:
    rest = "Be brief and kind on the phone. " * 14
    prompt = f"You answer calls for a bakery. {rest}\n\n# Facts\nWe do not handle parties.\nNo law firm.\n"
    [question] = planned(agent(prompt), "question")
    assert outcome(question) == ["The main agent should state that the company does not handle parties."]
