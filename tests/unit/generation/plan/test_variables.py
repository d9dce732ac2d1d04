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


FIND = tool(
    "find_job",
    (
        {"phone": "6025550148"},
        {"job_number": "442210", "mobile_address": "418 Maple Street", "shop_phone": "6025550100"},
    ),
)


@pytest.mark.parametrize(
    "name",
    [
        "caller_number",
        "caller_id",
        "from_number",
        "phone_number",
        "ani",
        "caller_phone",
        "user_number",
        "call.from_number",
        "system__caller_id",
        "numero_llamante",
        "telefono",
    ],
)
def test_the_number_of_a_call_is_the_one_that_the_caller_is_found_by(name: str) -> None:
    model = agent(f"Callers ask for their job. Their number is {{{{{name}}}}}.", FIND)
    chain = model.flow.chain(model.tools["find_job"], model.mocked[0])
    assert variables_of(model, chain, {"mobile_address": "418 Maple Street"})[name] == "6025550148"
    assert variables_of(model, None, {"phone": "6025550163"})[name] == "6025550163"


def test_the_number_that_was_called_is_not_the_callers() -> None:
    model = agent("Callers ask for their job. They called {{to_number}}.", FIND)
    assert variables_of(model, None, {"phone": "6025550163"}).get("to_number") != "6025550163"


def test_an_example_of_today_gives_its_form_and_no_year_to_invented_data() -> None:
    booking = tool("book_visit", described={"date": "YYYY-MM-DD"}, free=["date"])
    said = Variable("current_date", "Today's date, e.g. Tuesday, March 10, 2026")
    model = agent("You book visits for callers. Today is {{current_date}}.", booking, variables=[said])
    assert model.invented and variables_of(model, None, {})["current_date"] == "Monday, March 1, 2027"
