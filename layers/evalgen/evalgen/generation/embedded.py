"""The four steps of generation behind two calls; jobs know nothing of what is inside.

`plan_job` reads the agent and plans all slots; `write_scenario` writes and checks one of them.
Both are pure: the same arguments give the same result in every process.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from evalgen.checking.calls import CallChecker
from evalgen.checking.checks import problems_of
from evalgen.checking.copying import CopyGuard
from evalgen.checking.twins import Twins
from evalgen.errors import Permanent
from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.ledger import Ledger
from evalgen.planning.candidate import Planner
from evalgen.planning.describing import shortfall
from evalgen.planning.knowledge import KnowledgePlanner
from evalgen.planning.plan import Plan
from evalgen.planning.redteam import RedTeamPlanner
from evalgen.planning.report import ledger_of
from evalgen.planning.workflow import WorkflowPlanner
from evalgen.reading.model import AgentModel, read_agent
from evalgen.writing.names import name_of
from evalgen.writing.writer import write


@dataclass(frozen=True, slots=True)
class Planned:
    """`plans[i]` belongs to slot i. Fewer than asked for: `shortfall` says why, and what would help."""

    plans: tuple[Plan, ...]
    shortfall: str = ""
    ledger: Ledger = field(default_factory=Ledger)


def plan_job(agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
    """Plan the slots of a job. `taken` are the signatures of the agent's earlier plans: not repeated.

    Raises Permanent where nothing can be planned from this agent.
    """
    model = read_agent(agent)
    planner = planner_of(model, brief, taken)
    calls, copies = CallChecker(agent.tools), CopyGuard(agent.description)
    twins, names, outcomes = Twins(), set[str](), set[str]()
    plans: list[Plan] = []
    covers: list[tuple[str, ...]] = []
    for candidate in planner.candidates():
        personality = brief.personality_of(len(plans))
        plan = replace(candidate.plan, language=personality.language, traits=personality.traits)
        plan = replace(plan, name=name_of(plan, names))
        draft = write(plan)
        if (
            problems_of(draft)
            or calls.problems_of(draft)
            or copies.problems_of(draft)
            or twins.has_twin(draft.instructions)
        ):
            continue
        if draft.generated_outcome and draft.expected_outcome in outcomes:
            continue
        outcomes.add(draft.expected_outcome)
        twins.add(draft.instructions)
        names.add(draft.name.casefold())
        candidate.accept()
        plans.append(plan)
        covers.append(draft.covers)
        if len(plans) == brief.num_scenarios:
            break
    return Planned(
        tuple(plans),
        shortfall(len(plans), brief.num_scenarios, len(model.statements)),
        ledger_of(model, covers, planner.reach(), planner.facts),
    )


def planner_of(model: AgentModel, brief: Brief, taken: Collection[str]) -> Planner:
    """The planner of a scenario type. Raises Permanent where the agent has nothing for it."""
    if brief.scenario_type == "workflow":
        return WorkflowPlanner(model, brief, taken)
    if brief.attack_type:
        return RedTeamPlanner(model, brief, taken)
    return KnowledgePlanner(model, brief, taken)


def write_scenario(plan: Plan) -> Draft:
    """Write the scenario of one plan and check it. Raises Permanent with the reason if no check passes."""
    draft = write(plan)
    if problems := problems_of(draft):
        raise Permanent(f"the scenario did not pass its checks: {'; '.join(problems)}")
    return draft
