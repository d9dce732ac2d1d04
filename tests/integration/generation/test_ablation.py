"""A scenario is made from the rule that it says it tests: without the rule, it is another scenario."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evalgen.generation.definition import AgentDefinition
from evalgen.reading.model import read_agent
from evalgen.reading.statements import Statement
from tests.integration.generation.kit import Job, job_of, run

RULES = 15


def without(agent: AgentDefinition, rule: Statement) -> AgentDefinition:
    """The agent with the words of the rule struck out of its lines."""
    lines = agent.description.split("\n")
    first, last = rule.lines
    words = r"[\s*_`]+".join(map(re.escape, rule.text.rstrip(".").split()))
    struck, count = re.subn(rf"{words}\.?", "", "\n".join(lines[first - 1 : last]), count=1)
    assert count == 1, rule
    return replace(agent, description="\n".join([*lines[: first - 1], struck, *lines[last:]]))


def rules_in(job: Job) -> list[Statement]:
    """So many of the rules that the job's scenarios cover, from all over the prompt."""
    by_id = read_agent(job.agent).by_id
    covered = sorted(
        {c for d in job.drafts for c in d.covers if c in by_id}, key=lambda c: (by_id[c].lines, c)
    )
    return [by_id[c] for c in covered[:: max(1, len(covered) // RULES)][:RULES]]


def as_texts(job: Job) -> set[tuple[str, str]]:
    return {(draft.instructions, draft.expected_outcome) for draft in job.drafts}


def signatures_of(job: Job) -> set[str]:
    return {plan.signature for plan in job.planned.plans}


@pytest.fixture(scope="module")
def roadside() -> Job:
    return job_of("roadside")


def test_without_a_rule_no_scenario_that_tests_it_is_made(roadside: Job) -> None:
    rules = rules_in(roadside)
    gone = 0
    for rule in rules:
        testing = {(d.instructions, d.expected_outcome) for d in roadside.drafts if rule.id in d.covers}
        gone += not testing & as_texts(run(without(roadside.agent, rule)))
    assert len(rules) == RULES
    assert gone >= 0.9 * RULES


def test_without_a_rule_that_nothing_tests_most_of_what_is_tested_stays(roadside: Job) -> None:
    """The words may differ: which of its phrases a step gets depends on the scenarios before it."""
    covered = {item for draft in roadside.drafts for item in draft.covers}
    kinds = ("condition", "prohibition", "step")
    untested = [s for s in read_agent(roadside.agent).statements if s.id not in covered and s.kind in kinds][
        ::8
    ]
    kept = [
        len(signatures_of(run(without(roadside.agent, rule))) & signatures_of(roadside)) for rule in untested
    ]
    assert len(untested) >= 3
    assert sum(kept) / len(kept) >= 0.5 * len(roadside.drafts)
