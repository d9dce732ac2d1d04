"""Look-ups that a prompt orders before a deed, and what its later rules read in their answers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import calls, outcome, planned

TEXT = {"type": "string"}
KENNEL = """You answer the phone of Brookside Boarding, a dog hotel. People call to book a stay.

To book: check_vaccines first, then check_space, and only then make_stay.
"""
HEATING = """You answer the phone of Warmhouse Heating. You book boiler visits.

# First
Look the customer up with find_customer. Confirm the address on file with the caller.
If the account is suspended, do not book; tell the caller that the accounts team will call back.

# Booking a visit
Call find_customer. Then book the visit with book_visit.
"""


def _tool(number: int, name: str, about: str, **fields: dict[str, Any]) -> Tool:
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    return Tool(number, name, about, schema, (), ())


def _agent(prompt: str, *tools: Tool, language: str = "en") -> AgentModel:
    return read_agent(AgentDefinition("Desk", language, prompt, tools))


def _kennel() -> AgentModel:
    stay = {"pet_name": TEXT, "arrival": TEXT | {"format": "date"}, "phone": TEXT}
    return _agent(
        KENNEL,
        _tool(1, "check_vaccines", "vaccine status of a pet", phone=TEXT, pet_name=TEXT),
        _tool(2, "check_space", "free runs", arrival=stay["arrival"]),
        _tool(3, "make_stay", "book a stay", **stay),
    )


def _heating() -> AgentModel:
    return _agent(
        HEATING,
        _tool(1, "find_customer", "Find a customer by phone.", phone=TEXT),
        _tool(2, "book_visit", "Book a visit.", customer_id=TEXT, date=TEXT | {"format": "date"}),
    )


def _answers(model: AgentModel, name: str) -> list[Any]:
    return [call.output for call in model.tools[name].calls["success"]]


def test_a_check_answers_yes_so_that_the_deed_behind_it_is_done() -> None:
    model = _kennel()
    assert _answers(model, "check_space") == [{"available": True}] * 3
    done = planned(model, "done")[0]
    assert [name for name, _ in calls(done)] == ["check_vaccines", "check_space", "make_stay"]


def test_a_check_finds_no_stranger() -> None:
    assert "no_match" not in _kennel().tools["check_space"].calls
    assert not any("check_space" in test.key for test in planned(_kennel(), "no_record"))


def test_listed_things_hold_something() -> None:
    for answer in _answers(_kennel(), "check_vaccines"):
        assert {one["vaccine"] for one in answer["vaccines"]} == {"rabies", "distemper"}


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("check_service_area", "en", "covered"),
        ("verify_eligibility", "en", "eligible"),
        ("comprobar_cobertura", "es", "cubierto"),
        ("comprobar_aforo", "es", "disponible"),
    ],
)
def test_the_name_of_a_check_says_what_is_answered(name: str, language: str, key: str) -> None:
    prompt = {"en": "You answer for a plumber.", "es": "Eres la recepcionista de un taller."}[language]
    model = _agent(prompt, _tool(1, name, "", zip=TEXT), language=language)
    assert key in _answers(model, name)[0]


def test_an_answer_that_is_described_stays() -> None:
    model = _agent(
        "You answer for a plumber.",
        _tool(1, "check_service_area", "Returns branch_name and travel_fee for a ZIP code.", zip=TEXT),
    )
    assert "covered" not in _answers(model, "check_service_area")[0]


def test_the_record_has_the_address_that_a_later_rule_reads() -> None:
    assert all("address" in answer for answer in _answers(_heating(), "find_customer"))


def test_one_record_has_the_state_for_which_the_prompt_refuses() -> None:
    states = [answer["account_status"] for answer in _answers(_heating(), "find_customer")]
    assert states == ["active", "active", "suspended"]
    refused = planned(_heating(), "ruled_out")[0]
    assert outcome(refused)[0].endswith("tell the testing agent that the accounts team will call back.")
    assert [one.tool for one in refused.forbidden] == ["book_visit"]
    assert all(
        test.calls[0].output["account_status"] == "active"
        for test in planned(_heating(), "done")
        if test.calls
    )


def test_a_record_has_no_state_of_which_no_rule_speaks() -> None:
    model = _agent(
        HEATING.replace("If the account is suspended", "If the boiler is old"),
        _tool(1, "find_customer", "Find a customer by phone.", phone=TEXT),
        _tool(2, "book_visit", "Book a visit.", customer_id=TEXT),
    )
    assert all("account_status" not in answer for answer in _answers(model, "find_customer"))


def _visits(deed: str) -> AgentModel:
    return _agent(
        "You answer for a heating firm. You book and cancel visits.",
        _tool(1, "find_customer", "Find a customer by phone.", phone=TEXT),
        _tool(2, "get_free_visits", "Free visits of the next days.", kind=TEXT | {"enum": ["gas", "oil"]}),
        _tool(3, "find_visits", "Booked visits of a customer.", customer_id=TEXT),
        _tool(4, deed, "", visit_id=TEXT),
    )


def _free(model: AgentModel) -> list[dict[str, Any]]:
    return [one for answer in _answers(model, "get_free_visits") for one in answer["available_visits"]]


def test_what_is_cancelled_is_on_record_and_not_on_offer() -> None:
    model = _visits("cancel_visit")
    assert not any("visit_id" in one for one in _free(model))
    done = planned(model, "done")[0]
    assert [name for name, _ in calls(done)] == ["find_customer", "find_visits", "cancel_visit"]


def test_what_is_booked_may_be_on_offer() -> None:
    assert all("visit_id" in one for one in _free(_visits("book_visit")))


def _pool() -> AgentModel:
    area = "Check whether an address is in our area. Returns in_area (true or false) and the fee, if any."
    choose = TEXT | {"description": "The slot_id from find_slots"}
    return _agent(
        "You book pool cleanings. Check every new address with check_service_area before you talk of days. "
        "Call find_slots and offer a window, then call book_cleaning.",
        _tool(1, "check_service_area", area, street=TEXT, city=TEXT, zip=TEXT),
        _tool(2, "find_slots", "Find slots. Returns slots with slot_id and date.", zip=TEXT),
        _tool(3, "book_cleaning", "Book it.", slot_id=choose, customer_name=TEXT, address=TEXT),
    )


def test_an_address_is_checked_with_its_city_which_the_caller_says() -> None:
    model = _pool()
    deed = model.tools["book_cleaning"]
    chain = model.flow.chain(deed, deed.tool.mock_data[0])
    whole = model.flow.with_lookups(chain) if chain else None
    check = next(p for p in whole.calls if p.tool.tool.name == "check_service_area") if whole else None
    assert check and {one.key for one in check.inputs if one.by == "caller"} >= {"city"}


def test_an_area_that_is_checked_has_no_record_that_could_be_missing() -> None:
    model = _pool()
    answers = [call.output for call in model.tools["check_service_area"].tool.mock_data]
    assert answers and all(answer["in_area"] is True for answer in answers)
