"""Whom a prompt means by `we`: a firm is no company."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool


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


def test_what_is_confirmed_before_a_record_is_spoken_of_has_its_answer() -> None:
    model = agent(
        "You answer for a pest control.\nAsk for the phone number and call find_account.\n"
        "Before you share anything about an account, confirm the service address.\n",
        tool(
            "find_account", ({"phone": "2075550134"}, {"account_id": "ac_1", "service_address": "4 Elm Road"})
        ),
        tool("move_visit", ({"account_id": "ac_1", "new_date": "2027-03-12"}, {"status": "moved"})),
    )
    assert "Give {{test_profile.service_address}} if asked for the service address" in steps(
        planned(model, "done")[0]
    )
