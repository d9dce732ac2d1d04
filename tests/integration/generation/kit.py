"""Jobs without a queue: an agent and a brief in, plans and scenarios out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.embedded import Planned, plan_job, write_scenario
from tests.agents_on_disk import definition_of

SEED = "seed"
PLACEHOLDER = re.compile(r"\{\{\s*test_profile(?:\.(\w+)|\['([^']+)'\])\s*\}\}")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class Job:
    agent: AgentDefinition
    planned: Planned
    drafts: tuple[Draft, ...]


def plain(language: str = "en") -> Personality:
    return Personality(1, "Plain", language)


def run(agent: AgentDefinition, num_scenarios: int = 20, *, taken: Collection[str] = (), **brief: Any) -> Job:
    """All of a job. `brief` are fields of the Brief; outcomes are generated unless it says otherwise."""
    told = {"generate_expected_outcomes": True, "personalities": (plain(agent.language),), **brief}
    planned = plan_job(agent, Brief(num_scenarios=num_scenarios, **{"seed": SEED, **told}), taken)
    return Job(agent, planned, tuple(write_scenario(plan) for plan in planned.plans))


@cache
def job_of(name: str, num_scenarios: int = 20) -> Job:
    """The plain job of an agent folder, made once."""
    return run(definition_of(name), num_scenarios)


def steps_of(draft: Draft) -> list[str]:
    """The numbered lines, without their numbers."""
    return [line.partition(". ")[2] for line in draft.instructions.split("\n")]


def references_in(text: str) -> set[str]:
    return {dotted or quoted for dotted, quoted in PLACEHOLDER.findall(text)}


def runs_of(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    words = [word.casefold() for word in WORD.findall(text)]
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def likeness(one: str, other: str) -> float:
    """Jaccard of 3-grams of words, 0 to 1."""
    mine, theirs = runs_of(one, 3), runs_of(other, 3)
    return len(mine & theirs) / max(1, len(mine | theirs))
