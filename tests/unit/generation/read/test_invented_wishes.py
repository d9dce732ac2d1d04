"""Callers book nothing of a kind that their invented record has ahead already."""

from __future__ import annotations

from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import read_agent
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
DAY = {**TEXT, "description": "YYYY-MM-DD"}
KIND = {**TEXT, "enum": ["sharpening", "waxing", "stone_grind", "mounting"]}
PROMPT = """You answer for a ski workshop.

# Who is calling
Ask for the last name and call find_owner.

# Booking
Ask for the service and the day and call list_slots. Read the slot back and get a yes. Then call book_slot.

# Changing
Ask which booking and call change_booking.
"""
FIND = tool("find_owner", None, "Returns owner_id and bookings (booking_id, service, date).", last_name=TEXT)
SLOTS = tool("list_slots", None, "Free slots. Each slot has slot_id, date and time.", service=KIND, date=DAY)
BOOK = tool(
    "book_slot",
    None,
    "Books a free slot.",
    owner_id={**TEXT, "description": "From find_owner."},
    slot_id={**TEXT, "description": "From list_slots."},
    service=KIND,
)
CHANGE = tool(
    "change_booking",
    ["booking_id", "action"],
    "Moves or cancels a booking.",
    booking_id={**TEXT, "description": "From find_owner."},
    action={**TEXT, "enum": ["move", "cancel"]},
    new_slot_id={**TEXT, "description": "From list_slots. Needed for 'move', left out for 'cancel'."},
)
AGENT = agent(PROMPT, FIND, SLOTS, BOOK, CHANGE)


def test_records_and_wishes_differ_where_nothing_is_moved() -> None:
    made = invented(AGENT)
    booked = [call.input["service"] for call in calls(made, "book_slot")]
    held = [[one["service"] for one in call.output["bookings"]] for call in calls(made, "find_owner")[:3]]
    moved, cancelled, none = held
    assert moved == ["sharpening"] == booked[:1]
    assert cancelled
    assert booked[1] not in cancelled
    assert none == []


def test_who_has_it_ahead_already_books_none_of_it() -> None:
    made = invented(AGENT)
    holder = calls(made, "find_owner")[0].input["last_name"]
    tests = [t for t in ordered(read_agent(AGENT), "seed") if "book_slot" in t.key]
    served = {str(t.profile["last_name"]) for t in tests if t.key.split(":")[0] in ("done", "declined")}
    assert served
    assert holder not in served
