"""What is worked out of places and days, and the lists of what is free behind it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
ZIP = {**TEXT, "pattern": "^[0-9]{5}$"}
DAY = {**TEXT, "format": "date"}
KIND = {**TEXT, "enum": ["local", "long_distance"]}
PRICE = tool("get_quote", None, "Returns quote_id, crew_size and price.", from_zip=ZIP, to_zip=ZIP, kind=KIND)
BOOK = tool(
    "book_van",
    None,
    "Books a van.",
    quote_id={**TEXT, "description": "From get_quote"},
    ride_id={**TEXT, "description": "From search_days"},
    full_name=TEXT,
    pickup_date=DAY,
)
DAYS = tool(
    "search_days",
    None,
    "Returns a list of rides with ride_id, date and part of the day (morning or afternoon).",
    date=DAY,
)


def _answers(name: str, place: str = "Boise, Idaho") -> list[dict[str, Any]]:
    made = calls(invented(agent(f"You hire out vans in {place}.", PRICE, DAYS, BOOK)), name)
    return [call.output for call in made]


def test_a_price_is_no_record_of_somebody_and_there_is_always_one() -> None:
    *prices, outage = _answers("get_quote")
    assert "error" in outage
    assert all(set(price) == {"quote_id", "crew_size", "price"} for price in prices)
    assert all(isinstance(price["crew_size"], int) for price in prices)


@pytest.mark.parametrize(("place", "kind"), [("Boise, Idaho", "local"), ("Idaho", "long_distance")])
def test_a_way_is_of_the_kind_that_its_ends_make_it(place: str, kind: str) -> None:
    made = calls(invented(agent(f"You hire out vans in {place}.", PRICE, DAYS, BOOK)), "get_quote")
    assert {call.input["kind"] for call in made[:3]} == {kind}


def test_the_list_that_a_search_is_for_is_the_one_that_its_description_names() -> None:
    first, *_ = _answers("search_days")
    assert set(first) == {"date", "rides"}


def test_what_is_free_on_a_day_is_of_that_day_and_each_is_another() -> None:
    windows = tool(
        "search_days",
        None,
        "Returns a list of windows with ride_id, date and window (morning or afternoon).",
        date=DAY,
    )
    made = calls(invented(agent("You hire out vans.", windows, BOOK)), "search_days")
    for call in made[:3]:
        told = [(one["date"], one["window"]) for one in call.output["windows"]]
        assert told == [(call.input["date"], "morning"), (call.input["date"], "afternoon")]


def test_a_verb_behind_a_state_is_no_state() -> None:
    repair = tool(
        "get_repair",
        None,
        "Get a repair with its status (ready, in_shop, on_hold) and the balance due.",
        repair_number=TEXT,
    )
    prompt = "You answer for a shop. Ask for the repair number. If the status is on_hold, tell them to wait."
    made = calls(invented(agent(prompt, repair)), "get_repair")
    states = [call.output["status"] for call in made if "status" in call.output]
    assert set(states) <= {"ready", "in_shop", "on_hold"}
    assert all("balance_due" in call.output for call in made if "status" in call.output)
