"""What jobs need of generation; `evalgen.generation` has it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Test


class Generator(Protocol):
    """Permanent ends what was asked for with its reason; Throttled and Retryable may succeed later."""

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned: ...

    def write_scenario(
        self, test: Test, brief: Brief, setting: Setting, personality: Personality
    ) -> Draft: ...
