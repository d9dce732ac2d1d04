"""What an outcome says of calls: transfers that are demanded, deeds that are banned, choices that count."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import (
    BOOK,
    CANCEL,
    LOOKUP,
    PROMPT,
    SLOTS,
    agent,
    clinic,
    outcome,
    planned,
    steps,
    tool,
)

DESKS = tool(
    "transfer_call",
    ({"desk": "front_desk"}, {"status": "transferred"}),
    ({"desk": "billing"}, {"status": "transferred"}),
    enums={"desk": ["front_desk", "billing"]},
)
REPORTED = ({"street": "4 Elm Road"}, {"ticket": "T-4471"})
TICKET = tool("report_outage", REPORTED, about="File an outage ticket.")


def desk(rule: str, *more: Tool) -> AgentModel:
    return agent(f"{PROMPT}\n# Rules\n{rule}\n", LOOKUP, SLOTS, BOOK, CANCEL, *more)


def transfers(test: Test) -> list[tuple[object, bool]]:
    return [(c.input["desk"], c.optional) for c in test.calls if c.tool == "transfer_call"]


def test_a_transfer_that_the_outcome_demands_has_to_be_made() -> None:
    model = desk("If a tool fails, say that the system is down and transfer to the front desk.", DESKS)
    found = [transfers(test) for test in planned(model, "outage")]
    assert found and all(one == [("front_desk", False)] for one in found)


@pytest.mark.parametrize(
    "rule",
    [
        "If a tool fails, say that the system is down and offer a transfer to the front desk.",
        "If a tool fails, say that the system is down.",
    ],
)
def test_a_transfer_that_is_only_offered_or_not_spoken_of_may_be_made(rule: str) -> None:
    assert all(may for t in planned(desk(rule, DESKS), "outage") for _, may in transfers(t))
    assert planned(desk(rule, DESKS), "outage")


def test_a_deed_that_the_case_forbids_must_not_be_called() -> None:
    rule = "If the caller says that there are downed wires, tell them to call 911 and do not {ban}."
    banned = planned(desk(rule.format(ban="file a ticket"), TICKET), "case")
    assert [one.tool for test in banned for one in test.forbidden] == ["report_outage"]
    other = planned(desk(rule.format(ban="name a repair time"), TICKET), "case")
    assert other and not any(test.forbidden for test in other)


def test_a_call_that_ends_with_nothing_free_varies_the_one_that_goes_on() -> None:
    [alternative] = planned(clinic(), "alternative")
    assert {t.variation_of for t in planned(clinic(), "nothing_free")} == {alternative.key}
    ruled = desk("If check_availability returns no slots, ask for another date.")
    assert {t.variation_of for t in planned(ruled, "nothing_free")} == {""}


def test_a_changed_choice_says_which_of_the_two_counts() -> None:
    [test] = planned(clinic(), "changed")
    first, then = "the slot at {{test_profile.first_time}}", "the slot at {{test_profile.time}}"
    assert f"The main agent should go on with {then} and not with {first}." in outcome(test)


def test_who_asks_for_a_person_and_is_offered_help_first_asks_again() -> None:
    rule = 'If the caller asks for a person, offer once to help, then transfer to "billing".'
    [test] = planned(desk(rule, DESKS), "case")
    assert steps(test)[-2:] == [
        "Ask for a person again when offered help",
        "End the call when told about the transfer",
    ]
    assert outcome(test) == [
        "The main agent should offer once to help.",
        "The main agent should transfer the call.",
    ]
    assert transfers(test) == [("billing", False)]


@pytest.mark.parametrize(
    ("duty", "tested"),
    [
        ("say that you are the clinic's virtual assistant", True),
        ("offer once to help", False),
    ],
)
def test_whether_a_person_speaks_is_a_question_that_the_answer_ends(duty: str, tested: bool) -> None:
    tests = planned(desk(f"If asked whether you are a person, {duty}."), "case")
    assert bool(tests) is tested
    for test in tests:
        assert steps(test)[-1] == "End the call when told whether you are talking to a person"
        assert outcome(test) == ["The main agent should say that it is the clinic's virtual assistant."]
