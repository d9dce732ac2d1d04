"""Why there are no more scenarios: what is told and advised is what really lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, Document, MockCall, Tool
from evalgen.generation.embedded import plan_job
from evalgen.generation.plan.shortfall import shortfall
from evalgen.generation.plan.test import Shortfall
from evalgen.generation.read.documents import Knowledge
from evalgen.generation.read.model import read_agent
from tests.unit.generation.by_hand import AGENT, a_brief, schema

READ = "You answer the phone of a garage.\n\nNever give tax advice."
UNREAD = f"{READ}\nWhichever way the wind of custom turns, somehow mind the till."
FEES = Document(1, "fees.md", "# Fees\n\n| Service | Price |\n|---|---|\n| Oil change | $65 |\n")
DREAM = Document(2, "dream.md", "We dream of cars that shine as they have never shone before.")
TOOL = Tool(
    1,
    "find_car",
    "Find a car.",
    schema(plate={"type": "string"}),
    (),
    (MockCall({"plate": "A1"}, {"make": "Fiat"}),),
)


APART = "put conditions and orders of the description in sentences of their own"


def reason(agent: AgentDefinition, *taken: str, **brief: Any) -> str:
    planned = plan_job(agent, a_brief(num_scenarios=100, **brief), taken)
    return next(slot.reason for slot in planned.slots if isinstance(slot, Shortfall))


def garage(prompt: str, *tools: Tool, documents: tuple[Document, ...] = ()) -> AgentDefinition:
    return AgentDefinition("Garage", "en", prompt, tools, documents=documents)


@pytest.mark.parametrize(
    ("agent", "advised"),
    [
        (garage(READ), "Say in the description what happens in more cases, or ask"),
        (garage(READ, TOOL), "Say in the description what happens in more cases, or ask"),
        (garage(UNREAD), f"Generate with a model, which reads more, {APART}, or ask"),
        (garage(READ, replace(TOOL, mock_data=())), "Add mock data to find_car, or ask"),
    ],
    ids=["all is read", "all is there", "a sentence is not read", "mock data are invented"],
)
def test_the_advice_is_what_the_agent_lacks(agent: AgentDefinition, advised: str) -> None:
    assert f". {advised} for fewer scenarios." in reason(agent)


def test_many_tools_without_mock_data_are_counted_behind_the_first() -> None:
    bare = [Tool(at, f"find_car_{at}", "Find a car.", TOOL.parameters) for at in range(1, 6)]
    assert "Add mock data to find_car_1, find_car_2, find_car_3 and 2 more, or" in reason(garage(READ, *bare))


def test_files_of_the_request_that_gave_nothing_are_named() -> None:
    told = reason(garage(READ), context=(FEES, DREAM))
    assert "facts are read with certainty in 1 of 2 files (none in dream.md). " in told
    assert ". Say one fact in a sentence, or a row of a table, of its own in dream.md, or ask" in told
    assert " 1 of 1 files. Say in the description" in reason(garage(READ), context=(FEES,))


def test_knowledge_is_told_by_its_documents_alone() -> None:
    agent = garage(UNREAD, TOOL, documents=(FEES, DREAM))
    told = reason(agent, scenario_type="knowledge_base")
    assert (
        "are certain: facts are read with certainty in 1 of 2 documents (none in dream.md). Say one" in told
    )
    chosen = reason(agent, scenario_type="knowledge_base", knowledge_base=(1,))
    assert chosen.endswith("in 1 of 1 documents. Give documents with more facts, or ask for fewer scenarios.")


def test_tests_of_earlier_jobs_are_counted() -> None:
    assert ", the 2 tests of earlier jobs are not repeated. " in reason(AGENT, "a", "b")
    assert "earlier" not in reason(AGENT)


def test_what_checks_have_kept_out_is_told_with_the_reason_that_comes_most_often() -> None:
    kept_out = {"step 2 names a party": 3, "step 4 is too long": 1}
    told = shortfall(read_agent(garage(READ)), a_brief(num_scenarios=9), 0, 0, 0, Knowledge(), kept_out)
    assert "checks kept out 4 more (step 2 names a party)" in told
