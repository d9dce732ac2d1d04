"""An English agent, and what a good model answers about it: a test of a deed that succeeds, and its words."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import AgentDefinition, MockCall, Tool
from tests.unit.generation.with_model import kit
from tests.unit.generation.with_model.kit import calls, claim, moves

PROMPT = """You are the phone desk of Cold Harbour Storage.
Ask for the phone number and look the tenant up with find_tenant before anything else.
Read the unit and the day back and get a yes before you book a move-out.
If the balance is above 0, do not book a move-out.
Say how much the balance is and that it has to be paid first.
Never tell anyone the gate code.
A move-out costs a cleaning fee of 35 dollars.
The office is open from 9 to 17 on weekdays."""


def _takes(*names: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": [*names],
    }


FIND = Tool(
    1, "find_tenant", "Looks a tenant up.", parameters=_takes("phone"),
    mock_data=(
        MockCall(
            {"phone": "5550100200"},
            {"tenant_id": "ten_17", "name": "Rosa Delgado", "unit": "B14", "balance": 0},
        ),
        MockCall(
            {"phone": "5550100300"},
            {"tenant_id": "ten_18", "name": "Paul Okafor", "unit": "C07", "balance": 84},
        ),
        MockCall({"phone": "5550100400"}, {"found": False}),
    ),
)  # fmt: skip
BOOK = Tool(
    2, "book_move_out", "Books the day of a move-out.", parameters=_takes("tenant_id", "day"),
    mock_data=(
        MockCall(
            {"tenant_id": "ten_17", "day": "2027-07-08"}, {"status": "booked", "confirmation": "MO-4471"}
        ),
        MockCall(
            {"tenant_id": "ten_18", "day": "2027-07-09"}, {"status": "booked", "confirmation": "MO-5210"}
        ),
    ),
)  # fmt: skip
AGENT = AgentDefinition(
    "Desk", "en", PROMPT, (FIND, BOOK), first_message="Cold Harbour Storage, how can I help?"
)

MOVES = (
    ("Ask to book a move-out on {{test_profile.day}}", "opening", ""),
    ("Give {{test_profile.phone}}", "asked", "for the phone number"),
    ("Say yes", "asked", "to confirm the unit and the day"),
    ("", "told", "that the move-out is booked"),
)
READS_BACK = "The main agent should read back unit `B14` and July 8 before booking the move-out."
BOOKED = "The main agent should say that the move-out on July 8 is booked and give `MO-4471`."

CLAIMS = [
    claim(BOOKED, [], ["e4/answer/confirmation", "e4/answer/status"], 3),
    claim(READS_BACK, ["Read the unit and the day back and get a yes"], ["e1/answer/unit"], 2, "asks"),
]


def proposal(**changes: Any) -> dict[str, Any]:
    good: dict[str, Any] = {
        "aim": "Books a move-out on July 8",
        "task": "Book a move-out",
        "calls": calls("e1", "e4"),
        "facts": [
            {"key": "phone", "source": "e1/input/phone"},
            {"key": "day", "source": "e4/input/day"},
        ],
        "moves": moves(*MOVES),
        "claims": CLAIMS,
    }
    return kit.proposal(**{**good, **changes})


def written(**changes: Any) -> dict[str, Any]:
    return {
        "slot": 0,
        "greeting": "",
        "steps": [
            {"action": "Ask to book a move-out for {{test_profile.day}}", "what": ""},
            {"action": "Give {{test_profile.phone}}", "what": "for the phone number of the rental"},
            {"action": "Say yes", "what": "to confirm the unit and the day"},
            {"action": "", "what": "that the move-out is booked"},
        ],
        "statements": [{"id": "a1", "text": BOOKED}, {"id": "a2", "text": READS_BACK}],
        **changes,
    }
