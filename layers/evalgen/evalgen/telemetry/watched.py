"""A generator that tells when its model takes no more calls."""

from __future__ import annotations

from collections.abc import Callable, Collection

from evalgen.errors import Throttled
from evalgen.generation import Planned
from evalgen.jobs.generator import Generator
from evalgen.planning.brief import Brief
from evalgen.planning.plan import Plan
from evalgen.reading.definition import AgentDefinition
from evalgen.writing.draft import Draft


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

    def write_scenario(self, plan: Plan) -> Draft:
        try:
            return self._generator.write_scenario(plan)
        except Throttled:
            self._on_throttled()
            raise
