"""Tenants who are asked for a name beside their number, and rooms that are to be had at a price."""

from __future__ import annotations

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

FIND = tool(
    "find_tenant",
    (
        {"room_number": "B214"},
        {"tenant_id": "t_1", "full_name": "Kevin Marsh", "last_name": "Marsh", "balance": 0},
    ),
    (
        {"room_number": "K522"},
        {"tenant_id": "t_2", "full_name": "Ann Poole", "last_name": "Poole", "balance": 45.5},
    ),
    ({"room_number": "A100"}, {"found": False, "message": "No tenant was found."}),
)
LEAVE = tool(
    "schedule_move_out",
    ({"tenant_id": "t_1", "date": "2026-12-14"}, {"status": "scheduled"}),
    ({"tenant_id": "t_2", "date": "2026-12-15"}, {"status": "scheduled"}),
)
LINK = tool("send_pay_link", ({"tenant_id": "t_2"}, {"status": "sent"}))
ROOMS = tool(
    "check_rooms",
    (
        {"size": "small", "date": "2026-12-08"},
        {
            "rooms": [
                {"room_number": "W231", "monthly_price": 48},
                {"room_number": "J150", "monthly_price": 64},
            ]
        },
    ),
    ({"size": "small", "date": "2026-12-09"}, {"rooms": []}),
    enums={"size": ["small", "medium", "large"]},
)
RESERVE = tool(
    "reserve_room",
    (
        {"room_number": "J150", "date": "2026-12-08", "full_name": "Laura Hensley"},
        {"status": "confirmed", "reservation_number": "572832"},
    ),
)


def storage() -> AgentModel:
    return agent(
        "You answer for a self storage.\n# New rental\n- Ask for the size and the day and call check_rooms.\n"
        "- If nothing is free in that size, offer the next larger size.\n- Get the full name.\n- Read back"
        " the room and the day. After a clear yes call reserve_room.\n"
        "# Move-out\n- Ask for the room number and the last name. Call find_tenant.\n- If the last name"
        " does not match, say you can't open the account and send them to the desk.\n- Not possible with an"
        " open balance.\n- Ask for the date. Then call schedule_move_out.\n"
        "# Paying\n- Payment: tell the balance. Send the payment link with send_pay_link.\n"
        "# Rules\n- No discounts on the phone. Amounts are in $.\n",
        ROOMS,
        RESERVE,
        FIND,
        LEAVE,
        LINK,
    )


def test_who_is_asked_for_the_last_name_is_not_asked_for_the_name_besides() -> None:
    for test in planned(storage(), "done", "schedule_move_out"):
        assert "Give {{test_profile.last_name}} if asked for the last name" in steps(test)
        assert not any("asked for the name" in step for step in steps(test))


def test_a_label_that_names_a_tool_says_what_goes_with_its_call() -> None:
    [test] = [one for one in planned(storage(), "done", "send_pay_link") if not one.variation_of]
    assert "The main agent should state that the balance is `$45.50`." in outcome(test)


def test_whom_no_record_has_is_asked_for_what_would_be_compared_with_it() -> None:
    [test] = planned(storage(), "no_record", "schedule_move_out")
    assert "Give {{test_profile.last_name}} if asked for the last name" in steps(test)
    assert test.profile == {"room_number": "A100", "last_name": "Marsh"}


def test_a_mismatch_is_tried_on_a_record_that_nothing_else_refuses() -> None:
    found = planned(storage(), "mismatch", "schedule_move_out")
    assert {call.input["room_number"] for test in found for call in test.calls} == {"B214"}


def test_where_nothing_is_free_the_call_ends_with_what_the_prompt_offers_then() -> None:
    [test] = planned(storage(), "nothing_free")
    assert outcome(test)[0] == "The main agent should offer the next larger size."
    assert steps(test)[-1] == "End the call when offered the next larger size"


def test_who_is_about_to_get_something_haggles_and_not_who_leaves() -> None:
    [test] = planned(storage(), "ban")
    assert steps(test)[0].startswith("Ask to reserve a room")
    assert "Ask for a third off the price when asked whether to reserve the room" in steps(test)


OUTAGE = tool(
    "check_outage",
    ({"street": "27 Linden Avenue"}, {"cause": "a storm", "restoration_time": "2:00 PM"}),
    ({"street": "63 Willow Court"}, {"found": False, "message": "No outage was found."}),
)
REPORT = tool(
    "report_outage", ({"street": "905 Prairie Road"}, {"status": "filed", "ticket_number": "T-318"})
)


def utility(missed: str) -> AgentModel:
    return agent(
        "You answer for a water and power utility.\n# Outages\n- Get the street and call check_outage. Tell"
        f" the restoration time.\n- {missed}\n# Rules\n- Never offer discounts.\n",
        OUTAGE,
        REPORT,
    )


def test_who_asks_about_what_is_not_known_and_is_to_be_reported_gives_no_test() -> None:
    assert not planned(utility("not known -> call report_outage, give them the ticket number"), "no_record")
    [test] = planned(utility("not known -> offer a callback"), "no_record")
    assert steps(test)[-1] == "End the call when offered a callback"


def test_who_calls_a_utility_asks_for_something_off_the_bill() -> None:
    [test] = planned(utility("not known -> offer a callback"), "ban")
    assert steps(test)[0] == "Ask for a third off the bill when opening"


def test_what_is_not_filed_in_a_case_is_a_line_of_its_outcome() -> None:
    [test] = planned(
        utility("downed wires = tell them to leave the area and call 911. dont file a ticket"), "case"
    )
    assert outcome(test)[-1] == "The main agent should not file a ticket."
