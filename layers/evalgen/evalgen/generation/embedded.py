"""The steps of generation behind two calls; jobs know nothing of what is inside.

`plan_job` reads the agent, and plans, writes and checks a test for each slot; `write_scenario` writes one of
them again. Both are pure: the same arguments give the same result in every process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import islice

from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.kept import in_language, kept_model
from evalgen.generation.plan.aimed import aimed_tests
from evalgen.generation.plan.filling import Filling, Tests
from evalgen.generation.plan.in_context import drawing_on_files, with_files
from evalgen.generation.plan.knowledge import knowledge_of, knowledge_tests
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.red_teaming import red_teaming_tests
from evalgen.generation.plan.report import ledger_of
from evalgen.generation.plan.shortfall import shortfall
from evalgen.generation.plan.test import Setting, Shortfall, Test
from evalgen.generation.plan.workflow import workflow_tests
from evalgen.generation.read.documents.fact import Knowledge
from evalgen.generation.read.greeting import asks_otherwise, calls_out
from evalgen.generation.read.model import AgentModel, read_agent
from evalgen.generation.read.organisation import organisation_of
from evalgen.generation.read.unread import told_unread
from evalgen.generation.write.frames import written_in
from evalgen.generation.write.writer import write as write_scenario

__all__ = ["plan_job", "plan_model", "read_agent", "write_scenario"]

LOOK_AHEAD = 100
"""So many further tests are planned to tell what they would cover."""


def plan_job(agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
    """Plan the slots of a job. `taken` are the keys of the agent's earlier tests: they are not repeated."""
    return plan_model(kept_model(agent), brief, taken)


def plan_model(model: AgentModel, brief: Brief, taken: Collection[str] = ()) -> Planned:
    """The same of an agent that has been read."""
    setting = setting_of(model)
    filling = Filling(
        model.definition,
        model.prompt,
        brief,
        setting,
        taken,
        _planner(model, brief),
        partial(aimed_tests, model),
    )
    slots: list[Test | Shortfall | None] = [filling.slot(number) for number in range(brief.num_scenarios)]
    done = sum(isinstance(slot, Test) for slot in slots)
    further = [test.covers for test in islice(filling.left(brief.num_scenarios), LOOK_AHEAD)]
    covers = [slot.covers if isinstance(slot, Test) else () for slot in slots]
    knowledge = _knowledge(model, brief)
    reason = shortfall(model, brief, done, len(taken), filling.unfit_for_profile, knowledge, filling.refused)
    return Planned(
        tuple(slot or Shortfall(reason) for slot in slots),
        setting,
        ledger_of(model.prompt, outcomes_of(model), covers, further, knowledge.facts),
        (*_warnings(model, brief), *knowledge.warnings),
        filling.refused,
    )


def setting_of(model: AgentModel) -> Setting:
    """Whether the agent opens the call, by its owner's word before its prompt's; how; for whom it works."""
    agent, prompt = model.definition, model.prompt
    said = bool(agent.first_message) or prompt.opens
    opens = said if agent.speaks_first is None else agent.speaks_first
    organisation = organisation_of(agent.name, agent.description, prompt.language)
    otherwise = asks_otherwise(agent.first_message, prompt)
    return Setting(opens, otherwise, organisation, prompt.language, calls_out(prompt))


def _planner(model: AgentModel, job: Brief) -> Tests:
    """The planner of a scenario type, for the language of whatever brief it is given."""

    def planned(brief: Brief, taken: Collection[str]) -> Iterator[Test]:
        spoken = in_language(model, brief.personality_of(0).language)
        if job.scenario_type == "workflow":
            return with_files(workflow_tests(spoken, brief, taken), spoken, brief, taken)
        if job.scenario_type == "knowledge_base":
            return knowledge_tests(spoken, brief, taken)
        return red_teaming_tests(spoken, brief, taken)

    return planned


def outcomes_of(model: AgentModel) -> list[str]:
    """The ids of what the tools are mocked to answer."""
    return [
        f"{name}:{answer}"
        for name, tool in model.tools.items()
        for answer, calls in tool.calls.items()
        if calls
    ]


def _knowledge(model: AgentModel, brief: Brief) -> Knowledge:
    """What the documents say that the job draws on; nothing with the types that draw on none."""
    language = written_in(brief.personality_of(0).language, model.prompt.language)
    if not language:
        return Knowledge()
    if brief.scenario_type == "workflow" and brief.context:
        model, brief = drawing_on_files(model, brief)
    elif brief.scenario_type != "knowledge_base":
        return Knowledge()
    return knowledge_of(model.definition, brief, language)


def _warnings(model: AgentModel, brief: Brief) -> list[str]:
    found = list(told_unread(model.prompt, model.definition.language))
    if model.invented:
        found.append(f"tools: what {_listed(model.invented)} answer is invented, as no mock data is given.")
    found += [f"tools: {warning}." for warning in model.warnings]
    aims, wanted = len(brief.aims), brief.num_scenarios
    if aims > wanted:
        found.append(
            f"extra_instructions: {aims} paragraphs are numbered and {wanted} scenarios asked for; "
            f"those from {wanted + 1} on are left out."
        )
    return found


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
