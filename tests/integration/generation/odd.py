"""Agents that nobody should send, and a bound for what must not hang on them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.generation.draft import Draft
from evalgen.generation.embedded import plan_job, write_scenario
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Test

PROMPT = (
    "You help callers book visits. If the caller wants to cancel, call cancel_visit. Never promise a price."
)


@dataclass(frozen=True)
class Job:
    planned: Planned
    drafts: tuple[Draft, ...]


def run(agent: AgentDefinition, brief: Brief) -> Job:
    """Every slot of the job is planned, and each test of it written; nothing is raised."""
    planned = plan_job(agent, brief)
    assert len(planned.slots) == brief.num_scenarios
    assert all(isinstance(slot, Test) or slot.reason for slot in planned.slots)
    drafts = [
        write_scenario(slot, brief, planned.setting, brief.personality_of(number))
        for number, slot in enumerate(planned.slots)
        if isinstance(slot, Test)
    ]
    return Job(planned, tuple(drafts))


class StillRunning(BaseException):
    """No Exception, so that nothing under test can catch it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what hangs: a bound far above what is needed, not a measurement."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise StillRunning

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except StillRunning:  # without the frames that it was raised in: they may be of code that has no lines
        raise StillRunning(f"not done after {seconds} seconds") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def job_for(
    description: str = PROMPT,
    *tools: Tool,
    language: str = "en",
    num_scenarios: int = 12,
    seconds: float = 60,
) -> Job:
    with within(seconds):
        agent = AgentDefinition("Odd", language, description, tools, (Variable("odd", "e.g."),))
        personality = Personality(1, "Plain", language)
        return run(agent, Brief(num_scenarios, "seed", (personality,), generate_expected_outcomes=True))


def tool(
    name: str, schema: Any = None, *calls: tuple[dict[str, Any], Any], free: tuple[str, ...] = ()
) -> Tool:
    return Tool(1, name, "", schema, free, tuple(MockCall(*call) for call in calls))


def schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
