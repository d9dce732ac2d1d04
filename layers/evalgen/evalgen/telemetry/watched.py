"""A generator that tells when its model takes no more calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
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

    def is_read(self, agent: AgentDefinition) -> bool:
        return self.generator.is_read(agent)

    def read(self, agent: AgentDefinition, begin: int = 0) -> int:
        with self._telling():
            return self.generator.read(agent, begin)

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        with self._telling():
            return self.generator.plan_job(agent, brief, taken)

    def write_slots(self, assignment: Assignment) -> Written:
        with self._telling():
            for slot, draft in self.generator.write_slots(assignment):
                if isinstance(draft, Throttled):
                    self.on_throttled()
                yield slot, draft

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except Throttled:
            self.on_throttled()
            raise
