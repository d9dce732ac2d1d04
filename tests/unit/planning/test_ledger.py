"""The coverage ledger of real plans for the agents on disk."""

from __future__ import annotations

import json
from functools import cache

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, MockCall, Tool
from evalgen.generation.embedded import Planned, plan_job, write_scenario
from evalgen.generation.ledger import Ledger, summary_of, without
from evalgen.jobs.documents import LEDGER
from evalgen.planning.report import MOST_TEXT, ledger_of
from evalgen.reading.model import read_agent
from tests.agents_on_disk import FOLDERS, definition_of

NAMES = sorted(FOLDERS)
PLAIN = (Personality(1, "Plain", "en"),)


@cache
def planned(name: str, count: int = 20) -> Planned:
    return plan_job(definition_of(name), Brief(count, "seed", PLAIN))


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_and_outcome_stands_in_the_ledger_once_and_in_order(name: str) -> None:
    model, ledger = read_agent(definition_of(name)), planned(name).ledger
    entries = [entry for entry in ledger.entries if entry.about == "statement"]
    assert [entry.id for entry in entries] == [statement.id for statement in model.statements]
    outcomes = {entry.id for entry in ledger.entries if entry.about == "tool_outcome"}
    assert outcomes == {f"{tool.name}:{outcome}" for tool in model.tools for outcome in tool.outcomes}
    assert len({entry.id for entry in ledger.entries}) == len(ledger.entries)


@pytest.mark.parametrize("name", NAMES)
def test_a_slot_stands_with_what_its_scenario_says_that_it_covers(name: str) -> None:
    slots = {entry.id: set(entry.slots) for entry in planned(name).ledger.entries}
    for slot, plan in enumerate(planned(name).plans):
        covers = set(write_scenario(plan).covers) & set(slots)
        assert covers == {item for item, found in slots.items() if slot in found}


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_is_covered_or_open_or_says_why_no_call_tests_it(name: str) -> None:
    for entry in planned(name).ledger.entries:
        assert bool(entry.slots) == (entry.status == "covered")
        assert bool(entry.why) == (entry.status in {"out_of_reach", "not_testable"})
        assert 0 < len(entry.text) <= MOST_TEXT


def test_a_larger_job_leaves_less_and_asks_for_fewer_more() -> None:
    small, large = (planned("roadside", count).ledger for count in (5, 60))
    assert summary_of(large)["statements_covered"] > summary_of(small)["statements_covered"]
    assert large.more < small.more


def test_a_failed_slot_covers_nothing_and_what_it_covered_is_open_again() -> None:
    ledger = planned("roadside").ledger
    lost = without(ledger, set(range(20)))
    assert not any(entry.slots for entry in lost.entries)
    assert summary_of(lost)["statements"] == summary_of(ledger)["statements"]
    assert summary_of(lost)["statements_covered"] == 0


def test_the_summary_stays_small_and_the_ledger_survives_its_storage() -> None:
    ledger = planned("retail_policy").ledger
    assert len(json.dumps(summary_of(ledger))) < 1000
    assert LEDGER.validate_json(LEDGER.dump_json(ledger)) == ledger


AGENT = AgentDefinition(
    "Desk",
    "en",
    "You are Ada.\n\nNever give tax advice to callers.\n\nAsk for the order number first.",
    (
        Tool(
            1, "find_order", mock_data=(MockCall({"order_id": "A-100"}, {"status": "sent", "city": "Bonn"}),)
        ),
    ),
)


def entries(ledger: Ledger) -> dict[str, str]:
    return {entry.text: entry.status for entry in ledger.entries}


def test_what_no_candidate_reaches_is_told_apart_from_what_is_not_tested_yet() -> None:
    model = read_agent(AGENT)
    ledger = ledger_of(model, [], [])
    assert entries(ledger) == {
        "You are Ada.": "not_testable",
        "Never give tax advice to callers.": "not_yet",
        "Ask for the order number first.": "not_yet",
        "find_order answers: success": "out_of_reach",
    }
    reached = ledger_of(model, [], [{"find_order:success"}])
    assert entries(reached)["find_order answers: success"] == "not_yet"


def test_the_estimate_is_a_greedy_cover_with_rules_in_passing() -> None:
    model = read_agent(AGENT)
    ban, step = (s.id for s in model.statements if s.kind in {"prohibition", "step"})
    assert ledger_of(model, [], []).more == 1
    assert ledger_of(model, [], [{ban}, {step}, {ban, step}]).more == 1
    assert ledger_of(model, [], [{ban}, {step}]).more == 2
    assert ledger_of(model, [(ban, step)], [{ban}, {step}]).more == 0


def test_facts_of_documents_stand_with_their_file_and_line() -> None:
    agent = definition_of("roadside")
    ledger = plan_job(agent, Brief(5, "seed", PLAIN, scenario_type="knowledge_base")).ledger
    facts = [entry for entry in ledger.entries if entry.about == "fact"]
    assert any(entry.slots for entry in facts)
    lines = agent.documents[0].text.splitlines()
    assert {entry.kind for entry in facts} == {agent.documents[0].file_name}
    assert all(1 <= entry.line <= len(lines) for entry in facts)


def test_a_red_teaming_job_covers_the_rules_that_it_attacks() -> None:
    brief = Brief(30, "seed", PLAIN, scenario_type="red_teaming_voice", attack_type="unauthorized_actions")
    ledger = plan_job(definition_of("roadside"), brief).ledger
    assert any(entry.slots and entry.kind == "prohibition" for entry in ledger.entries)
