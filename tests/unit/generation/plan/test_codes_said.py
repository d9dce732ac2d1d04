"""Choices that are written for machines: callers say them in words."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.choices import said_choice
from evalgen.generation.plan.told import in_currency
from evalgen.generation.read.grammar import grammar_of
from tests.unit.generation.plan.agents import agent, planned, steps, tool


def test_what_tells_a_listed_thing_from_another_is_said_in_words() -> None:
    exams = [{"exam_id": "ex_11", "paid_by": "self_pay"}, {"exam_id": "ex_12", "paid_by": "eyemed"}]
    found = tool("find_patient", ({"phone": "2075550134"}, {"patient_id": "pa_1", "exams": exams}))
    cancel = tool("cancel_exam", ({"exam_id": "ex_11"}, {"status": "cancelled"}))
    prompt = "Ask for the phone number and call find_patient. Callers cancel an exam."
    [test, *_] = planned(agent(prompt, found, cancel), "done")
    assert "Choose {{test_profile.paid_by}} when asked which exam to cancel" in steps(test)
    assert test.profile["paid_by"] == "self pay"
    assert not [value for value in test.profile.values() if "_" in str(value)]


@pytest.mark.parametrize(
    ("choice", "prompt", "language", "said"),
    [
        ("self_pay", "", "en", "self pay"),
        ("2br", "", "en", "2-bedroom"),
        ("3hab", "", "es", "3 dormitorios"),
        ("full_value", "Basic or full value protection.", "en", "full value"),
    ],
)
def test_a_code_of_a_choice_is_said_in_full(choice: str, prompt: str, language: str, said: str) -> None:
    assert said_choice("kind", choice, grammar_of(language), prompt) == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A visit costs 40 dollars.", "310 dollars"),
        ("A crate holds 20 pounds. Tell the caller the price in dollars.", ""),
        ("A crate holds 20 pounds. A visit costs 40 dollars.", ""),
    ],
)
def test_a_sum_has_no_currency_where_the_prompt_speaks_of_two(prompt: str, said: str) -> None:
    assert in_currency(310, "310", agent(prompt)) == said
