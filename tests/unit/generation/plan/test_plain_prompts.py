"""Agents without tools: what they ask every caller, tell in a case, state to everybody."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, outcome, planned, steps

INTAKE = """You answer calls for a heating company in Jefferson County.

Intake:
1. Ask what the problem is.
2. Ask for the caller's full name.
3. Ask for the best phone number.
4. Ask for the service address.
5. Ask how old the system is.
6. Tell the caller that a technician will call back by 8 AM.

Emergencies:
If there's a gas smell, tell the caller to leave the house and call 911.
"""


def _first(prompt: str, family: str) -> Test:
    return planned(agent(prompt), family)[0]


def test_an_intake_is_answered_to_its_end() -> None:
    test = _first(INTAKE, "intake")
    assert steps(test) == [
        "Say that the air conditioner rattles loudly when opening",
        "Give {{test_profile.full_name}} when asked for the name",
        "Give {{test_profile.phone}} when asked for the phone number",
        "Give {{test_profile.address}} when asked for the address",
        "Give {{test_profile.age_of_system}} when asked for the age of the system",
        "End the call when told that a technician will call back",
    ]
    assert outcome(test) == [
        "The main agent should tell the testing agent that a technician will call back by 8 AM.",
        "The main agent should ask for the name and the phone number.",
        "The main agent should ask for the address and the age of the system.",
    ]


def test_a_caller_lives_where_the_agent_serves() -> None:
    assert str(_first(INTAKE, "intake").profile["address"]).endswith(", Jefferson County")


@pytest.mark.parametrize(
    "changed",
    [
        INTAKE.replace("how old the system is", "which colour the door has"),
        INTAKE.replace("heating", "candle"),
    ],
    ids=["a question that nobody knows", "a trade that nobody knows"],
)
def test_an_intake_that_is_not_certain_gives_no_test(changed: str) -> None:
    assert planned(agent(changed), "intake") == []


@pytest.mark.parametrize(
    "prompt",
    [
        """You answer calls about heating.
Ask for:
- full name
- phone number
- service address

Then tell the caller that a technician will call back.""",
        """You answer calls about heating. Ask these questions:
- What is your full name?
- What is your phone number?
- What is your address?

When you have everything, tell the caller that a technician will call back.""",
    ],
)
def test_lists_and_questions_are_intakes_too(prompt: str) -> None:
    assert {"full_name", "phone", "address"} <= _first(prompt, "intake").profile.keys()


def _ways(prompt: str) -> dict[str, Test]:
    """The intakes of the first caller by their way: `volunteered`, `case/ownership` …"""
    return {
        test.key.split(":")[1].rpartition("/")[0]: test for test in planned(agent(prompt), "intake")[::-1]
    }


def test_an_intake_whose_end_the_prompt_leaves_open_ends_when_all_is_taken_down() -> None:
    prompt = INTAKE.replace("6. Tell the caller that a technician will call back by 8 AM.", "")
    assert steps(_first(prompt, "intake"))[-1] == "End the call when told that the details are taken down"
    assert not {"pressed", "again"} & _ways(prompt).keys()


def test_what_is_said_with_the_request_is_not_asked_for() -> None:
    test = _ways(INTAKE)["volunteered"]
    assert steps(test)[0] == (
        "Say that the air conditioner rattles loudly and give {{test_profile.full_name}} as the name and "
        "{{test_profile.phone}} as the phone number when opening"
    )
    assert outcome(test)[1:] == ["The main agent should ask for the address and the age of the system."]


def test_a_number_is_corrected_where_everything_is_read_back() -> None:
    assert "corrected" not in _ways(INTAKE)
    test = _ways(INTAKE.replace("6. Tell", "6. Read the details back.\n7. Tell"))["corrected"]
    assert test.profile["first_phone"] != test.profile["phone"]
    assert "Give {{test_profile.first_phone}} when asked for the phone number" in steps(test)
    assert outcome(test)[0] == (
        "The main agent should confirm {{test_profile.phone}} as the phone number after the correction."
    )


def test_who_calls_back_later_is_asked_for_at_once_of_an_agent_that_passes_no_calls_on() -> None:
    test = _ways(INTAKE)["pressed"]
    assert steps(test)[-2:] == [
        "Ask to be put through to a technician right now when told that a technician will call back",
        "End the call when told again that a technician will call back",
    ]
    assert outcome(test)[0] == (
        "The main agent should not say that it puts the testing agent through to a technician now."
    )
    comes = _ways(INTAKE.replace("will call back by 8 AM", "will come by tomorrow"))["pressed"]
    assert comes.steps[-2].action == "Ask for a promise that a technician comes within the hour"
    assert outcome(comes)[0] == ("The main agent should not promise that a technician comes within the hour.")
    assert "pressed" not in _ways(INTAKE.replace("will call back by 8 AM", "will come within the hour"))
    assert "pressed" not in _ways(INTAKE + "\nIf somebody insists, transfer the call to the office.\n")


def test_another_answer_for_which_the_prompt_has_a_case_is_a_test_of_its_own() -> None:
    prompt = INTAKE.replace(
        "6. Tell",
        "6. Ask whether the caller owns or rents the home.\n7. Tell",
    ).replace(
        "Emergencies:", "Tenants:\nIf the caller rents, ask for the landlord's name and phone number.\n"
    )
    test = next(t for way, t in _ways(prompt).items() if way.startswith("case/ownership"))
    assert test.profile["ownership"] == "rented"
    assert outcome(test)[0] == "The main agent should ask for the landlord's name and phone number."
    assert "Give {{test_profile.landlord}} when asked for the landlord's name and phone number" in steps(test)
    phone = str(test.profile["phone"])
    assert test.profile["landlord"] == f"Greg Hollis, {phone[:-4]}0134"


def test_somebody_from_elsewhere_is_turned_away() -> None:
    prompt = INTAKE + "\nIf the address is somewhere else, say that we do not work there.\n"
    test = next(t for way, t in _ways(prompt).items() if way.startswith("case/address"))
    assert test.profile["address"] == "14 Harbor Street, Bangor, Maine"
    assert steps(test)[-1] == "End the call when told that the company does not work in that area"
    assert outcome(test) == [
        "The main agent should say that the company does not work in that area.",
        "The main agent should ask for the address.",
    ]
    assert {step.moment.kind for step in test.steps if not step.moment.standing} == {
        "opening",
        "asked",
        "told",
    }
    assert "Give {{test_profile.full_name}} if asked for the name" in steps(test)


def test_two_sentences_that_say_what_is_taken_are_an_intake() -> None:
    prompt = (
        "You are the receptionist of a dental practice. Take appointment requests: get the caller's name, "
        "phone number, the reason for the visit and the day they would like to come, and tell them the "
        "office will call back."
    )
    assert steps(_first(prompt, "intake")) == [
        "Say that you would like to come in for a cleaning when opening",
        "Give {{test_profile.full_name}} when asked for the name",
        "Give {{test_profile.phone}} when asked for the phone number",
        "Give {{test_profile.reason}} when asked for the reason for the visit",
        "Give {{test_profile.preferred_day}} when asked for the preferred day",
        "End the call when told that the office will call back",
    ]


def test_what_is_taken_is_asked_for_where_the_trade_is_not_known() -> None:
    prompt = (
        "You answer for Ostrom. Take quote requests: get the name, the phone number and the email address."
    )
    assert steps(_first(prompt, "intake"))[0] == "Ask for a quote when opening"


BOOKING = """You take table requests for a restaurant.

# Collect
- name
- phone number
- the date and the time
- how many people
- number of high chairs

# Close
Say: "Our host will text you a confirmation within the hour."
"""


def test_a_heading_opens_a_list_of_what_is_asked_and_quoted_words_close_the_call() -> None:
    test = _first(BOOKING.replace("- number of high chairs\n", ""), "intake")
    assert steps(test)[0] == "Say that you would like to book a table when opening"
    assert [step.partition("}} ")[2] for step in steps(test)[1:-1]] == [
        "when asked for the name",
        "when asked for the phone number",
        "when asked for the day",
        "when asked for the time",
        "when asked for the number of guests",
    ]
    assert test.profile["guests"] == "four"
    assert steps(test)[-1] == "End the call when told that the host will text you a confirmation"
    assert outcome(test)[0] == (
        "The main agent should say that the host will text the testing agent a confirmation within the hour."
    )


def test_a_number_of_something_is_no_phone_number() -> None:
    assert planned(agent(BOOKING), "intake") == []


def test_people_call_for_what_the_prompt_says_and_name_and_number_are_enough_then() -> None:
    prompt = (
        "You answer for an animal shelter. People call to ask about adopting a pet, to report a stray animal "
        "or to volunteer; take their name and number and let them know a volunteer will call back tomorrow."
    )
    tests = [t for t in planned(agent(prompt), "intake") if t.key.startswith("intake:answered")]
    assert {t.steps[0].action for t in tests} == {
        "Ask about adopting a pet",
        "Ask to report a stray animal",
        "Ask to volunteer",
    }


def test_what_is_said_at_the_end_of_the_asking_sentence_closes_the_call() -> None:
    prompt = (
        "You are the receptionist of an auto repair shop. Take down what is wrong with the car, the make, "
        "model and year, the caller's name and phone number, and say a mechanic will call them back."
    )
    test = _first(prompt, "intake")
    assert "vehicle" in test.profile
    assert steps(test)[-1] == "End the call when told that a mechanic will call you back"


def test_who_is_refused_hears_no_other_end() -> None:
    prompt = INTAKE.replace("how old the system is", "whether they already have a lawyer").replace(
        "Emergencies:", "If the caller already has a lawyer, say that we cannot discuss the matter.\n"
    )
    test = next(t for way, t in _ways(prompt).items() if way.startswith("case/attorney"))
    assert steps(test)[-1] == "End the call when told that the company cannot discuss the matter"
    assert not any("technician" in line for line in outcome(test))


def test_on_the_way_a_caller_asks_a_question_and_wants_no_second_thing_done() -> None:
    prompt = (
        INTAKE
        + "\nA diagnostic visit costs $95. If they want to cancel a visit, say the office will confirm.\n"
    )
    beside = [t for t in planned(agent(prompt), "intake") if "/" in t.key and "beside" in t.key]
    assert [t.steps[1].action for t in beside] == ["Ask what a diagnostic visit costs"]


def test_a_caller_of_a_case_knows_what_every_caller_is_asked() -> None:
    assert {"full_name", "phone", "address"} <= _first(INTAKE, "case").profile.keys()


def test_labels_are_headings_where_nothing_else_is_one() -> None:
    test = _first(INTAKE, "case")
    assert steps(test)[0] == "Say that there is a gas smell when opening"
    assert outcome(test) == ["The main agent should tell the testing agent to leave the house and call 911."]


def test_hours_and_prices_of_a_prompt_are_asked_for_in_one_call() -> None:
    prompt = "You answer the phone for a barber.\nHours: Tuesday to Friday 9 till 6.\nAddress: 12 Mill Street"
    (test,) = planned(agent(prompt), "question")
    assert outcome(test) == [
        "The main agent should state that the opening hours are `Tuesday to Friday 9 till 6`.",
        "The main agent should state that the address is `12 Mill Street`.",
    ]


def test_what_a_prompt_says_to_everybody_is_asked_also_where_it_has_no_value() -> None:
    model = agent(
        "You answer for a garden.\n\n# About\nThere are no Sunday pickups. Weed killers are not allowed."
    )
    [test] = planned(model, "question")
    assert outcome(test) == [
        "The main agent should explain that there are no Sunday pickups.",
        "The main agent should explain that weed killers are not allowed.",
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "An engineer cannot be booked for an outage, however much the caller insists.",
        "There is no meter to read.",
        "There are no exceptions for spouses.",
        "The record is locked on Sundays.",
    ],
)
def test_what_only_the_agent_goes_by_is_no_question(fact: str) -> None:
    assert not planned(agent(f"You answer for a garden.\n\n# About\n{fact}"), "question")
