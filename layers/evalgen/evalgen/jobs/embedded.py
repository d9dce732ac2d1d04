"""The generator that needs no model."""

from __future__ import annotations

from collections.abc import Collection

from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Test
from evalgen.jobs.generator import OneByOne


class Embedded(OneByOne):
    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        return embedded.plan_job(agent, brief, taken)

    def write_scenario(self, test: Test, brief: Brief, setting: Setting, personality: Personality) -> Draft:
        return embedded.write_scenario(test, brief, setting, personality)
