"""What invented answers hold, as the descriptions of tools and the prompt say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evalgen.generation.definition import Tool
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import steps
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
ABOUT = (
    "Looks up a customer by phone, or by postcode and surname. Returns customer_id, name, address_line1, "
    "postcode, care_plan (true/false) and jobs: a list with job_number, appliance, date, window (AM/PM), "
    "status (awaiting_part, scheduled, completed) and, for completed jobs, completed_on. "
    "Returns found: false when there is no match."
)
NUMBER = {**TEXT, "description": "Job number from find_customer", "pattern": "^HW[0-9]{5}$"}
SLOT = {**TEXT, "description": "slot_id from list_slots"}
AREA = {**TEXT, "description": "First half of the postcode, e.g. BS7 or BA2."}
APPLIANCE = {**TEXT, "enum": ["washing_machine", "oven"]}
VISIT = {**TEXT, "enum": ["guarantee", "standard", "return"]}
PROMPT = """You answer for a firm in Bristol that repairs washing machines and ovens. A call-out is £72.
Office date for all calls: Wednesday 11 March 2026.
A repeat is free, book it with visit_type "guarantee". A part that has arrived: visit_type "return".

# Who is it?
find_customer by phone. Have them confirm the first line of the address. If it is not the one on file, say
that the account cannot be opened.

# Booking
Get the appliance, the make and what it is doing wrong. On a yes: book_visit.
"""


def _loose(made: Tool) -> Tool:
    return replace(made, parameters=dict(made.parameters or {}, required=[]))


FIND = _loose(tool("find_customer", None, ABOUT, (), phone=TEXT, postcode=TEXT, surname=TEXT))
SLOTS = tool(
    "list_slots",
    None,
    "Free slots. Each has slot_id, date and window (AM = 08:00-12:00, PM = 12:00-17:00).",
    (),
    postcode_area=AREA,
    appliance=APPLIANCE,
)
BOOK = tool(
    "book_visit",
    None,
    "Books a visit. Returns job_number, date and window.",
    (),
    customer_id={**TEXT, "description": "customer_id from find_customer"},
    slot_id=SLOT,
    appliance=APPLIANCE,
    make={**TEXT, "description": "Manufacturer"},
    fault=TEXT,
    visit_type=VISIT,
)
MOVE = tool("move_visit", None, "Moves a visit.", (), job_number=NUMBER, new_slot_id=SLOT)
PART = tool(
    "part_status",
    None,
    "Status of the part. Returns status (in_stock, ordered, backorder) and expected_date, which may be null.",
    (),
    job_number=NUMBER,
)


def _outputs(name: str) -> list[Any]:
    made = invented(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    return [c.output for c in calls(made, name) if "found" not in c.output and "error" not in c.output]


def test_by_what_a_record_is_looked_up_and_who_is_looked_for_are_no_further_fields() -> None:
    fields = ["customer_id", "name", "address_line1", "postcode", "care_plan", "jobs"]
    assert [list(output) for output in _outputs("find_customer")] == [fields] * 3


def test_true_or_false_in_brackets_is_a_flag() -> None:
    assert all(output["care_plan"] is False for output in _outputs("find_customer"))


def test_a_list_with_fields_holds_things_with_just_those_fields() -> None:
    things = [thing for output in _outputs("find_customer") for thing in output["jobs"]]
    assert all(set(one) == {"job_number", "appliance", "date", "window", "status"} for one in things)
    assert {one["window"] for one in things} <= {"AM", "PM"}


def test_of_listed_states_a_thing_has_the_one_in_which_it_can_be_changed() -> None:
    things = [thing for output in _outputs("find_customer") for thing in output["jobs"]]
    assert {one["status"] for one in things} == {"scheduled"}


def test_a_booking_tells_the_day_and_window_of_the_slot_that_was_chosen() -> None:
    made = invented(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    slots = {s["slot_id"]: s for c in calls(made, "list_slots") for s in c.output.get("slots", [])}
    for call in calls(made, "book_visit"):
        slot = slots[call.input["slot_id"]]
        assert (call.output["date"], call.output["window"]) == (slot["date"], slot["window"])


def test_nothing_is_expected_of_what_has_come_or_has_no_date() -> None:
    expected = {output["status"]: output["expected_date"] for output in _outputs("part_status")}
    assert expected["in_stock"] is None
    assert expected["ordered"]


def test_days_follow_the_date_that_the_prompt_gives_for_all_calls() -> None:
    days = [date.fromisoformat(s["date"]) for output in _outputs("list_slots") for s in output["slots"]]
    assert all(date(2026, 3, 11) < day < date(2026, 5, 1) for day in days)


def test_the_first_half_of_a_postcode_is_of_the_record_and_of_the_city_of_the_prompt() -> None:
    made = invented(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    records = [output["postcode"] for output in _outputs("find_customer")]
    areas = [call.input["postcode_area"] for call in calls(made, "list_slots")[:3]]
    assert areas[:2] == [code.split()[0] for code in records][:2]
    assert all(code.startswith("BS") for code in records)


def test_machines_in_a_house_are_of_makers_of_such_machines() -> None:
    made = invented(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    assert {call.input["make"] for call in calls(made, "book_visit")} <= {"Bosch", "Whirlpool", "Samsung"}


def test_choices_that_the_prompt_orders_by_their_parameter_are_the_agents_own_and_the_usual_one() -> None:
    made = invented(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    assert {call.input["visit_type"] for call in calls(made, "book_visit")} == {"standard"}
    for test in workflow_candidates(read_agent(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART)), "seed"):
        assert not any("visit_type" in step for step in steps(test))


def test_what_the_record_tells_in_part_is_not_asked_of_the_caller_and_what_is_confirmed_is() -> None:
    model = read_agent(agent(PROMPT, FIND, SLOTS, BOOK, MOVE, PART))
    done = next(t for t in workflow_candidates(model, "seed") if t.key.startswith("done:book_visit"))
    assert not any("postcode_area" in step for step in steps(done))
    assert any(step.endswith("if asked for the first line of the address") for step in steps(done))
    assert any(step.startswith("Say yes") for step in steps(done))


def test_what_a_description_says_of_a_fact_in_brackets_is_no_value_of_it() -> None:
    about = "Finds a customer. Returns the service address (for checking, not for reading out) and the plan."
    [found] = calls(
        invented(agent("You clean homes.", tool("find_customer", None, about, (), phone=TEXT))),
        "find_customer",
    )[:1]
    assert found.output["service_address"][0].isdigit()


def test_where_the_prompt_speaks_of_what_is_unpaid_nothing_is() -> None:
    find = tool("find_customer", None, "Finds a customer. Returns name and balance.", (), phone=TEXT)

    def balances(prompt: str) -> set[float]:
        made = calls(invented(agent(f"You clean homes. {prompt}", find)), "find_customer")
        return {call.output["balance"] for call in made if "balance" in call.output}

    assert balances("With an unpaid balance no visit is booked.") == {0}
    assert 0 not in balances("Tell them their balance.")


def test_what_is_free_is_told_in_the_windows_that_the_booking_takes() -> None:
    day = {**TEXT, "description": "YYYY-MM-DD"}
    window = {**TEXT, "enum": ["08-10", "10-12", "13-15"]}
    made = invented(
        agent(
            "You clean homes. Check openings, then book.",
            tool("check_openings", None, "Arrival windows still open on one date.", (), date=day),
            tool("book_visit", None, "Books a visit.", (), date=day, window=window),
        )
    )
    slots = [slot for call in calls(made, "check_openings") for slot in call.output.get("slots", ())]
    assert {slot.get("window") for slot in slots} == {"08-10", "10-12", "13-15"}


def test_a_quote_has_a_price() -> None:
    area = {**TEXT, "description": "Five-digit ZIP.", "pattern": "^[0-9]{5}$"}
    quote = tool("get_quote", None, "Price for a home. Returns a quote_id.", (), zip=area)
    made = calls(invented(agent("You clean homes.", quote)), "get_quote")
    priced = [call.output["price"] for call in made if "quote_id" in call.output]
    assert priced and all(price > 0 for price in priced)
