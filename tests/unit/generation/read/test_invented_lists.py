"""Invented answers of an office, a storage facility and a club: lists, numbers and what rules decide by."""

from __future__ import annotations

import re
from dataclasses import replace

from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import read_agent
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
GARDENS = """You answer for the gardens office, from which people rent plots.

# Reserve a plot
- Ask which garden the caller wants: Riverside or Oak Hill.
- Call search_plots and read out the free plots with size and yearly fee.
- Ask for the resident ID, seven digits on the city card, and call find_resident.
- Read back the plot and get a clear yes, then call reserve_plot.

# Limits
- If there is an unpaid balance, do not reserve.
"""
PLOTS = tool(
    "search_plots", None, "List free plots in one garden", garden={**TEXT, "enum": ["riverside", "oak_hill"]}
)
RESIDENT = tool(
    "find_resident",
    None,
    "Look up a resident",
    resident_id={**TEXT, "pattern": "^[0-9]{7}$", "description": "Seven-digit number on the city card"},
)
RESERVE = tool(
    "reserve_plot",
    None,
    "Reserve a free plot",
    resident_id=TEXT,
    plot_id={**TEXT, "description": "Plot id from search_plots"},
)
OFFICE = agent(GARDENS, PLOTS, RESIDENT, RESERVE)


def test_what_the_agent_reads_out_of_a_list_is_there_and_no_times_of_day() -> None:
    for plot in calls(invented(OFFICE), "search_plots")[0].output["available_plots"]:
        assert plot.keys() == {"plot_id", "size", "yearly_fee"}


def test_no_more_is_on_offer_than_the_prompt_offers_at_once() -> None:
    few = agent(f"{GARDENS}- Offer at most two plots.\n", PLOTS, RESIDENT, RESERVE)
    offered = [len(call.output["available_plots"]) for call in calls(invented(few), "search_plots")]
    assert max(offered) == 2
    assert max(len(call.output["available_plots"]) for call in calls(invented(OFFICE), "search_plots")) == 3


def test_an_id_that_is_asked_for_and_printed_on_a_card_is_the_callers() -> None:
    numbers = [call.input["resident_id"] for call in calls(invented(OFFICE), "find_resident")]
    assert numbers
    assert all(re.fullmatch(r"\d{7}", number) for number in numbers)


def test_what_is_offered_before_somebody_is_identified_is_chosen_before() -> None:
    done = next(t for t in ordered(read_agent(OFFICE), "seed") if t.key.startswith("done:reserve_plot"))
    moments = [step.moment.what for step in done.steps]
    assert moments.index("plots") < moments.index("for the resident number")
    garden = next(n for n, moment in enumerate(moments) if moment.endswith("offered Riverside or Oak Hill"))
    assert garden < moments.index("plots")


def test_a_record_tells_by_what_the_prompt_decides_so_that_some_are_refused() -> None:
    owed = [c.output["unpaid_balance"] for c in calls(invented(OFFICE), "find_resident")[:3]]
    assert sum(amount > 0 for amount in owed) == 1
    refused = [t for t in ordered(read_agent(OFFICE), "seed") if t.key.startswith("ruled_out:reserve_plot")]
    assert [call.tool for test in refused for call in test.forbidden] == ["reserve_plot"]


STORAGE = """You answer for a self storage facility.

# Task
1. Greet the caller.
2. New rental:
   2.1 Ask for the size.
   2.2 Call check_units and offer at most two units.
   2.3 Get full name and phone number.
   2.4 Read back unit and price. After a clear yes call reserve_unit.
3. Existing tenant:
   3.1 Ask for the unit number. Call get_tenant.
   3.2 Move-out notice is 10 days. Ask for the date. Call schedule_move_out.

# Facts
A late fee is added 5 days after the due date.
"""
UNITS = tool(
    "check_units",
    None,
    "Free units of a size. Each unit has a unit number, floor and monthly price.",
    size={**TEXT, "enum": ["small", "large"]},
)
RENT = tool(
    "reserve_unit",
    None,
    "Reserves a free unit.",
    unit_number={**TEXT, "description": "unit number from check_units"},
    full_name=TEXT,
    phone=TEXT,
)
TENANT = tool(
    "get_tenant",
    None,
    "Looks a tenant up. Returns tenant id, last name, balance and due date.",
    unit_number={**TEXT, "description": "letter and three digits, e.g. B214"},
)
MOVE_OUT = tool(
    "schedule_move_out", None, "Schedules it", tenant_id=TEXT, date={**TEXT, "description": "YYYY-MM-DD"}
)
FACILITY = agent(STORAGE, UNITS, RENT, TENANT, MOVE_OUT)


def test_who_is_found_by_a_number_has_another_one_than_those_that_are_free() -> None:
    made = invented(FACILITY)
    lists = [call.output.get("available_units", ()) for call in calls(made, "check_units")]
    free = {one["unit_number"] for units in lists for one in units}
    own = {call.input["unit_number"] for call in calls(made, "get_tenant")}
    assert own
    assert not own & free
    assert all(re.fullmatch(r"[A-Z]\d{3}", number) for number in own | free)


def test_a_day_that_only_comes_before_another_is_told_by_the_record() -> None:
    assert "due_date" in calls(invented(FACILITY), "get_tenant")[0].output


def test_items_of_a_flow_that_have_steps_are_its_playbooks() -> None:
    model = read_agent(FACILITY)
    rent = next(t for t in ordered(model, "seed") if t.key.startswith("done:reserve_unit"))
    assert [call.tool for call in rent.calls] == ["check_units", "reserve_unit"]
    sections = {s.section for s in model.prompt.statements if "get_tenant" in s.tools}
    assert sections == {("Task", "Existing tenant")}


def test_a_day_is_behind_the_notice_that_a_prompt_says_it_is() -> None:
    days = [call.input["date"] for call in calls(invented(FACILITY), "schedule_move_out")]
    usual = replace(FACILITY, description=STORAGE.replace("notice is 10 days", "is easy"))
    assert min(days) > min(c.input["date"] for c in calls(invented(usual), "schedule_move_out"))


CLUB = """You answer for a fitness club.

# Members
Ask for the member number, six digits on the key tag, and the date of birth. Call find_member.

# Classes
Call list_classes for the day they want. Call book_class.
- If a class is full, offer the waitlist with join_waitlist.

# Freeze
Call freeze_membership. Not possible with an open balance.
"""
MEMBER = tool(
    "find_member",
    None,
    "Find a member. Returns member id, name, date of birth and open balance.",
    member_number=TEXT,
)
CLASSES = tool(
    "list_classes",
    None,
    "Classes of a day with class id, name, time and places left",
    date={**TEXT, "description": "YYYY-MM-DD"},
)
PLACE = tool("book_class", None, "Book a member into a class", member_id=TEXT, class_id=TEXT)
WAIT = tool("join_waitlist", None, "Put a member on the waitlist", member_id=TEXT, class_id=TEXT)
FREEZE = tool("freeze_membership", None, "Freeze a membership", member_id=TEXT)


def _club() -> list[Test]:
    return list(ordered(read_agent(agent(CLUB, MEMBER, CLASSES, PLACE, WAIT, FREEZE)), "seed"))


def test_a_class_has_a_name_of_its_own_and_a_member_one_date_of_birth() -> None:
    made = invented(agent(CLUB, MEMBER, CLASSES, PLACE, WAIT, FREEZE))
    member = calls(made, "find_member")[0].output
    assert [key for key in member if "birth" in key] == ["date_of_birth"]
    for one in calls(made, "list_classes")[0].output["classes"]:
        assert one["name"] != member["name"]
        assert one["places_left"] > 0


def test_an_open_balance_is_open_for_one_caller_and_not_for_the_others() -> None:
    assert any(test.key.startswith("done:freeze_membership") for test in _club())
    assert any(test.key.startswith("ruled_out:freeze_membership") for test in _club())


def test_nobody_calls_for_what_is_offered_only_where_something_is_so() -> None:
    tests = _club()
    assert any("book_class" in test.key for test in tests)
    assert not any("join_waitlist" in test.key for test in tests)


def test_rides_end_after_they_begin_and_in_time_for_the_flight() -> None:
    text = {"type": "string"}
    rides = tool(
        "search_rides",
        None,
        "Search rides. Returns a list of rides with ride_id, pickup_time, arrival_time and price.",
        direction={**text, "enum": ["to_airport", "from_airport"]},
        date={**text, "format": "date"},
        flight_time={**text, "description": "HH:MM"},
    )
    seen = set()
    for call in calls(invented(agent("You answer for a shuttle.", rides)), "search_rides"):
        flight, way = call.input["flight_time"], call.input["direction"]
        for ride in call.output.get("rides", ()):
            seen.add(way)
            assert ride["pickup_time"] < ride["arrival_time"]
            assert ride["arrival_time"] < flight if way == "to_airport" else ride["pickup_time"] > flight
    assert seen == {"to_airport", "from_airport"}
