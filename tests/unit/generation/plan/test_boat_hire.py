"""A boat hire and its trips: what an account may do, codes in words, who leads a party, others' rules."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.choices import name_of_code, said_choice
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import names_person
from tests.unit.generation.plan.agents import agent, planned, steps, tool

HIRER = {"account_number": "4120", "status": "prepay", "hirer": "Dana Vogel"}
ACTIVE = {**HIRER, "account_number": "4121", "status": "active"}
HIRED = tool("verify_hirer", *(({"account_number": one["account_number"]}, one) for one in (HIRER, ACTIVE)))
RESERVE = tool(
    "reserve_dinghy",
    ({"account_number": "4121", "model_code": "LAS-7K"}, {"status": "reserved"}),
    described={"model_code": "Boat: LAS-7K = Laser, single-handed; GP-14 = two-person dinghy."},
    enums={"model_code": ["LAS-7K", "GP-14"]},
)


def hire(accounts: str) -> AgentModel:
    prompt = f"""You answer for a boat hire.

# Identification
Ask for the account number and call verify_hirer.

# Accounts
{accounts}

# Reserve
Ask for the boat. After a yes, call reserve_dinghy.
"""
    return agent(prompt, HIRED, RESERVE)


LINES = """active: everything below is open to them.
prepay: may reserve, but the deposit has to be paid through a link before pick-up (see reserve).
on_stop: invoices are overdue. No reservations."""


@pytest.mark.parametrize("accounts", [LINES, "Prepay accounts have no credit line, so skip the check."])
def test_what_an_account_has_not_or_has_to_pay_at_some_time_refuses_no_deed(accounts: str) -> None:
    assert not planned(hire(accounts), "ruled_out")
    assert planned(hire(accounts), "done", "reserve_dinghy")


@pytest.mark.parametrize(("elsewhere", "made"), [(["north_quay"], False), ([], True)])
def test_what_is_offered_in_place_of_what_is_not_free_is_taken_by_nobody_who_does_not_say_so(
    elsewhere: list[str], made: bool
) -> None:
    depots = {"depot": ["south_quay", "north_quay"]}
    there, here = (
        {"item_code": "DIN-140", "depot": f"{d}_quay", "day": "2026-06-15"} for d in ("south", "north")
    )
    check = tool(
        "check_depot",
        (there, {**there, "available": 0, "other_depots": elsewhere}),
        (here, {**here, "available": 2, "other_depots": []}),
        enums=depots,
    )
    reserve = tool(
        "reserve_dinghy", ({"account_number": "4121", **here}, {"status": "reserved"}), enums=depots
    )
    prompt = """# Identification
Ask for the account number and call verify_hirer.
# Reserve
Ask for the depot and the day and call check_depot. After a yes, call reserve_dinghy.
"""
    assert bool(planned(agent(prompt, HIRED, check, reserve), "done")) is made


def test_lines_about_one_value_each_are_read_by_themselves() -> None:
    lines = [s.lines for s in hire(LINES).prompt.statements if s.section[-1:] == ("Accounts",)]
    assert len({line for line, _ in lines}) == 3


def test_a_code_among_others_is_said_as_the_schema_explains_it_and_asked_for_as_it_calls_them() -> None:
    [test, *_] = planned(hire(LINES), "done", "reserve_dinghy")
    assert any("asked for the boat" in step for step in steps(test))
    assert test.profile["model_code"] == "Laser, single-handed"
    assert said_choice("model", "GP-14", grammar_of("en"), "", "Boat: GP-14 = dinghy.") is None


@pytest.mark.parametrize(
    ("code", "name"), [("HGT", "West Park"), ("RIP", "Market Place"), ("WHT", "Harbour & Fish Supper")]
)
def test_codes_have_the_names_that_stand_behind_them(code: str, name: str) -> None:
    prompt = (
        "  WHT  Harbour & Fish Supper – day trip\n"
        "Pick-up codes: HGT West Park, RIP Market Place, THI Town Hall.\n"
    )
    assert name_of_code(code, prompt) == name


BOOKING = {
    "booking_ref": "B-4021",
    "lead_sailor": {"name": "Vera Lind", "postcode": "HG4 1RW"},
    "trip": {"code": "ALN"},
    "date_changes_used": 0,
}
GET = tool("get_booking", ({"booking_ref": "B-4021"}, BOOKING))
TRIPS = tool(
    "get_departures",
    ({"trip_code": "ALN"}, {"departures": [{"departure_id": "ALN-1", "date": "2026-07-04"}]}),
    ({"trip_code": "NOR"}, {"error": "departures_unavailable"}),
    enums={"trip_code": ["ALN", "NOR"]},
)
CANCEL = tool(
    "cancel_booking",
    ({"booking_ref": "B-4021"}, {"status": "cancelled"}),
    ({"booking_ref": "B-4022"}, {"status": "released"}),
)
HELD = tool(
    "get_booking", *(({"booking_ref": ref}, {**BOOKING, "booking_ref": ref}) for ref in ("B-4021", "B-4022"))
)
MOVE = tool("move_booking", ({"booking_ref": "B-4021", "departure_id": "ALN-1"}, {"status": "moved"}))
RENAME = tool("change_name", ({"booking_ref": "B-4021"}, {"status": "changed"}))
TRIP_PROMPT = """You answer for sailing trips. ALN: Alnwick. NOR: Norfolk.

# {who}
Ask for the booking reference and call get_booking. Then ask for the surname and the postcode.

# Changes
Another name. Call change_name.

Another date. {rule} Call get_departures, get a yes, then call move_booking.

# Cancelling
After a yes, call cancel_booking.
"""


def trips(who: str = "Who we are talking to", rule: str = "", get: Tool = GET) -> AgentModel:
    return agent(TRIP_PROMPT.format(who=who, rule=rule), get, TRIPS, CANCEL, MOVE, RENAME)


def test_who_leads_a_party_is_asked_for_what_the_record_has_of_them() -> None:
    assert names_person(("lead_passenger", "name")) and not names_person(("lead", "name"))
    assert not names_person(("emergency_boat", "name"))


def test_what_is_asked_under_a_heading_about_who_speaks_is_answered() -> None:
    [test, *_] = planned(trips(), "done", "cancel_booking")
    assert {"HG4 1RW", "B-4021"} <= set(test.profile.values())
    assert any("if asked for the postcode" in step for step in steps(test))


def test_a_limit_in_the_paragraph_of_another_deed_forbids_none() -> None:
    rule = "Only the whole booking, and only once: if date_changes_used is 1, it's not possible."
    assert planned(trips(rule=rule), "done", "cancel_booking")


def test_a_deed_that_an_answer_calls_otherwise_than_the_others_is_not_told_as_those() -> None:
    done = planned(trips(get=HELD), "done", "cancel_booking")
    assert {test.profile["booking_ref"] for test in done} == {"B-4021"}


@pytest.mark.parametrize(("code", "made"), [("NOR", True), ("ALN", False)])
def test_a_look_up_that_fails_is_of_what_the_record_is_about(code: str, made: bool) -> None:
    departures = [
        {"departure_id": "NOR-1", "date": "2026-07-04"},
        {"departure_id": "NOR-2", "date": "2026-07-11"},
    ]
    trips = tool(
        "get_departures",
        ({"trip_code": "NOR", "month": "July"}, {"departures": departures}),
        ({"trip_code": code, "month": "June"}, {"error": "departures_unavailable"}),
        enums={"trip_code": ["ALN", "NOR"]},
    )
    get = tool("get_booking", ({"booking_ref": "B-4021"}, {**BOOKING, "trip": {"code": "NOR"}}))
    change = tool(
        "change_booking", ({"booking_ref": "B-4021", "departure_id": "NOR-1"}, {"status": "changed"})
    )
    prompt = """ALN: Alnwick
NOR: Norfolk
# Change a booking
Ask for the booking reference and call get_booking. Ask for the trip and the month and call get_departures.
Get a yes, then call change_booking.
"""
    assert bool(planned(agent(prompt, get, trips, change), "outage")) is made


CHECK = tool("check_openings", ({"date": "2026-07-02"}, {"date": "2026-07-02", "openings": 2}))
EXTEND = tool(
    "extend_hire", ({"account_number": "4121", "new_due_date": "2026-07-06"}, {"status": "extended"})
)


@pytest.mark.parametrize(("where", "made"), [("Reserve", True), ("Extend", False)])
def test_what_is_free_for_another_deed_bears_on_none(where: str, made: bool) -> None:
    parts = {
        "Reserve": "After a yes, call reserve_dinghy.",
        "Extend": "Ask for the new due date. Call extend_hire.",
    }
    parts[where] += " Always call check_openings first."
    prompt = "# Identification\nAsk for the account number and call verify_hirer.\n" + "".join(
        f"# {title}\n{text}\n" for title, text in parts.items()
    )
    assert bool(planned(agent(prompt, HIRED, CHECK, RESERVE, EXTEND), "done", "extend_hire")) is made


def test_a_look_up_in_the_playbook_of_another_deed_is_made_for_none() -> None:
    lesson = tool("book_lesson", ({"account_number": "4121"}, {"status": "booked"}))
    prompt = """# Identification
Ask for the account number and call verify_hirer.
# Reserve
Only boats that check_openings knows can be reserved. After a yes, call reserve_dinghy.
# Lessons
After a yes, call book_lesson.
"""
    assert planned(agent(prompt, HIRED, CHECK, RESERVE, lesson), "done", "book_lesson")


def test_who_is_not_verified_gives_the_same_again_if_asked() -> None:
    wrong = {"error": "pin_mismatch"}
    verify = tool(
        "verify_hirer",
        ({"account_number": "4121", "pin": "8830"}, HIRER),
        ({"account_number": "4121", "pin": "1111"}, wrong),
    )
    prompt = "Ask for the account number and the PIN and call verify_hirer. After a yes, call reserve_dinghy."
    [test, *_] = planned(agent(prompt, verify, RESERVE), "not_verified")
    assert any(step.startswith("Give the same details again if asked") for step in steps(test))
