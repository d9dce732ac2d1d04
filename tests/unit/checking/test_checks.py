"""A draft passes only if everything that a scenario must be is true of it."""

from __future__ import annotations

import pytest

from evalgen.checking.checks import problems_of
from evalgen.generation.draft import Draft, MockEntry
from tests.unit.checking.drafts import GOOD, spoiled, with_step

WRONG = {
    "a name is missing": spoiled(name=""),
    "a name of 81 characters": spoiled(name="n" * 81),
    "two steps": spoiled(instructions="1. Ask for a visit.\n2. Say yes."),
    "eleven steps": spoiled(instructions="\n".join(f"{n}. Ask for visit {n}." for n in range(1, 12))),
    "the same step twice": with_step("Say yes to the summary."),
    "a step that only listens": with_step("Listen carefully."),
    "a step that only ends the call": with_step("End the call politely."),
    "a step that quotes the agent": with_step('When the agent says "hello", answer.'),
    "a step with an open placeholder": with_step("Give {name} as your name."),
    "a step longer than anyone can play": with_step("word " * 46),
    "a reference to nothing": with_step("Give {{test_profile.plate}}."),
    "a quoted reference to nothing": with_step("Give {{test_profile['plate no']}}."),
    "the caller's name in the open": with_step("Say that you are Ann Lee."),
    "the caller's birth date in the open": with_step("Say 1984-03-17."),
    "the agent's variable in the open": with_step("Say you call from +15550100142."),
    "an outcome of seven words": spoiled(expected_outcome="The agent books the later one happily."),
    "an outcome of 121 words": spoiled(expected_outcome="agent " * 121),
    "an outcome about nobody": spoiled(
        expected_outcome="Two slots are offered and the later one is booked then."
    ),
    "more than 40 kB": spoiled(mock_entries=(MockEntry(1, "find_patient", {}, "x" * 41_000),)),
}


def test_a_good_draft_has_no_problems() -> None:
    assert problems_of(GOOD) == []


@pytest.mark.parametrize("draft", WRONG.values(), ids=WRONG)
def test_each_way_of_being_wrong_is_one_problem(draft: Draft) -> None:
    assert len(problems_of(draft)) == 1


@pytest.mark.parametrize(
    "draft",
    [
        spoiled(name="n" * 80),
        spoiled(expected_outcome="", generated_outcome=False),
        spoiled(expected_outcome="Hands over.", generated_outcome=False),
        spoiled(expected_outcome="El agente ofrece dos huecos y reserva el segundo."),
        with_step("Give {{test_profile['birth_date']}} and {{ test_profile.caller_number }}."),
        with_step("Wait for the agent to speak twice, then ask whether anyone is there."),
        with_step('Say "the agent before you told me so" and insist.'),
    ],
)
def test_what_only_resembles_a_problem_is_none(draft: Draft) -> None:
    assert problems_of(draft) == []


def test_a_nested_value_is_found_by_its_path() -> None:
    profile = {"dog": {"breed": "collie"}}
    draft = spoiled(
        instructions="1. Ask.\n2. Say {{test_profile.dog.breed}}.\n3. Go.", testing_agent_variables=profile
    )
    assert problems_of(draft) == []
