"""Neither the prompt nor another scenario is repeated."""

from __future__ import annotations

import pytest

from evalgen.checking.copying import CopyGuard
from evalgen.checking.twins import Twins
from tests.unit.checking.drafts import GOOD, spoiled

PROMPT = "Before you cancel a visit, name the day and the fee, and wait for a clear yes from the caller."
TWELVE = "you cancel a visit, name the day and the fee, and wait"


@pytest.mark.parametrize(
    "draft",
    [
        spoiled(name=TWELVE),
        spoiled(instructions=f"1. Ask.\n2. See whether {TWELVE}.\n3. Go."),
        spoiled(expected_outcome=f"The agent has to do this: {TWELVE.upper()}!"),
    ],
)
def test_twelve_words_of_the_prompt_in_a_row_are_a_copy(draft: object) -> None:
    assert len(CopyGuard(PROMPT).problems_of(draft)) == 1  # type: ignore[arg-type]  # parametrized drafts


def test_eleven_words_are_none_nor_are_those_of_a_given_outcome() -> None:
    guard = CopyGuard(PROMPT)
    assert guard.problems_of(GOOD) == []
    assert guard.problems_of(spoiled(name=TWELVE.rpartition(" ")[0])) == []
    assert guard.problems_of(spoiled(expected_outcome=PROMPT, generated_outcome=False)) == []


def test_instructions_that_share_most_of_their_words_are_twins() -> None:
    twins = Twins()
    twins.add(GOOD.instructions)
    assert twins.has_twin(GOOD.instructions.replace("later", "earlier"))
    assert not twins.has_twin("1. Say that the bill is wrong.\n2. Refuse to pay it.\n3. Ask for a person.")


def test_nothing_is_a_twin_of_nothing() -> None:
    assert not Twins().has_twin(GOOD.instructions)
