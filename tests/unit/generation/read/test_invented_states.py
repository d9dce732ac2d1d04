"""Answers of tools that give states in quotes, explain in brackets or tell of some things alone."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Tool
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
PROMPT = "You answer for a ski school. Ask for the last name, then call find_guest."
MOVE = tool("move_lesson", None, "Moves a lesson.", lesson_id={**TEXT, "description": "From find_guest."})
PAY = tool("pay_bill", None, "Pays a bill.", bill_id={**TEXT, "description": "From find_guest."})


def _found(about: str, *more: Tool) -> tuple[MockCall, ...]:
    find = tool("find_guest", None, about, last_name=TEXT)
    return calls(invented(agent(PROMPT, find, *more)), "find_guest")


def test_the_first_state_in_quotes_is_that_of_a_success_and_none_is_a_field() -> None:
    said = 'Returns status: "verified", "not_verified" (it says no more) or "error". When verified it also'
    found, *_, missing = _found(f"{said} returns guest_id and first_name.")[:4]
    assert found.output["status"] == "verified"
    assert "verified" not in found.output
    assert missing.output == {"status": "not_verified"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("skipped (true if the last lesson was missed)", {"skipped": False}),
        ("planned (list of race / slalom, may be empty)", {"planned": []}),
        ("planned (list of race / slalom)", {"planned": ["race"]}),
        ("guardians (full names, for guests under 18)", {}),
        ("due_by (local date and time)", {}),
        ("last_seen (date)", {"last_seen": "2027-02-09"}),
    ],
)
def test_what_brackets_explain_is_read_or_left_out(field: str, value: dict[str, Any]) -> None:
    found = _found(f"Looks up a guest. Returns guest_id, first_name, {field} and level (beginner or expert).")
    known = {"guest_id", "full_name", "first_name", "level"}
    assert {key: told for key, told in found[0].output.items() if key not in known} == value


def test_a_list_behind_a_colon_has_its_own_fields() -> None:
    said = "Returns first_name and lessons: each upcoming lesson with lesson_id, start (local time)."
    found = _found(f"Looks up a guest. {said}", MOVE)[0].output
    assert list(found["lessons"][0]) == ["lesson_id", "start"]
    assert "lesson_id" not in found


def test_what_only_things_in_one_state_have_is_left_out_with_its_id() -> None:
    said = "Returns level and, if the guest has rented, shop_status plus any open bill (bill_id, total)."
    made = invented(agent(PROMPT, tool("find_guest", None, said, last_name=TEXT), MOVE, PAY))
    assert not {"bill_id", "total", "shop_status"} & set(calls(made, "find_guest")[0].output)
    assert calls(made, "pay_bill") == ()


def test_what_is_under_way_is_not_over_and_what_is_past_is_no_day_ahead() -> None:
    said = "Returns status (in_transit, at_depot), posted_date, delivered_date and time_window if known."
    find = tool("find_parcel", None, said, parcel_number=TEXT)
    prompt = "You answer for a courier. Ask for the parcel number and call find_parcel."
    found = calls(invented(agent(prompt, find)), "find_parcel")[0].output
    assert found["delivered_date"] is None
    assert found["posted_date"] < "2027-03-01"
    assert found["time_window"].startswith("between")


def test_who_is_checked_is_checked_for_the_thing_that_was_found() -> None:
    number = {**TEXT, "pattern": "^PN[0-9]{4}$"}
    prompt = "You answer for a courier. Ask for the parcel number and call find_parcel, then verify_caller."
    find = tool("find_parcel", None, "Returns status and expected_date.", parcel_number=number)
    search = tool("search_parcels", None, "Returns a list of parcel_number and status.", postcode=TEXT)
    check = tool("verify_caller", None, "Checks the caller.", parcel_number=number, surname=TEXT)
    made = invented(agent(prompt, find, search, check))
    numbers = [[c.input["parcel_number"] for c in calls(made, name)[:3]] for name in (find.name, check.name)]
    assert numbers[0] == numbers[1]


def test_a_look_up_for_some_states_is_made_for_those_alone() -> None:
    number = {**TEXT, "pattern": "^PN[0-9]{4}$"}
    prompt = "You answer for a courier. Ask for the parcel number and call find_parcel, then list_options."
    find = tool("find_parcel", None, "Returns status (at_depot, attempted, sent).", parcel_number=number)
    said = (
        "Lists what can be booked for a parcel that was attempted or is at a depot. Each has option_id, date."
    )
    made = invented(agent(prompt, find, tool("list_options", None, said, parcel_number=number)))
    states = {c.input["parcel_number"]: c.output.get("status") for c in calls(made, "find_parcel")}
    asked = {c.input["parcel_number"] for c in calls(made, "list_options") if c.output.get("options")}
    assert asked
    assert {states[one] for one in asked} == {"attempted", "at_depot"}
