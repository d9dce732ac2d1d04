"""Chains of calls: what one tool answers is what the next one takes, for one person, to the end."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Tool
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.model import read_agent
from evalgen.reading.records import Chain, Records, Step, merge, retarget
from evalgen.reading.tools import ToolModel, model_tool
from tests.agents_on_disk import FOLDERS, definition_of
from tests.unit.reading.chains import broken_links

ENGLISH = lexicon_of("en")


def tool(name: str, *calls: tuple[dict[str, Any], Any]) -> ToolModel:
    return model_tool(Tool(1, name, "", None, (), tuple(MockCall(*call) for call in calls)), ENGLISH)


FIND = tool(
    "find_patient",
    ({"phone": "+1 (555) 010-0142"}, {"patient_id": "P-100", "full_name": "Ann Lee"}),
    ({"phone": "+15550100267"}, {"patient_id": "P-200", "full_name": "Ben Roy"}),
)
SLOTS = tool("check_slots", ({"date": "2026-07-08"}, {"slots": [{"slot_id": "S-1"}, {"slot_id": "S-22"}]}))
BOOK = tool(
    "book_slot",
    ({"patient_id": "P-100", "slot_id": "S-22"}, {"visit_id": "V-9001", "patient_id": "P-100"}),
)
CANCEL = tool("cancel_visit", ({"visit_id": "V-9001", "phone": "5550100142"}, {"cancelled": True}))
TOOLS = (FIND, SLOTS, BOOK, CANCEL)


def names(chain: Chain) -> list[str]:
    return [step.tool.name for step in chain.steps]


def test_a_chain_has_the_calls_that_answer_the_inputs_of_its_last_one() -> None:
    (chain,) = Records(TOOLS).chains(BOOK, "success")
    assert names(chain) == ["find_patient", "check_slots", "book_slot"]
    assert chain.person is not None and chain.person.call.output["full_name"] == "Ann Lee"
    assert [(k.key, k.call, k.path) for k in chain.last.links] == [
        ("patient_id", 0, ("patient_id",)),
        ("slot_id", 1, ("slots", 1, "slot_id")),
    ]
    assert chain.last.said() == {}


def test_a_chain_goes_back_through_calls_that_make_something() -> None:
    (chain,) = Records(TOOLS).chains(CANCEL, "success")
    assert names(chain) == ["find_patient", "check_slots", "book_slot", "cancel_visit"]
    assert not list(broken_links(chain))
    assert chain.last.said() == {"phone": "5550100142"}


def test_helpers_are_the_tools_whose_answers_others_take() -> None:
    assert Records(TOOLS).helpers() == {"find_patient", "check_slots", "book_slot"}


def test_a_tool_does_not_answer_its_own_input() -> None:
    echo = tool("get_visit", ({"visit_id": "V-1234"}, {"visit_id": "V-1234", "room": "B"}))
    (chain,) = Records((echo,)).chains(echo, "success")
    assert names(chain) == ["get_visit"]
    assert chain.last.said() == {"visit_id": "V-1234"}


def test_calls_that_need_each_other_make_a_chain_that_ends() -> None:
    first = tool("get_first", ({"b_id": "BBB-1"}, {"a_id": "AAA-1"}))
    second = tool("get_second", ({"a_id": "AAA-1"}, {"b_id": "BBB-1"}))
    (chain,) = Records((first, second)).chains(first, "success")
    assert chain.last.tool.name == "get_first"
    assert not list(broken_links(chain))


def test_merged_chains_make_a_shared_call_once_and_keep_their_links() -> None:
    records = Records(TOOLS)
    (booked,), (cancelled,) = records.chains(BOOK, "success"), records.chains(CANCEL, "success")
    merged = merge(booked, cancelled)
    assert names(merged) == ["find_patient", "check_slots", "book_slot", "cancel_visit"]
    assert not list(broken_links(merged))


def test_retargeting_gives_the_other_person_the_same_calls_with_their_own_values() -> None:
    (chain,) = Records(TOOLS).chains(BOOK, "success")
    other = retarget(chain, Step(FIND, FIND.calls["success"][1]), TOOLS)
    assert other is not None
    assert not list(broken_links(other))
    booked = other.last.call
    assert booked.input == {"patient_id": "P-200", "slot_id": "S-22"}
    assert booked.output["patient_id"] == "P-200"
    assert booked.output["visit_id"] != "V-9001"


def test_retargeting_takes_the_call_of_the_mock_data_where_there_is_one() -> None:
    taken = ({"patient_id": "P-200", "slot_id": "S-22"}, {"error": "limit_reached"})
    book = tool("book_slot", ({"patient_id": "P-100", "slot_id": "S-22"}, {"visit_id": "V-9001"}), taken)
    tools = (FIND, SLOTS, book)
    (chain,) = Records(tools).chains(book, "success")
    assert retarget(chain, Step(FIND, FIND.calls["success"][1]), tools) is None


def test_nobody_is_given_calls_that_their_record_does_not_reach() -> None:
    find = tool(
        "find_patient",
        ({"phone": "+15550100142"}, {"visits": [{"visit_id": "V-9001"}]}),
        ({"phone": "+15550100267"}, {"visits": []}),
    )
    cancel = tool("cancel_visit", ({"visit_id": "V-9001"}, {"cancelled": True}))
    (chain,) = Records((find, cancel)).chains(cancel, "success")
    assert names(chain) == ["find_patient", "cancel_visit"]
    assert retarget(chain, Step(find, find.calls["success"][0]), (find, cancel)) is not None
    assert retarget(chain, Step(find, find.tool.mock_data[1]), (find, cancel)) is None


@pytest.mark.parametrize("name", FOLDERS)
def test_every_chain_of_an_agent_can_be_executed_call_by_call(name: str) -> None:
    model = read_agent(definition_of(name))
    for tool_model in model.tools:
        for outcome, calls in tool_model.calls.items():
            chains = model.records.chains(tool_model, outcome)
            assert [chain.last.call for chain in chains] == list(calls)
            for chain in chains:
                assert not list(broken_links(chain))
                assert len({(s.tool.name, repr(s.call)) for s in chain.steps}) == len(chain.steps)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_chain_is_about_one_person(name: str) -> None:
    model = read_agent(definition_of(name))
    for tool_model in model.tools:
        for chain in model.records.chains(tool_model, "success"):
            people = [s for s in chain.steps[:-1] if s.tool.effect == "identify"]
            assert len(people) <= 1
