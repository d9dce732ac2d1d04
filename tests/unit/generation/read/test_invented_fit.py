"""What callers wish and who sees them there fits the prompt: no choice with a condition, nobody elsewhere."""

from __future__ import annotations

from typing import Any

from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
DAY = {**TEXT, "description": "YYYY-MM-DD"}
KINDS = ["new_patient_exam", "cleaning", "child_checkup", "whitening", "filling"]
PROMPT = """You answer for a dental practice.

# Offices
Cary, 919-555-0141: Dr. Priya Amin (children only), Dr. Hal Brandt (general)
Durham, 919-555-0178: Dr. Luis Ortega, Dr. Grace Tennant (Mondays)

# Visits
new_patient_exam 80 min | cleaning 60 | child_checkup 40, under 13, Cary only | whitening 60 | filling 60
Fillings can be booked only when one is planned, and no cleaning.

# Booking
Ask for the last name and call find_patient. Ask for the visit and the day and call list_openings.
"""
FIND = tool("find_patient", None, "Returns patient_id and first_name.", last_name=TEXT)
OPENINGS = tool(
    "list_openings",
    None,
    "Returns openings, each with opening_id, start and dentist.",
    office={**TEXT, "enum": ["cary", "durham"]},
    visit_type={**TEXT, "enum": KINDS},
    date=DAY,
)
BOOK = tool(
    "book_visit",
    None,
    "Books an opening.",
    patient_id={**TEXT, "description": "From find_patient."},
    opening_id={**TEXT, "description": "From list_openings."},
)


def _searches(prompt: str) -> list[tuple[dict[str, Any], set[str]]]:
    made = calls(invented(agent(prompt, FIND, OPENINGS, BOOK)), "list_openings")
    found = [(call.input, call.output.get("openings") or call.output.get("slots")) for call in made]
    return [(given, {one["dentist"] for one in things}) for given, things in found if things]


def test_callers_wish_nothing_that_the_prompt_allows_in_some_cases_alone() -> None:
    assert {given["visit_type"] for given, _ in _searches(PROMPT)} == {"cleaning", "whitening"}


def test_a_place_that_only_names_where_a_choice_is_had_is_wished_as_before() -> None:
    assert {given["office"] for given, _ in _searches(PROMPT)} == {"cary", "durham"}


def test_whoever_is_with_an_opening_works_at_the_office_that_was_asked_for() -> None:
    staff = {"cary": {"Dr. Hal Brandt"}, "durham": {"Dr. Luis Ortega"}}
    assert all(names == staff[given["office"]] for given, names in _searches(PROMPT))


def test_without_a_list_of_places_everybody_is_everywhere() -> None:
    lines = PROMPT.replace("Cary, 919-555-0141: ", "Dentists: ").replace("Durham, 919-555-0178: ", "")
    names = set[str]().union(*(found for _, found in _searches(lines)))
    assert {"Dr. Hal Brandt", "Dr. Luis Ortega"} <= names
