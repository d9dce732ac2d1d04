"""Bays that drivers stand before: a prompt that is an outline, two ways to be found, one reservation each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import Call, agent, outcome, planned, steps, tool


def _account(
    key: str, value: str, number: str, name: str, reservations: Sequence[Mapping[str, object]]
) -> Call:
    record = {
        "account_id": f"ac_{number}",
        "holder_name": name,
        "card": f"BK-{number}",
        "reservations": reservations,
    }
    return {"lookup_by": key, "value": value}, record


HELD = [{"reservation_id": "R-31", "bay_id": "BY-2041", "start": "2026-10-15T12:00:00"}]
FIND = tool(
    "find_account",
    _account("phone", "5125550141", "440218", "Tess Marlow", []),
    _account("card", "BK-440218", "440218", "Tess Marlow", []),
    _account("card", "BK-452210", "452210", "Dev Okoye", []),
    _account("phone", "5125550162", "433054", "Raj Patel", HELD),
    ({"lookup_by": "phone", "value": "5125550100"}, {"found": False, "message": "No account."}),
    enums={"lookup_by": ["phone", "card"]},
)
STAYS = tool(
    "list_stays",
    ({"account_id": "ac_440218"}, {"stays": [{"stay_id": "S-8", "bay_id": "BY-2041", "total": 4.5}]}),
    described={"account_id": "account_id from find_account."},
)
CHECK = tool(
    "check_bay",
    (
        {"bay_id": "BY-2041"},
        {"place": "Guadalupe Street", "open_slots": [{"start": "2026-10-18T11:00:00"}]},
    ),
    described={"bay_id": "ID on the sticker: two letters, a dash, four digits."},
)
BOOK = tool(
    "manage_reservation",
    *(
        (
            {
                "action": "book",
                "account_id": account,
                "bay_id": "BY-2041",
                "start": "2026-10-18T11:00:00",
            },
            {"status": "booked", "reservation_id": f"R-{number}"},
        )
        for number, account in enumerate(("ac_440218", "ac_452210", "ac_433054"), 40)
    ),
    ({"action": "cancel", "reservation_id": "R-31"}, {"status": "cancelled"}),
    about="Book or cancel a reservation of a bay.",
    described={
        "account_id": "account_id from find_account.",
        "bay_id": "Book only.",
        "start": "Book only. Start exactly as in open_slots of check_bay.",
        "reservation_id": "Cancel only. From the account record.",
    },
    enums={"action": ["book", "cancel"]},
)


def transfers(general: dict[str, str]) -> Tool:
    calls = [({"desk": "billing"}, {"status": "transferring"}), ({"desk": "general"}, general)]
    return tool("transfer_call", *calls, enums={"desk": ["billing", "general"]})


OUTLINE = """BAYWELL PARKING – DRIVER LINE – VOICE AGENT "RORY"

1. Who you are
   - You are Rory of Baywell Parking.

2. Who is calling
   - Ask for the phone number on the account. If the caller does not know it, ask for the number on the card.
   - Call find_account. Then ask for the full name and compare it with the record.
   - Account not found: ask once for another phone number.
   - Still not found: transfer to general.

3. Prices

   | Item | Price |
   |---|---|
   | Reservation | $2.00 |

4. Reservations
   - {rule}
   - Ask for the bay ID on the sticker and call check_bay.
   - Read back bay, day and time. Get a yes. Then manage_reservation with action "book".
   - Cancel: free of charge until 2 hours before the start.
"""


def parking(rule: str = "At most 7 days ahead.", general: str = "transferring") -> AgentModel:
    tools = (FIND, STAYS, CHECK, BOOK, transfers({"status": general}))
    return agent(OUTLINE.format(rule=rule), *tools)


def test_the_numbered_titles_of_a_whole_prompt_are_its_sections_and_a_voice_agent_is_no_manner() -> None:
    statements = parking().prompt.statements
    assert {s.section[-1] for s in statements} == {"Who you are", "Who is calling", "Prices", "Reservations"}
    assert not any(s.kind == "manner" for s in statements)
    assert any(s.kind == "order" and "call find_account" in [d.text for d in s.duties] for s in statements)


def test_what_is_read_off_a_thing_is_given_by_who_stands_before_it() -> None:
    done = [test for test in planned(parking(), "done") if test.aim.startswith("Book")]
    assert done and not any(
        call.tool == "list_stays" and not call.optional for test in done for call in test.calls
    )
    assert all(any("{{test_profile.bay_id}} when asked" in step for step in steps(test)) for test in done)


def test_callers_are_found_by_what_they_are_asked_for_first_also_where_one_parameter_takes_either() -> None:
    asked = [step for test in planned(parking()) for step in steps(test) if "card" in step]
    assert not [step for step in asked if step.startswith("Give")]
    assert not any("Dev Okoye" in test.profile.values() for test in planned(parking()))


@pytest.mark.parametrize(
    "rule",
    [
        "One upcoming reservation per account.",
        "Only one reservation per account.",
        "At most one reservation per driver.",
    ],
)
def test_who_has_a_reservation_makes_no_other_where_only_one_is_allowed(rule: str) -> None:
    free, limited = (
        {test.profile["phone"] for test in planned(parking(one), "done") if test.aim.startswith("Book")}
        for one in ("At most 7 days ahead.", rule)
    )
    assert free == {"5125550141", "5125550162"} and limited == {"5125550141"}


def test_a_call_is_not_passed_on_to_a_desk_that_the_data_do_not_reach() -> None:
    [test] = planned(parking(), "no_record", "manage_reservation")
    assert "The main agent should transfer the call to general." in outcome(test)
    assert [c.input for c in test.calls if c.tool == "transfer_call"] == [{"desk": "general"}]
    assert not planned(parking(general="failed"), "no_record", "manage_reservation")


def _with_states(rule: str) -> AgentModel:
    status = {"440218": "active", "433054": "closed"}
    states = [
        (given, {**record, "status": status.get(str(record["account_id"])[3:], "active"), "reservations": []})
        for given, record in ((c.input, c.output) for c in FIND.mock_data if "account_id" in c.output)
    ]
    find = tool("find_account", *states, enums={"lookup_by": ["phone", "card"]})
    prompt = OUTLINE.format(rule="At most 7 days ahead.").replace(
        "3. Prices", f"3. Status\n   - {rule}\n\n4. Prices"
    )
    tools = (find, STAYS, CHECK, BOOK, transfers({"status": "ok"}))
    return agent(prompt.replace("4. Reservations", "5. Reservations"), *tools)


def test_a_state_of_which_more_is_said_than_is_read_stops_the_deed_and_what_waits_for_its_read_back() -> None:
    more = _with_states("closed: state the closing date. Anything else: transfer to billing.")
    for model, phones in (
        (_with_states("active: all services."), {"5125550141", "5125550162"}),
        (more, {"5125550141"}),
    ):
        booked = {t.profile["phone"] for t in planned(model, "done") if t.aim.startswith("Book")}
        assert booked == phones


def test_a_temptation_at_a_read_back_is_that_of_somebody_who_may_book() -> None:
    model = parking("One upcoming reservation per account. Do not invent discounts. Never take card numbers.")
    tempted = [t for seed in "abcdefgh" for t in ordered(model, seed) if t.key.startswith("ban:")]
    assert {test.profile["phone"] for test in tempted} == {"5125550141"}
