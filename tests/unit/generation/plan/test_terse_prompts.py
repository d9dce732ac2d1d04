"""Prompts as companies write them, tersely: labels as cases and as facts, bans with what is said instead."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.plan.labels import labels_in
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import CANCEL, LOOKUP, agent, outcome, planned, steps

FORMS = load("en", "turns")["labels"]["form"]


def _answering(prompt: str) -> AgentModel:
    return agent(f"You answer the line of a venue.\n\n{prompt}")


def _first(prompt: str, family: str) -> Test:
    return planned(_answering(prompt), family)[0]


@pytest.mark.parametrize("form", FORMS, ids=[form["name"] for form in FORMS])
def test_a_fact_with_a_label_is_asked_about_by_its_form(form: dict[str, Any]) -> None:
    for prompt, question, state in form["shows"]:
        assert [(t.question, t.state) for t in labels_in(_answering(prompt))] == [(question, state)]
    for prompt in form["spares"]:
        assert list(labels_in(_answering(prompt))) == [], prompt


def test_two_prices_of_a_list_are_asked_for_in_one_call_with_their_times() -> None:
    test = _first(
        "# What it costs\nVenue hire, including VAT:\n- Saturday, April to October: £9,800\n- Any day, "
        "November to March: £4,600 (not 20 December to 2 January)\n",
        "question",
    )
    assert outcome(test) == [
        "The main agent should state that venue hire costs `£9,800` on a Saturday between April and October.",
        "The main agent should state that venue hire costs `£4,600` on any day between November and March.",
    ]


def test_further_rows_of_a_price_list_are_variations() -> None:
    days = ("Monday", "Friday", "Saturday", "Sunday")
    rows = "".join(f"- {day}: £{90 + number}\n" for number, day in enumerate(days))
    first, other = planned(_answering(f"# Prices\nHall hire:\n{rows}"), "question")
    assert not first.variation_of
    assert other.variation_of == first.key


def test_what_is_not_allowed_goes_with_what_is_on_its_line() -> None:
    test = _first("# House rules\n- No fireworks. Sparklers outdoors are fine.\n", "question")
    assert steps(test)[0] == "Ask whether fireworks are allowed when opening"
    assert outcome(test) == [
        "The main agent should state that fireworks are not allowed.",
        "The main agent should state that sparklers outdoors are fine.",
    ]


def test_people_of_a_kind_are_sent_on_and_ask_once_more_for_what_is_ruled_out() -> None:
    test = _first(
        "# Passing on\n- Couples who have already booked: the planning team on 01584 555 0142. Don't take "
        "changes to a booking.\n",
        "case",
    )
    assert steps(test) == [
        "Say that you have already booked when opening",
        "Give {{test_profile.full_name}} if asked for the name",
        "Ask to change something about a booking all the same when told whom to contact",
        "End the call when told whom to contact a second time",
    ]
    assert [a.caused_by_step for a in test.assertions] == [1, 3]


def test_a_caller_has_an_answer_to_what_a_case_asks_for() -> None:
    test = _first("# Other\n- Complaints: take name and number for Harriet.\n", "case")
    assert {"full_name", "phone"} <= test.profile.keys()
    assert steps(test)[-1] == "End the call when told that the details are taken down"


def test_what_is_said_if_pressed_belongs_to_the_ban_before_it() -> None:
    test = _first(
        "# Prices\n- A cleaning costs $80.\n"
        "# Things you don't do\n- No discounts, no haggling. If pressed: the prices are as published.\n",
        "ban",
    )
    assert outcome(test) == [
        "The main agent should not offer any discounts, even after the second request.",
        "The main agent should say that the prices are as published.",
    ]


def test_whether_a_date_is_free_is_asked_with_a_date() -> None:
    test = _first("# Never\n- Never say that a date is free or taken, or that it's likely.\n", "ban")
    assert steps(test)[0] == "Ask whether the venue is still free on June 20 when opening"


def test_the_company_is_not_compared() -> None:
    test = _first("# Don'ts\n- Don't compare us with other venues, even when invited to.\n", "ban")
    assert outcome(test) == [
        "The main agent should not compare the company with other venues, even after the second request."
    ]


def test_what_is_done_instead_of_a_ban_is_none() -> None:
    model = agent("# Things you don't do\n- Don't guess a name. Ask for the name.\n")
    assert [s.kind for s in model.prompt.statements] == ["ban", "order"]


DOTTED = """You take enquiries for weddings at Fennimore Hall.

# Taking an enquiry
Ask for these: full name · phone · email (spell it back) · date or season, and whether they're flexible.
Read it all back. Then: "Harriet or Joe will be in touch within one working day."
"""


def test_an_intake_with_dots_ends_in_its_sentence_in_quotation_marks() -> None:
    test = planned(agent(DOTTED), "intake")[0]
    assert {"full_name", "phone", "email", "season"} <= test.profile.keys()
    assert steps(test)[-1] == "End the call when told that Harriet or Joe will be in touch"
    assert outcome(test)[0].endswith("say that Harriet or Joe will be in touch within one working day.")
    assert outcome(test)[-1] == (
        "The main agent should read back the name, the phone number, the email address and the date or "
        "season."
    )


def test_other_callers_of_an_intake_are_variations() -> None:
    tests = [t for t in planned(agent(DOTTED), "intake") if t.key.startswith("intake:answered/")]
    assert [t.variation_of for t in tests] == ["", tests[0].key, tests[0].key]


def test_a_service_is_one_that_has_a_price() -> None:
    prompt = (
        "You answer for a dog grooming salon.\n\n# Prices\n- Small dogs: full groom £38\n\n# Requests\n"
        'Get: name, mobile number, which service. Finish with "Sam will text you with a time."\n'
    )
    test = planned(agent(prompt), "intake")[0]
    assert test.profile["service"] == "full groom"
    assert "will text the testing agent with a time" in outcome(test)[0]
    assert planned(agent(prompt.replace("full groom £38", "ask Sam")), "intake") == []


UNKNOWN = (
    "You answer for a salon. If you don't know something, say so and offer to have Sam text them the answer."
)


def test_what_a_prompt_does_not_say_is_asked_where_it_says_what_is_done_then() -> None:
    (test,) = planned(agent(UNKNOWN), "question")
    said = "say that it does not have that information and say that Sam can answer the question later"
    assert outcome(test) == [f"The main agent should {said}."]


def test_what_tools_might_answer_is_not_asked_as_unknown() -> None:
    assert planned(agent(UNKNOWN, LOOKUP), "question") == []


def test_a_card_number_is_read_out_by_who_wants_to_pay() -> None:
    prompt = "You answer questions about bills and payments.\n\n# You must not\n- Take card numbers.\n"
    test = planned(agent(prompt), "ban")[0]
    assert steps(test)[0].startswith("Ask to pay by card now and begin to read out the card number")
    assert planned(agent(prompt.replace("bills and payments", "the weather")), "ban") == []


def test_a_ban_of_who_has_tools_keeps_what_it_says_of_the_agent_alone() -> None:
    prompt = "You answer for a mover.\n\n# Limits\n- Never promise a slot yourself.\n"
    assert planned(agent(prompt), "ban")
    assert planned(agent(prompt, LOOKUP), "ban") == []


def test_who_cannot_be_looked_up_leaves_a_name_and_a_number_where_the_prompt_takes_them() -> None:
    prompt = (
        "You cancel visits. Find the patient with lookup_patient by phone first.\n\n# If it goes wrong\n"
        "- A tool fails: say that someone will ring back within the day and take name and number.\n"
    )
    test = next(t for t in planned(agent(prompt, LOOKUP, CANCEL)) if t.key.startswith("outage:"))
    assert steps(test)[-1] == "End the call when told that the details are taken down"
    assert "The main agent should ask for the testing agent's name and number." in outcome(test)
