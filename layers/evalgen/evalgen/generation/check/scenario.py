"""What every scenario has to satisfy, over its test and its draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from evalgen.generation.check import outcome, steps
from evalgen.generation.check.calls import Calls
from evalgen.generation.check.words import Agent, Words
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import LONGEST_NAME, Setting, Test
from evalgen.generation.write.frames import step_line

MOST_BYTES = 36_000
"""Of what a test brings; a scenario of at most 40 kB has ids, metrics and tags besides."""


class Checker:
    """Checks the scenarios of one agent; `in_own_words` as of `Calls`."""

    def __init__(self, definition: AgentDefinition, *, in_own_words: bool = False) -> None:
        self._agent = Agent(definition)
        self._calls = Calls(self._agent, in_own_words=in_own_words)

    def problems_of(self, test: Test, draft: Draft, setting: Setting) -> list[str]:
        """What is wrong, in words; empty if nothing is."""
        lines = [step_line(step, test.language, setting) for step in test.steps]
        words = Words(lines, test.language, test.told_in, self._agent)
        checks = (*steps.CHECKS, *outcome.CHECKS, self._calls)
        return [problem for check in checks for problem in check(test, words)] + list(_shape(draft))


def _shape(draft: Draft) -> Iterator[str]:
    if not 0 < len(draft.name) <= LONGEST_NAME:
        yield f"the name has {len(draft.name)} characters; 1 to {LONGEST_NAME} are allowed"
    size = len(json.dumps(asdict(draft), ensure_ascii=False, default=str).encode())
    if size > MOST_BYTES:
        yield f"the scenario takes {size} bytes; {MOST_BYTES} are allowed"
