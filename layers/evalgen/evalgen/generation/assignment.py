"""What a job has written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Setting, Test

Written = Iterator[tuple[int, Draft | Exception]]
"""By slot its scenario, or why it has none: Permanent ends the slot, what else it is may succeed later."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Tests by their slots; `spares` take the place of those that a model fails to write.

    `agent` is asked for by whoever needs it: it may have to be fetched.
    """

    tests: Mapping[int, Test]
    spares: Mapping[int, Test]
    brief: Brief
    setting: Setting
    agent: Callable[[], AgentDefinition]
