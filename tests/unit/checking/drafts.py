"""A draft that passes every check, to be spoiled in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.generation.draft import Draft, MockEntry

GOOD = Draft(
    name="Book a visit with a slot that is gone",
    instructions=(
        "1. Ask for a visit next week.\n"
        "2. Give {{test_profile.full_name}} when asked for your name.\n"
        "3. Take the later of the two slots.\n"
        "4. Say yes to the summary."
    ),
    expected_outcome="The agent finds the caller's record, offers two slots, and books one after a yes.",
    first_message="Hello",
    language="en",
    tags=("workflow",),
    profile_name="Ann Lee",
    main_agent_variables={"caller_number": "+15550100142"},
    testing_agent_variables={"full_name": "Ann Lee", "birth_date": "1984-03-17"},
    mock_entries=(MockEntry(1, "find_patient", {"phone": "5550100142"}, {"patient_id": "P-100"}),),
    covers=("find_patient:success",),
    generated_outcome=True,
)


def spoiled(**changes: Any) -> Draft:
    return replace(GOOD, **changes)


def with_step(step: str) -> Draft:
    return spoiled(instructions=f"{GOOD.instructions}\n5. {step}")
