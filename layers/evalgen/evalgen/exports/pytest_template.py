"""Generated scenarios, played with your agent: `EVALGEN_PLAY=module:function pytest` with this file.

Your function takes a `Scenario`, has the call, and returns its transcript. It plays the caller by
`instructions`, or has a model do so, and gives the agent `agent_variables`. Whatever tool the agent calls,
`scenario.call(tool, input)` notes it and gives the mocked answer. What the agent says is judged only if there
is a judge, `EVALGEN_JUDGE=module:function`: of a statement and the transcript it answers whether it holds.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

SCENARIOS: list[dict[str, Any]] = []

NOT_MOCKED = {"error": "This call is not mocked in this scenario."}


@dataclass
class Scenario:
    """`calls` are those that the agent has made, in order: the tool and what went in."""

    key: str
    name: str
    language: str
    personality: str
    first_message: str
    instructions: str
    caller_variables: dict[str, Any]
    agent_variables: dict[str, Any]
    statements: list[str]
    mocks: list[dict[str, Any]]
    expected_calls: list[dict[str, Any]]
    forbidden_calls: list[dict[str, Any]]
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def call(self, tool: str, given: dict[str, Any]) -> Any:
        """The mocked answer to a call of the agent's."""
        self.calls.append((tool, given))
        fitting = (mock["output"] for mock in self.mocks if _fits(mock, tool, given))
        return next(fitting, NOT_MOCKED)

    def made(self, call: dict[str, Any]) -> int | None:
        """Which of the agent's calls is this one; None if it did not make it."""
        numbers = (n for n, (tool, given) in enumerate(self.calls) if _fits(call, tool, given))
        return next(numbers, None)


def _fits(call: dict[str, Any], tool: str, given: dict[str, Any]) -> bool:
    """Whatever else goes in, and however the agent words its `free` texts."""
    wanted = call["input"] or {}
    named = all(given.get(name) == value for name, value in wanted.items() if name not in call["free"])
    return bool(tool == call["tool"] and named)


def _named_in(variable: str) -> Callable[..., Any] | None:
    module, _, name = os.environ.get(variable, "").partition(":")
    return getattr(importlib.import_module(module), name) if name else None


@pytest.fixture(scope="module", params=SCENARIOS, ids=lambda one: one["key"])
def played(request: pytest.FixtureRequest) -> tuple[Scenario, str]:
    """A scenario after its call, and the transcript."""
    play = _named_in("EVALGEN_PLAY")
    if play is None:
        pytest.fail("Say what plays the scenarios: EVALGEN_PLAY=module:function")
    scenario = Scenario(**request.param)
    return scenario, play(scenario)


def test_the_expected_calls_are_made_in_their_order(played: tuple[Scenario, str]) -> None:
    scenario, _ = played
    made = {call["id"]: scenario.made(call) for call in scenario.expected_calls}
    missing = [c for c in scenario.expected_calls if made[c["id"]] is None and not c["optional"]]
    assert not missing, f"not called: {missing}; called: {scenario.calls}"
    for call in scenario.expected_calls:
        at = made[call["id"]]
        before = [made[one] for one in call["after"] if made.get(one) is not None]
        assert at is None or all(one < at for one in before if one is not None), f"too early: {call}"


def test_no_forbidden_call_is_made(played: tuple[Scenario, str]) -> None:
    scenario, _ = played
    ids = {call["id"]: call for call in scenario.expected_calls}
    for call in scenario.forbidden_calls:
        at, until = scenario.made(call), ids.get(call["until"] or "")
        allowed_from = scenario.made(until) if until else None
        assert at is None or (allowed_from is not None and allowed_from < at), f"called: {call}"


def test_what_the_agent_says(played: tuple[Scenario, str]) -> None:
    judge = _named_in("EVALGEN_JUDGE")
    if judge is None:
        pytest.skip("no EVALGEN_JUDGE=module:function")
    scenario, transcript = played
    failed = [statement for statement in scenario.statements if not judge(statement, transcript)]
    assert not failed
