"""Invented answers as a practice and a utility describe their tools: what a description says is there."""

from __future__ import annotations

import re

import pytest

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.invented.promises import lists_in, promised_in
from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import outcome, steps
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PRACTICE = """You answer for a veterinary practice. Vets: Dr. Okafor and Dr. Reyes.

# Finding the owner
Ask for the phone number and call find_owner.

# Booking a visit
Ask which day. Call get_open_slots. Read back the pet and the time and get a yes. Call book_visit.

# Refills
Ask for the name of the medication and the pet. Call request_refill.
"""
OWNER = tool(
    "find_owner",
    None,
    "Looks up an owner by phone. Returns the owner's id, name and pets, each with its prescriptions.",
    phone=TEXT,
)
NEW_OWNER = tool("register_owner", None, "Creates an account. Returns the new owner's id.", full_name=TEXT)
SLOTS = tool(
    "get_open_slots",
    None,
    "Lists the open slots of a day, each with the slot id, start time and veterinarian.",
    date={**TEXT, "format": "date"},
)
BOOK = tool(
    "book_visit",
    None,
    "Books a slot.",
    owner_id=TEXT,
    pet_id={**TEXT, "description": "Id of the pet from find_owner"},
    slot_id={**TEXT, "description": "Id of a slot from get_open_slots"},
)
REFILL = tool(
    "request_refill",
    None,
    "Requests a refill.",
    prescription_id={**TEXT, "description": "From find_owner"},
    pet_id=TEXT,
)
UTILITY = """you answer for a water company.
- ask for account number. 10 digits, starts with 40
- run lookup_account. zip must match the one on the account
- never take card numbers over the phone. send the link with send_payment_link
- payment plan: read back the monthly amount, get a yes, then create_payment_plan
"""
ACCOUNT = tool(
    "lookup_account",
    None,
    "returns name, zip, balance, last meter reading, whether on a payment plan",
    account_number={**TEXT, "description": "10 digit account number"},
)
LINK = tool("send_payment_link", None, "text a payment link", account_number=TEXT)
PLAN = tool("create_payment_plan", None, "returns plan id", account_number=TEXT)
READING = tool(
    "submit_meter_reading",
    None,
    "submit a reading",
    account_number=TEXT,
    reading={**TEXT, "description": "5 digits"},
)


def _practice(name: str) -> tuple[MockCall, ...]:
    return calls(invented(agent(PRACTICE, OWNER, NEW_OWNER, SLOTS, BOOK, REFILL)), name)


def _utility(name: str) -> tuple[MockCall, ...]:
    return calls(invented(agent(UTILITY, ACCOUNT, LINK, PLAN, READING)), name)


def _planned(key: str) -> Test:
    model = read_agent(agent(PRACTICE, OWNER, NEW_OWNER, SLOTS, BOOK, REFILL))
    return next(test for test in ordered(model, "seed") if test.key.startswith(key))


def test_the_id_of_an_owner_is_the_one_that_later_calls_take_and_no_other_field() -> None:
    found = _practice("find_owner")[0].output
    assert "owner_id" in found
    assert "id" not in found


def test_who_is_made_has_the_id_that_a_description_promises() -> None:
    assert re.fullmatch(r"owner_\d+", _practice("register_owner")[0].output["owner_id"])


def test_openings_name_whom_each_is_with() -> None:
    slots = _practice("get_open_slots")[0].output["slots"]
    assert {slot["veterinarian"] for slot in slots} == {"Dr. Okafor", "Dr. Reyes"}


def test_what_animals_take_is_told_with_the_animal() -> None:
    for call in _practice("find_owner")[:3]:
        pets = {pet["name"] for pet in call.output["pets"]}
        assert {one["pet"] for one in call.output["prescriptions"]} <= pets


def test_a_caller_names_the_thing_of_the_record_that_is_asked_for_and_is_not_called_like_it() -> None:
    test = _planned("done:request_refill")
    assert "Give {{test_profile.medication}} if asked for the medication" in steps(test)
    assert test.profile["name"] not in (test.profile["pet_name"], test.profile["medication"])
    assert not any("full name" in step for step in steps(test))


def test_the_form_of_a_prompt_is_kept_where_the_description_says_less() -> None:
    numbers = [call.input["account_number"] for call in _utility("lookup_account")]
    assert numbers
    assert all(re.fullmatch(r"40\d{8}", number) for number in numbers)


def test_a_record_tells_what_the_prompt_compares_once() -> None:
    found = _utility("lookup_account")[0].output
    assert [key for key in found if key.startswith("zip")] == ["zip"]


def test_a_new_reading_is_above_the_last_one_of_its_account() -> None:
    last = {c.input["account_number"]: c.output.get("last_meter_reading") for c in _utility("lookup_account")}
    for call in _utility("submit_meter_reading"):
        assert re.fullmatch(r"\d{5}", call.input["reading"])
        assert int(call.input["reading"]) > int(last[call.input["account_number"]])


def test_whether_somebody_is_on_a_plan_is_yes_for_some_and_no_for_others() -> None:
    flags = [c.output["on_payment_plan"] for c in _utility("lookup_account") if "name" in c.output]
    assert set(flags) == {True, False}


def test_a_deed_tells_the_id_that_is_promised() -> None:
    assert _utility("create_payment_plan")[0].output["plan_id"].startswith("plan_")


def test_a_yes_to_one_deed_is_not_wanted_for_another() -> None:
    model = read_agent(agent(UTILITY, ACCOUNT, LINK, PLAN, READING))
    sent = [t for t in ordered(model, "seed") if t.key.startswith("done:send_payment_link")]
    assert sent
    assert not any("monthly amount" in line for test in sent for line in outcome(test))


def test_sentences_of_a_writer_without_capitals_end_at_their_full_stops() -> None:
    prompt = read_agent(agent(UTILITY, ACCOUNT, LINK, PLAN, READING)).prompt
    bans = [s.text for s in prompt.statements if s.kind == "ban"]
    assert bans == ["never take card numbers over the phone."]


def test_each_deed_is_done_before_one_of_them_is_played_in_a_second_way() -> None:
    model = read_agent(agent(PRACTICE, OWNER, NEW_OWNER, SLOTS, BOOK, REFILL))
    tests = list(ordered(model, "seed"))
    done = [t.key.split(":")[1].split("/")[0] for t in tests if t.key.startswith("done:")]
    assert set(done[:2]) == {"book_visit", "request_refill"}
    own = [t.variation_of == "" for t in tests]
    assert own == sorted(own, reverse=True)


def test_nothing_left_of_a_thing_is_a_number_of_zero() -> None:
    prompt = PRACTICE + "If the prescription has no refills left, do not request a refill.\n"
    model = read_agent(agent(prompt, OWNER, NEW_OWNER, SLOTS, BOOK, REFILL))
    assert any(test.key.startswith("ruled_out:request_refill") for test in ordered(model, "seed"))


LACKING = UTILITY + "- if they dont have the account number -> transfer to billing, dont guess\n"


def test_who_does_not_have_what_they_are_looked_up_by_is_passed_on_as_the_prompt_says() -> None:
    model = read_agent(agent(LACKING, ACCOUNT, LINK, PLAN, READING))
    test = next(t for t in ordered(model, "seed") if t.key.startswith("lacking:send_payment_link"))
    assert steps(test)[1:] == [
        "Say that you do not have the account number to hand when asked for the account number",
        "End the call when told about the transfer to billing",
    ]
    assert outcome(test)[0] == "The main agent should transfer the call to billing."
    assert [call.tool for call in test.forbidden] == ["send_payment_link"]
    assert not test.calls


def test_who_lacks_a_fact_for_which_the_prompt_has_no_certain_case_gives_no_test() -> None:
    for case in ("", "- if they dont have the account number -> do what seems right\n"):
        model = read_agent(agent(UTILITY + case, ACCOUNT, LINK, PLAN, READING))
        assert not any(test.key.startswith("lacking:") for test in ordered(model, "seed"))


def test_a_choice_is_said_with_the_word_that_the_prompt_has_behind_it() -> None:
    prompt = (
        "You take laundry pickups. Ask for the service: dry cleaning, or household items such as curtains. "
        "Then call schedule_pickup."
    )
    service = {**TEXT, "enum": ["household", "dry_cleaning"]}
    model = read_agent(agent(prompt, tool("schedule_pickup", None, "Books a pickup", service=service)))
    said = {t.profile.get("service") for t in ordered(model, "seed") if t.key.startswith("done:")}
    assert said == {"household items", "dry cleaning"}


def test_a_record_has_what_is_promised_of_it_beside_the_thing_that_it_comes_with() -> None:
    account = tool(
        "find_account",
        None,
        "Look up a customer by phone number. Returns account_id, name, service address, plan, start date, "
        "status (active, past_due, lapsed), balance, and upcoming visit with visit_id, date and times_moved.",
        phone=TEXT,
    )
    move = tool("move_visit", None, "Moves a visit.", visit_id={**TEXT, "description": "From find_account"})
    output = calls(invented(agent("You answer for a pool service.", account, move)), "find_account")[0].output
    assert {"account_id", "service_address", "plan", "visit_id", "date"} <= set(output)
    assert (output["status"], output["balance"], output["times_moved"]) == ("active", 0, 0)
    assert output["start_date"] < output["date"]


def test_what_a_description_counts_has_begun_at_nothing() -> None:
    booking = tool(
        "get_rental",
        None,
        "Find a rental. Returns date, number of date changes so far and booked_through (expedia, direct).",
        last_name=TEXT,
    )
    output = calls(invented(agent("You rent bikes.", booking)), "get_rental")[0].output
    assert output["date_changes"] == 0
    assert output["booked_through"] == "direct"


def test_the_states_that_a_tool_answers_are_one_status() -> None:
    flight = tool(
        "check_flight",
        None,
        "Check a flight. Returns on_time, delayed or cancelled and the new time.",
        flight_number=TEXT,
    )
    output = calls(invented(agent("You answer for a shuttle.", flight)), "check_flight")[0].output
    assert output == {"status": "on_time", "new_time": None}


def test_an_address_that_is_looked_up_is_in_the_area() -> None:
    area = tool(
        "check_service_area",
        None,
        "Check whether an address is in our area. Returns in_area (true or false) and the fee, if any.",
        street=TEXT,
        zip=TEXT,
    )
    output = calls(invented(agent("You answer for a pool service.", area)), "check_service_area")[0].output
    assert output["in_area"] is True and "if" not in output


@pytest.mark.parametrize(
    ("prompt", "returns", "windows"),
    [
        (
            "You repair roofs. Windows are two hours long.",
            "",
            {"between 1 PM and 3 PM", "between 9 AM and 11 AM"},
        ),
        ("You repair roofs.", "open three-hour windows", {"between 1 PM and 4 PM", "between 9 AM and noon"}),
        ("You repair roofs. Windows: 8 to 10 AM or 12 to 2 PM.", "", {"8 to 10 AM", "12 to 2 PM"}),
        (
            "You repair roofs. Each window (morning or evening) is free.",
            "window (morning, evening)",
            {"morning", "evening"},
        ),
    ],
)
def test_windows_are_those_of_the_prompt_and_the_tools(prompt: str, returns: str, windows: set[str]) -> None:
    slots = tool(
        "find_slots", None, f"Finds {returns}. Returns slots, each with slot_id, date and window.", date=TEXT
    )
    slots = (
        slots
        if "(" not in returns
        else tool(
            "find_slots",
            None,
            f"Finds slots. Returns a list of slots with slot_id, date and {returns}.",
            date=TEXT,
        )
    )
    visit = tool("get_visit", None, "Gets a visit by phone. Returns date, window and price.", phone=TEXT)
    made = invented(agent(prompt, slots, visit))
    listed = {slot["window"] for call in calls(made, "find_slots") for slot in call.output.get("slots", ())}
    told = {call.output["window"] for call in calls(made, "get_visit") if "window" in call.output}
    assert windows <= listed and told and told <= listed


def test_opening_hours_are_no_windows() -> None:
    visit = tool("get_visit", None, "Gets a visit by phone. Returns date, window and price.", phone=TEXT)
    prompt = "You repair roofs. We come in windows on Monday to Friday 8 to 6 and Saturday 9 to 1."
    told = [call.output.get("window", "") for call in calls(invented(agent(prompt, visit)), "get_visit")]
    assert "8 to 6" not in told


def test_a_deed_for_who_is_on_record_takes_their_id() -> None:
    find = tool("find_patient", None, "Find a patient. Returns patient_id and name.", last_name=TEXT)
    known = {**TEXT, "description": "From find_patient; leave out for new patients"}
    book = tool("book_checkup", ["date"], "Books.", date={**TEXT, "format": "date"}, patient_id=known)
    made = invented(agent("You answer for a clinic.", find, book))
    found = calls(made, "find_patient")[0].output["patient_id"]
    assert calls(made, "book_checkup")[0].input["patient_id"] == found


def test_a_doctor_is_called_as_the_prompt_calls_them_in_full() -> None:
    slots = tool("find_slots", None, "Finds slots. Returns a list of slots with slot_id, time and doctor.")
    prompt = "You answer for a clinic. Dr. Amari Osei sees children on Tuesdays. Ask Dr. Osei for a note."
    listed = calls(invented(agent(prompt, slots)), "find_slots")[0].output["slots"]
    assert {slot["doctor"] for slot in listed} == {"Dr. Amari Osei"}


def test_a_flight_number_has_the_form_that_is_shown_or_that_such_numbers_have() -> None:
    shown = tool(
        "check_flight", None, "Returns the gate.", flight_number={**TEXT, "description": "e.g. DL1482"}
    )
    bare = tool("check_flight", None, "Returns the gate.", flight_number=TEXT)
    for one, form in ((shown, r"DL\d{4}"), (bare, r"[A-Z]{2}\d{4}")):
        call = calls(invented(agent("You answer for a shuttle.", one)), "check_flight")[0]
        assert re.fullmatch(form, call.input["flight_number"])


def test_a_plan_on_record_is_one_that_the_prompt_names() -> None:
    find = tool("find_account", None, "Find an account. Returns account_id, name and plan.", phone=TEXT)
    prompt = "You answer for a pool service. We have the Quarterly Plan at thirty-nine dollars a month."
    assert calls(invented(agent(prompt, find)), "find_account")[0].output["plan"] == "Quarterly Plan"


def test_a_list_may_have_its_name_in_quotation_marks() -> None:
    said = "Returns member_id and a list 'visits'; each has visit_id, start."
    lists = {key: list(fields) for key, fields in lists_in(said, "en")}
    assert lists == {"visits": ["visit_id", "start"]} and "member_id" in promised_in(said, "en")
