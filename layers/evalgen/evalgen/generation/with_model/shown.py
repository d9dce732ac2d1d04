"""A test as a model is shown it for writing and for review: short, and with everything it may use."""

from __future__ import annotations

import json
from typing import Any

from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Step, Test
from evalgen.generation.with_model.material import Material


class Shown:
    """Tests of one job, each in a line; calls that the material has as examples are named as there."""

    def __init__(self, material: Material) -> None:
        self._names = {
            _call(tool.tool.name, call.input, call.output): name
            for name, (tool, call) in material.examples.items()
        }

    def plan(self, slot: int, test: Test) -> str:
        return _json(
            {
                "slot": slot,
                "name": test.aim,
                **({"persona": test.attack.persona} if test.attack else {}),
                **({"variables": test.variables} if test.variables else {}),
                "data": test.profile,
                "calls": self._calls(test),
                "steps": [[step.action, _kind(step), step.moment.what] for step in test.steps],
                "statements": {one.id: one.text for one in test.assertions},
            }
        )

    def draft(self, slot: int, test: Test, draft: Draft) -> str:
        return _json(
            {
                "slot": slot,
                "name": draft.name,
                **({"variables": draft.main_agent_variables} if draft.main_agent_variables else {}),
                "data": draft.testing_agent_variables,
                "calls": self._calls(test),
                "steps": draft.instructions,
                "statements": {one.id: one.text for one in test.assertions},
            }
        )

    def _calls(self, test: Test) -> list[str]:
        told = ((call, _call(call.tool, call.input, call.output)) for call in test.calls)
        return [self._names.get(text, text) + (" (optional)" if call.optional else "") for call, text in told]


def _kind(step: Step) -> str:
    return "if_asked" if step.moment.standing else step.moment.kind


def _call(tool: str, given: Any, answer: Any) -> str:
    return f"{tool} {_json(given)} => {_json(answer)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
