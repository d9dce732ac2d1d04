"""A rental desk: who else may drive, what callers are sure to be asked, mishaps, and codes of places."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import Tool
from evalgen.generation.plan.choices import said_choice
from evalgen.generation.plan.stated import stated_facts
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.open_to_all import needs_nobody
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

RECORD = {
    "reservation_number": "418207",
    "status": "booked",
    "renter": {"first_name": "Priya", "last_name": "Raman", "date_of_birth": "1988-05-14"},
    "pickup": {"location": "DEN", "location_name": "Denver Airport"},
    "additional_drivers": ["Alicia Boyd"],
}
FIND = tool("find_reservation", ({"reservation_number": "418207"}, RECORD))
SPOUSE = "true if the new driver is the renter's spouse, otherwise false."
ADD = tool(
    "add_driver",
    (
        {"reservation_number": "418207", "date_of_birth": "1987-03-08", "is_spouse": True},
        {"status": "added", "confirmation_number": "AD-51207"},
    ),
    free=["full_name"],
    described={"is_spouse": SPOUSE, "full_name": "The new driver's first and last name."},
)
REPORT = tool(
    "report_breakdown",
    (
        {"reservation_number": "418207", "issue_type": "lockout"},
        {"status": "dispatched"},
    ),
    free=["location"],
    described={"location": "Where the car is, in the caller's words."},
    enums={"issue_type": ["lockout", "battery"]},
)
CANCEL = tool("cancel_reservation", ({"reservation_number": "418207"}, {"status": "cancelled"}))
PROMPT = """You answer for a car rental. Never give legal opinions.
# Who is calling
Get the reservation number, look it up with find_reservation, then have the caller give the renter's last name
and the renter's date of birth. Both must match the record.
# Adding a driver
Ask for full name, date of birth, whether they have been licensed for at least one year, and whether they
are the renter's spouse. Get a yes, then call add_driver.
# Cancelling
Get a yes, then call cancel_reservation.
# Breakdown
1. First question: is everyone safe and away from traffic?
2. Ask what is wrong and where the car is.
3. Batteries are free.
4. Get a yes, then call report_breakdown.
"""


def desk(**more: Any) -> AgentModel:
    required = {"required": ["reservation_number", "full_name", "date_of_birth", "is_spouse"]}
    schema = {**(ADD.parameters or {}), **required}
    add = Tool(1, ADD.name, "", schema, ADD.freetext_params, ADD.mock_data)
    return agent(PROMPT, FIND, add, REPORT, CANCEL, **more)


def test_who_else_may_drive_does_not_call_in_the_place_of_the_renter() -> None:
    profiles = [test.profile for test in planned(desk(), "done", "cancel_reservation")]
    assert profiles and not any("Alicia Boyd" in profile.values() for profile in profiles)


def test_a_new_driver_has_a_whole_name_of_their_own() -> None:
    names = {str(test.profile["full_name"]) for test in planned(desk(), "done", "add_driver")}
    assert names and all(" " in name and "Raman" not in name for name in names)


def test_what_is_asked_of_a_new_driver_has_its_answers() -> None:
    said = steps(planned(desk(), "done", "add_driver")[0])
    assert "Say yes if asked whether the driver has been licensed for at least one year" in said
    assert "Say yes if asked whether the new driver is the renter's spouse" in said


def test_who_breaks_down_says_that_everyone_is_safe_and_speaks_of_nothing_else() -> None:
    model = desk()
    assert any(
        "Say that everyone is safe if asked whether everyone is safe" in steps(test)
        for test in planned(model, "done", "report_breakdown")
    )
    assert not planned(model, "aside", "report_breakdown")


def test_nobody_says_where_they_are_by_the_code_of_a_place() -> None:
    assert not any("DEN" in test.profile.values() for test in planned(desk()))


def test_what_is_free_on_the_way_of_a_deed_is_no_question_of_its_own() -> None:
    assert not [fact for fact, _ in stated_facts(desk()) if "atteries" in fact.text]


def test_a_word_in_capitals_that_stands_in_brackets_behind_a_name_is_said_as_the_name() -> None:
    assert said_choice("tariff", "NIGHT", None, "- Night Saver (NIGHT): 31p by day") == "Night Saver"


MEMBER = {"found": True, "card_number": "20418837", "name": "Priya Venkat", "mobile": "ends 318"}
MEMBERS = tool(
    "get_account",
    ({"identifier": "20418837"}, MEMBER),
    ({"identifier": "07700900318"}, {**MEMBER, "card_number": "20477256", "name": "Yusuf Adey"}),
    described={"identifier": "The card number or the mobile number."},
)
RENEW = tool("renew_loan", ({"card_number": "20477256"}, {"status": "renewed"}))


def test_who_is_found_by_phone_is_not_asked_for_the_card_that_others_have() -> None:
    prompt = """You answer for a library.
# Identity
Ask for the card number and call get_account.
# Loans
Get a yes, then call renew_loan.
"""
    assert not planned(agent(prompt, MEMBERS, RENEW), "done")


def test_a_yes_to_words_that_nobody_says_is_wanted_of_nobody_else() -> None:
    rule = 'If the caller says "cancel everything", name them all, get a yes, then call cancel_reservation.'
    prompt = f"You answer for a car rental.\n# Cancelling\nAsk for the reservation number. {rule}"
    for said, asserted in (
        (prompt, False),
        (prompt.replace(rule, "Get a yes, then call cancel_reservation."), True),
    ):
        lines = [line for test in planned(agent(said, CANCEL), "done") for line in outcome(test)]
        assert lines and any("get a yes" in line for line in lines) is asserted


def test_what_needs_nobody_may_be_said_under_the_heading_of_who_is_calling() -> None:
    prompt = """You answer for a storage company.
# Identifying the caller
- Ask for the account number and call find_account.
- Not needed for general facts, prices, or a new customer's reservation.
"""
    find = tool("find_account", ({"account_number": "482015"}, {"holder_name": "Nora Blake"}))
    reserve = tool("reserve_unit", ({"site": "Netherfield"}, {"status": "reserved"}))
    notice = tool("give_notice", ({"account_number": "482015"}, {"status": "given"}))
    model = agent(prompt, find, reserve, notice)
    open_to_all = {name for name, one in model.tools.items() if needs_nobody(one, model.prompt)}
    assert open_to_all == {"reserve_unit"}
