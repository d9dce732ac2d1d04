"""A generator that tells when its model takes no more calls."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from evalgen.errors import Throttled
from evalgen.generation.assignment import Assignment, Written
from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.planned import Planned
from evalgen.jobs.generator import Generator, GeneratorOfJob
from evalgen.jobs.job import Job


@dataclass(frozen=True)
class Watched:
    generator: Generator
    on_throttled: Callable[[], None]

    def for_job(self, job: Job) -> WatchedOfJob:
        return WatchedOfJob(self.generator.for_job(job), self.on_throttled)


@dataclass(frozen=True)
class WatchedOfJob:
    generator: GeneratorOfJob
    on_throttled: Callable[[], None]

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        try:
            return self.generator.plan_job(agent, brief, taken)
        except Throttled:
            self.on_throttled()
            raise

    def write_slots(self, assignment: Assignment) -> Written:
        try:
            for slot, draft in self.generator.write_slots(assignment):
                if isinstance(draft, Throttled):
                    self.on_throttled()
                yield slot, draft
        except Throttled:
            self.on_throttled()
            raise
