"""Donors: steps with arrows, kinds of appointments, and days from which each kind is open."""

from __future__ import annotations

from collections.abc import Mapping

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import Call, agent, outcome, planned, steps, tool

KINDS = ["blood", "plasma"]


def _donor(card: str, name: str, held: Mapping[str, object] | None, **more: object) -> Call:
    record = {
        "donor_id": f"d_{card[2:]}",
        "full_name": name,
        "card_number": card,
        "upcoming_appointment": held,
    }
    return {"id_type": "card", "id_value": card}, record | {"letter_hold": False} | more


APPOINTMENT = {"appointment_id": "AP-6610", "kind": "blood", "start": "2026-03-24T14:15:00"}
OPEN = {"blood": "2026-03-02", "plasma": "2026-02-02"}
FIND = tool(
    "lookup_donor",
    _donor("RB204417", "Carol Whitfield", APPOINTMENT, eligible_from=OPEN),
    _donor("RB198032", "Marcus Oyel", None, eligible_from=OPEN),
    _donor("RB150926", "Priya Raman", None, eligible_from={"blood": "2026-04-10", "plasma": None}),
    _donor("RB230008", "Harold Jensen", None, eligible_from=OPEN, letter_hold=True),
    ({"id_type": "card", "id_value": "RB209999"}, {"found": False}),
    enums={"id_type": ["card", "phone"]},
)
SLOTS = tool(
    "find_slots",
    *(
        ({"kind": kind, "date": day}, {"slots": [{"slot_id": f"SL-{kind}-{day}", "time": "9:20 AM"}]})
        for kind in KINDS
        for day in ("2026-03-26", "2026-04-14")
    ),
    described={"kind": "Which donation it is for."},
    enums={"kind": KINDS},
)
DONORS = ("d_204417", "d_198032", "d_150926", "d_230008")
BOOK = tool(
    "book_appointment",
    *(
        ({"donor_id": donor, "slot_id": f"SL-{kind}-{day}"}, {"status": "booked"})
        for donor in DONORS
        for kind in KINDS
        for day in ("2026-03-26", "2026-04-14")
    ),
)
MOVE = tool(
    "reschedule_appointment",
    *(
        ({"appointment_id": "AP-6610", "slot_id": f"SL-{kind}-2026-03-26"}, {"status": "rescheduled"})
        for kind in KINDS
    ),
)
LETTER = tool("request_letter", *(({"donor_id": donor}, {"status": "requested"}) for donor in DONORS))
TRANSFER = tool("transfer_call", ({"desk": "nurse"}, {"status": "ok"}), enums={"desk": ["nurse"]})
PROMPT = """You answer for a donor center. Today is March 12, 2026.
# Who is calling
- Ask for the **donor card number** → `lookup_donor`.
# Booking
- If there already is an appointment → offer to move it.
- Ask for the kind and the day; then `find_slots`.
- Read back kind, day and time → get a **yes** → `book_appointment`.
# Moving
- Read back the appointment and make sure it's the right one.
- `find_slots`, read back old and new, get a yes, `reschedule_appointment`.
# Letters
- letter_hold is true → don't request anything. Say "A nurse would like to speak to you" → transfer to nurse.
- Otherwise → `request_letter`.
"""


def center() -> AgentModel:
    return agent(PROMPT, FIND, SLOTS, BOOK, MOVE, LETTER, TRANSFER)


def test_what_an_imperative_does_before_an_arrow_is_done_and_no_case() -> None:
    read = {s.lines[0]: s for s in center().prompt.statements}
    assert (read[3].kind, [d.text for d in read[3].duties]) == ("order", ["ask for the donor card number"])
    assert (read[7].kind, [d.text for d in read[7].duties]) == ("order", ["get a yes"])


def test_what_is_read_back_ends_before_an_arrow_and_is_no_old_and_new() -> None:
    [booked, *_] = planned(center(), "done", "book_appointment")
    assert any("read back kind, day and time and get a yes before" in line for line in outcome(booked))
    [moved, *_] = planned(center(), "done", "reschedule_appointment")
    assert not any("old and new" in line for line in outcome(moved))


def test_a_selected_code_is_called_by_its_number() -> None:
    said = {step for test in planned(center(), "done") for step in steps(test)}
    assert "Give {{test_profile.card_number}} when asked for the card number" in said


def test_a_kind_that_is_not_open_by_then_or_never_is_not_booked() -> None:
    booked = {
        (t.profile["full_name"], t.profile["date"], t.profile["kind"])
        for t in planned(center(), "done", "book")
    }
    assert {one for one in booked if one[0] == "Priya Raman"} == {("Priya Raman", "2026-04-14", "blood")}
    assert ("Marcus Oyel", "2026-03-26", "plasma") in booked


def test_an_appointment_is_moved_to_openings_of_its_own_kind() -> None:
    moved = planned(center(), "done", "reschedule_appointment")
    assert {test.profile.get("kind", "blood") for test in moved} == {"blood"}


def test_who_wants_to_move_says_no_to_no_offer_to_move_and_yes_to_the_right_one() -> None:
    [test, *_] = planned(center(), "done", "reschedule_appointment")
    assert "Say yes if asked whether that is the right appointment" in steps(test)
    assert not any("instead" in step for t in planned(center()) for step in steps(t))


def test_a_refusal_that_goes_on_with_words_and_a_transfer_has_both() -> None:
    [test] = planned(center(), "ruled_out", "request_letter")
    assert outcome(test)[:2] == [
        'The main agent should say words like "A nurse would like to speak to you".',
        "The main agent should transfer the call to the nurse.",
    ]


def test_a_fact_that_goes_on_about_a_case_of_its_line_is_asked_by_nobody() -> None:
    case = "If the card was misprinted by us, send a new one. There is no fee."
    prompt = f"You answer for a center.\n- {case}\n- Parking is free."
    asked = [t.aim for t in planned(read_agent(AgentDefinition("Desk", "en", prompt, ())), "question")]
    assert any("parking" in one for one in asked) and not any("fee" in one for one in asked)
