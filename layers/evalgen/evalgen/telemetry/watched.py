"""A generator that tells when its model takes no more calls."""

from __future__ import annotations

from collections.abc import Callable, Collection

from evalgen.errors import Throttled
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Test
from evalgen.jobs.generator import Generator


class Watched:
    def __init__(self, generator: Generator, on_throttled: Callable[[], None]) -> None:
        self._generator = generator
        self._on_throttled = on_throttled

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        try:
            return self._generator.plan_job(agent, brief, taken)
        except Throttled:
            self._on_throttled()
            raise

    def write_scenario(self, test: Test, brief: Brief, setting: Setting, personality: Personality) -> Draft:
        try:
            return self._generator.write_scenario(test, brief, setting, personality)
        except Throttled:
            self._on_throttled()
            raise
