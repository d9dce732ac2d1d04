"""What a report is about: an agent, its scenarios, and what they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.exports.exported import Scenario
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.kept import kept_model
from evalgen.generation.read.model import AgentModel

Item = Mapping[str, Any]
"""Of what there is to cover: the contract's CoverageItem."""


@dataclass(frozen=True)
class Reported:
    """`agent` as the scenarios were made from it; `scenarios` and `failures` as generate-progress answers
    them, `items` as generate-coverage does. `more`: so many further scenarios would cover what is not yet."""

    agent: AgentDefinition
    scenarios: Sequence[Scenario]
    items: Sequence[Item]
    failures: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[str] = ()
    more: int = 0

    @cached_property
    def model(self) -> AgentModel:
        return kept_model(self.agent)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """By id of a scenario its number on the page, from 1."""
        return {int(one["id"]): number for number, one in enumerate(self.scenarios, 1)}

    def numbers_of(self, item: Item) -> list[int]:
        """The scenarios that cover it, by their numbers."""
        return [self.numbers[one] for one in item["scenarios"] if one in self.numbers]
