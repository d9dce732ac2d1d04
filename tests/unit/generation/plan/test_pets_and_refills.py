"""Pets with prescriptions: things inside things, a second number, slots of a record's own branch."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool


def _client(client: str, name: str, clinic: str, moved: int) -> dict[str, Any]:
    return {
        "client_id": client,
        "full_name": name,
        "clinic": clinic,
        "pets": [
            {
                "pet_id": f"p_{client}",
                "name": "Biscuit",
                "prescriptions": [
                    {"prescription_id": f"rx_{client}", "medication": "carprofen 75 mg, 60 tablets"}
                ],
            },
            {"pet_id": f"q_{client}", "name": "Olive", "prescriptions": []},
        ],
        "appointments": [
            {"appointment_id": f"a_{client}", "start": "2026-10-20T09:00:00", "times_moved": moved}
        ],
    }


FIND = tool(
    "find_client",
    ({"phone": "3035550112"}, _client("c1", "Dana Whitlock", "alder", 0)),
    ({"phone": "7205550156"}, _client("c2", "Priya Raman", "lakemont", 2)),
    ({"phone": "3035550101"}, {"found": False}),
)
SLOTS = tool(
    "find_slots",
    (
        {"clinic": "alder"},
        {
            "slots": [
                {"slot_id": "s_1", "start": "2026-10-16T09:30:00"},
                {"slot_id": "s_2", "start": "2026-10-21T16:00:00"},
            ]
        },
    ),
    described={"clinic": "clinic of find_client."},
)
MOVE = tool("move_appointment", ({"appointment_id": "a_c1", "slot_id": "s_1"}, {"status": "moved"}))
REFILL = tool("request_refill", ({"prescription_id": "rx_c1"}, {"status": "requested"}))
PROMPT = """You answer for a clinic of animals.
# Who is calling
1. Ask for the phone number and call find_client.
2. No account under the number: {asks}If that finds nothing, transfer the call to the care desk.
# Refills
Ask {which}. Read it back, get a yes, then call request_refill.
# Moving
- Call find_slots, let the caller choose, get a yes, then call move_appointment.
- An appointment with times_moved of 2 cannot be moved again.
"""


BOTH, OTHER = "which pet and which medication", "ask for one other number. "


def clinic(which: str = BOTH, asks: str = OTHER) -> AgentModel:
    return agent(PROMPT.format(which=which, asks=asks), FIND, SLOTS, MOVE, REFILL)


@pytest.mark.parametrize(("which", "told"), [(BOTH, True), ("which pet", False)])
def test_the_one_thing_inside_a_chosen_one_is_named_where_that_is_asked_for(which: str, told: bool) -> None:
    tests = planned(clinic(which), "done", "request_refill")
    said = "Give {{test_profile.medication}} if asked for the medication"
    assert tests and any(said in steps(test) for test in tests) is told
    assert not told or tests[0].profile["medication"] == "carprofen 75 mg"


def test_who_is_not_found_has_no_other_number() -> None:
    said = "Say that you have no other number if asked for another number"
    assert any(said in steps(test) for test in planned(clinic(), "no_record"))
    assert not any(said in steps(test) for test in planned(clinic(asks="")))


def test_who_is_refused_chooses_no_slot_of_another_branch() -> None:
    refused = [step for test in planned(clinic(), "ruled_out", "move_appointment") for step in steps(test)]
    assert refused and not any("slot" in step for step in refused)
    assert any(
        "slot" in step for test in planned(clinic(), "done", "move_appointment") for step in steps(test)
    )
