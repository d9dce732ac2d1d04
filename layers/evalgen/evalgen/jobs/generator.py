"""What jobs need of generation; `evalgen.generation` has it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Protocol

from evalgen.generation.assignment import Assignment, Written
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Test
from evalgen.jobs.job import Job


class GeneratorOfJob(Protocol):
    """Permanent ends what was asked for with its reason; Throttled and Retryable may succeed later."""

    def is_read(self, agent: AgentDefinition) -> bool:
        """Whether the agent can be planned from without a call of `read` before."""

    def read(self, agent: AgentDefinition, begin: int = 0) -> int:
        """Read a portion of the agent, and answer where the next one begins; 0: there is none."""

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned: ...

    def write_slots(self, assignment: Assignment) -> Written: ...


class Generator(Protocol):
    def for_job(self, job: Job) -> GeneratorOfJob: ...


class OneByOne(ABC):
    """A generator that is the same for all jobs, and writes each scenario by itself."""

    def for_job(self, _: Job) -> GeneratorOfJob:
        return self

    def is_read(self, _: AgentDefinition) -> bool:
        return True

    def read(self, _: AgentDefinition, __: int = 0) -> int:
        return 0

    @abstractmethod
    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned: ...

    @abstractmethod
    def write_scenario(
        self, test: Test, brief: Brief, setting: Setting, personality: Personality
    ) -> Draft: ...

    def write_slots(self, assignment: Assignment) -> Written:
        brief, setting = assignment.brief, assignment.setting
        for slot, test in assignment.tests.items():
            try:
                yield slot, self.write_scenario(test, brief, setting, brief.personality_of(slot))
            except Exception as error:  # noqa: BLE001 - a defect that one slot meets must not cost the others theirs
                yield slot, error
