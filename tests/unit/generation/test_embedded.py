"""From an agent and a brief to planned slots, whatever the planners are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation import embedded, kept
from evalgen.generation.brief import Brief, Personality, ScenarioType
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.kept import KEPT_AGENTS
from evalgen.generation.plan.test import Shortfall, Test
from evalgen.generation.read.model import AgentModel, read_agent
from tests.agents_on_disk import definition_of
from tests.unit.generation.by_hand import AGENT, TEST, a_brief

STATEMENTS = "of the description's 4 statements are read with certainty, 0 of 3 tools"


@pytest.fixture
def planners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each planner has one test, named after it; the paragraph `Mine` is served by another."""

    def planner(name: str) -> Any:
        def tests(_model: object, brief: Brief, taken: Collection[str]) -> Iterator[Test]:
            yield from [one for one in (replace(TEST, key=name),) if name not in taken]

        return tests

    def aimed(_model: object, brief: Brief, aim: str, taken: Collection[str]) -> Iterator[Test]:
        if aim == "Mine":
            first = replace(TEST.steps[0], action="Ask for a service")
            yield replace(TEST, key="mine", steps=(first, *TEST.steps[1:]))

    for name in ("workflow", "red_teaming", "knowledge"):
        monkeypatch.setattr(embedded, f"{name}_tests", planner(name))
    monkeypatch.setattr(embedded, "aimed_tests", aimed)


@pytest.mark.parametrize(
    ("scenario_type", "key", "told"),
    [
        ("workflow", "workflow", STATEMENTS),
        ("red_teaming_voice", "red_teaming", STATEMENTS),
        ("red_teaming_text", "red_teaming", STATEMENTS),
        ("knowledge_base", "knowledge", "facts are read with certainty in 0 of 0 documents. "),
    ],
)
@pytest.mark.usefixtures("planners")
def test_each_type_has_its_planner_and_slots_without_a_test_say_why(
    scenario_type: ScenarioType, key: str, told: str
) -> None:
    planned = embedded.plan_job(AGENT, a_brief(scenario_type=scenario_type))
    assert [test.key for test in planned.tests] == [key]
    assert len(planned.slots) == 3
    lost = planned.slots[2]
    assert isinstance(lost, Shortfall)
    assert lost.told.startswith("1 of 3 scenarios are certain: ")
    assert told in lost.told


@pytest.mark.usefixtures("planners")
def test_paragraphs_come_first_and_those_too_many_are_told() -> None:
    planned = embedded.plan_job(AGENT, a_brief(num_scenarios=2, aims=("Mine",)))
    assert [test.key for test in planned.tests] == ["mine", "workflow"]
    assert not [text for text in planned.warnings if text.startswith("extra_instructions")]
    fewer = embedded.plan_job(AGENT, a_brief(num_scenarios=1, aims=("Mine", "Yours")))
    assert [test.key for test in fewer.tests] == ["mine"]
    (warning,) = [text for text in fewer.warnings if text.startswith("extra_instructions")]
    assert warning.startswith("extra_instructions: 2 paragraphs are numbered and 1 scenarios asked for")


def test_what_does_not_pass_the_checks_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    short = replace(TEST, steps=TEST.steps[-2:])
    monkeypatch.setattr(embedded, "workflow_tests", lambda *_: iter([short]))
    planned = embedded.plan_job(AGENT, a_brief(num_scenarios=1))
    assert planned.tests == ()
    assert planned.kept_out["2 steps; 3 to 10 are allowed"] == 1


@pytest.mark.usefixtures("planners")
def test_what_the_agent_has_had_is_not_planned_again() -> None:
    assert embedded.plan_job(AGENT, a_brief(), ["workflow"]).tests == ()


@pytest.mark.parametrize(
    ("said", "prompt", "opens"),
    [
        (True, "You answer.", True),
        (None, "You open the call.", True),
        (False, "You open the call.", False),
        (None, "You answer.", False),
    ],
)
def test_the_owners_word_on_who_opens_the_call_comes_before_the_prompts(
    said: bool | None, prompt: str, opens: bool
) -> None:
    agent = replace(AGENT, description=prompt, speaks_first=said)
    assert embedded.plan_job(agent, a_brief(num_scenarios=1)).setting.agent_opens is opens


def test_the_same_arguments_give_the_same_scenarios_and_a_larger_job_begins_with_a_smaller() -> None:
    agent, brief = definition_of("roadside"), a_brief(num_scenarios=12)
    planned = embedded.plan_job(agent, brief)
    assert len(planned.tests) == 12
    assert planned == embedded.plan_job(agent, brief)
    smaller = embedded.plan_job(agent, replace(brief, num_scenarios=5))
    assert planned.tests[:5] == smaller.tests


def test_what_was_read_of_an_agent_is_kept_for_its_next_job_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agents = [replace(definition_of("roadside"), name=f"Kept {number}") for number in range(KEPT_AGENTS + 1)]
    read: list[str] = []

    def reading(agent: AgentDefinition) -> AgentModel:
        read.append(agent.name)
        return read_agent(agent)

    monkeypatch.setattr(kept, "read_agent", reading)
    first = embedded.plan_job(agents[0], a_brief(num_scenarios=5))
    assert embedded.plan_job(agents[0], a_brief(num_scenarios=5)) == first
    assert read == ["Kept 0"]
    for agent in agents[1:]:
        kept.kept_model(agent)
    assert embedded.plan_job(agents[0], a_brief(num_scenarios=5)) == first
    assert read == [agent.name for agent in (*agents, agents[0])]


def test_a_knowledge_job_tells_of_the_facts_of_its_documents() -> None:
    brief = a_brief(num_scenarios=2, scenario_type="knowledge_base")
    planned = embedded.plan_job(definition_of("roadside"), brief)
    facts = {entry.id: entry for entry in planned.ledger.entries if entry.about == "fact"}
    assert len(planned.tests) == 2
    for slot, test in enumerate(planned.tests):
        assert test.sources
        assert all(slot in facts[name].slots for name in test.covers if name in facts)
    assert {entry.kind for entry in facts.values()} == {"membership-terms.md"}


def test_a_planned_test_is_written_for_its_personality() -> None:
    brief = a_brief(num_scenarios=1, personalities=(Personality(4, "Noisy", "en", ("noisy",)),))
    planned = embedded.plan_job(definition_of("roadside"), brief)
    (test,) = planned.tests
    draft = embedded.write_scenario(test, brief, planned.setting, brief.personality_of(0))
    assert draft.tags == (*test.tags, "noisy")
    assert draft.instructions.startswith("1. ")


def test_what_is_worked_out_of_an_agent_in_one_language_is_not_taken_for_the_same_in_another() -> None:
    model = kept.kept_model(definition_of("clinica_dental"))
    english, spanish = (kept.in_language(model, language) for language in ("en", "es"))
    assert english.once("deed", "book", lambda: "booked") == "booked"
    assert spanish.once("deed", "book", lambda: "reservado") == "reservado"
