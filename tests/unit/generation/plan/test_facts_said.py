"""Which facts of a look-up people ask for, and by which names."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool


def desk(name: str, *answers: dict[str, Any], prompt: str = "") -> AgentModel:
    calls = [({"phone": f"207555013{n}"}, answer) for n, answer in enumerate(answers)]
    return agent(f"You answer calls. Ask for the phone number. {prompt}", tool(name, *calls))


@pytest.mark.parametrize(
    ("name", "fact", "asked"),
    [
        ("get_order", {"status": "packed"}, True),
        ("get_tenancy", {"status": "current"}, False),
        ("get_ledger", {"date": "2027-02-09"}, False),
        ("get_claim", {"date": "2027-02-09"}, True),
    ],
)
def test_status_and_date_are_asked_of_what_is_on_its_way(
    name: str, fact: dict[str, Any], asked: bool
) -> None:
    assert bool(planned(desk(name, fact), "fact")) is asked


def test_a_name_of_several_words_is_one_that_the_prompt_has_or_everybody() -> None:
    assert not planned(desk("get_claim", {"response_date": "2027-02-09"}), "fact")
    assert planned(
        desk("get_claim", {"response_date": "2027-02-09"}, prompt="Tell the response date."), "fact"
    )
    assert planned(desk("get_order", {"delivery_date": "2027-02-09"}), "fact")


def test_a_state_that_all_records_share_and_no_text_names_tells_nothing() -> None:
    same = [{"status": "processing"}, {"status": "processing"}]
    assert not planned(desk("get_order", *same), "fact")
    assert planned(desk("get_order", *same, prompt="An order is processing or packed."), "fact")
    assert planned(desk("get_order", {"status": "processing"}, {"status": "packed"}), "fact")


def test_a_thing_of_two_words_is_one_that_the_prompt_has() -> None:
    assert not planned(desk("get_route_log", {"location": "Elm Road"}), "fact")
    assert planned(desk("get_repair_order", {"status": "open"}, prompt="Repair orders are taken."), "fact")


def test_a_list_is_told_by_when_its_things_are_and_by_no_other_day() -> None:
    visits = [{"visit_id": "V-1", "last_color_date": "2027-05-15"}]
    dated = [{"visit_id": "V-1", "visit_date": "2027-05-15"}]
    assert not planned(desk("find_client", {"upcoming_visits": visits}), "listed")
    [test] = planned(desk("find_client", {"upcoming_visits": dated}), "listed")
    assert steps(test)[0] == "Ask which visits are in your name when opening"
    assert outcome(test) == ["The main agent should name the visit on May 15."]
