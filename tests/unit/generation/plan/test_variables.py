"""Dynamic variables that no record holds."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Variable
from evalgen.generation.plan.variables import variables_of
from tests.unit.generation.plan.agents import agent, tool

PROMPT = "You answer for the clinic. Today is {{today}}. Callers book visits."


@pytest.mark.parametrize("day", ["2024-05-20", "2031-01-09"])
def test_today_lies_before_the_days_that_the_mock_data_are_asked_with(day: str) -> None:
    booking = tool("book_visit", ({"day": day, "phone": "2025550101"}, {"status": "booked", "code": "B-1"}))
    model = agent(PROMPT, booking, variables=[Variable("today", "date of the call")])
    today = str(variables_of(model, None, {})["today"])
    assert today[:4] in (day[:4], str(int(day[:4]) - 1)) and today < day


def test_a_prompt_that_says_the_day_keeps_it() -> None:
    booking = tool("book_visit", ({"day": "2024-05-20"}, {"status": "booked", "code": "B-1"}))
    prompt = PROMPT.replace("{{today}}", "May 2, 2024, {{today}}")
    model = agent(prompt, booking, variables=[Variable("today", "date of the call")])
    assert variables_of(model, None, {})["today"] == "2024-05-02"
