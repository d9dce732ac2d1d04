"""Jobs of one agent add and do not repeat, however they overlap."""

from __future__ import annotations

import json
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

import pytest

from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.planned import Planned
from evalgen.jobs.plan import LATER_SECONDS, PLANNINGS
from evalgen.work import work
from tests.integration.jobs.kit import (
    NOW,
    PROJECT,
    FakeGenerator,
    Functions,
    a_request,
    assert_exact,
    progress_of,
    start_job,
)

JOBS = 4


@dataclass
class AllAtOnce(FakeGenerator):
    """No job gets its first plans before all have asked for theirs."""

    barrier: Barrier = field(default_factory=lambda: Barrier(JOBS))
    plannings: int = 0
    waiting: int = JOBS

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        self.plannings += 1
        if self.waiting:
            self.waiting -= 1
            self.barrier.wait(30)
        return super().plan_job(agent, brief, taken)


def names(functions: Functions, job_id: str) -> list[str]:
    return [scenario["name"] for scenario in progress_of(functions.stores, job_id)["scenarios_list"]]


def test_four_jobs_of_fifty_planned_at_once_make_two_hundred_scenarios(
    functions: Functions,
) -> None:
    job_ids = [start_job(functions.stores, a_request(50), now=NOW + n) for n in range(JOBS)]
    generator = AllAtOnce()
    with ThreadPoolExecutor(JOBS) as pool:
        plans = [json.loads(body) for body in functions.take()]
        list(pool.map(lambda plan: work(functions.stores, lambda: NOW, generator, plan), plans))
    assert generator.plannings > JOBS
    functions.run()
    made = [name for job_id in job_ids for name in names(functions, job_id)]
    assert len(made) == len(set(made)) == 200
    for job_id in job_ids:
        assert_exact(functions.stores, job_id)


def test_a_job_created_earlier_does_not_repeat_what_a_later_one_has_planned(functions: Functions) -> None:
    first = start_job(functions.stores, a_request(3))
    (plan,) = functions.take()
    second = start_job(functions.stores, a_request(3), now=NOW + 1)
    functions.run()
    functions.deliver([plan])
    functions.run()
    assert names(functions, second) == ["s0", "s1", "s2"]
    assert names(functions, first) == ["s3", "s4", "s5"]


@dataclass
class Overtaken(FakeGenerator):
    """Others of the agent adopt the same plans whenever this one has planned, `times` times."""

    functions: Functions | None = None
    times: int = 0

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        planned = super().plan_job(agent, brief, taken)
        if self.times:
            self.times -= 1
            assert self.functions is not None
            start_job(self.functions.stores, a_request(1), now=NOW + self.times)
            self.functions.deliver(self.functions.take())
        return planned


@pytest.mark.parametrize("times", [1, PLANNINGS - 1, PLANNINGS, 2 * PLANNINGS])
def test_a_job_that_is_overtaken_again_and_again_makes_room_and_is_planned_later(
    functions: Functions, times: int
) -> None:
    job_id = start_job(functions.stores, a_request(3))
    plan = json.loads(functions.take()[0])
    generator = Overtaken(functions=functions, times=times)
    work(functions.stores, lambda: NOW, generator, plan)
    if times >= PLANNINGS:
        assert LATER_SECONDS > 0
        assert progress_of(functions.stores, job_id)["status"] == "queued"
        generator.times = 0
        work(functions.stores, lambda: NOW, generator, {**plan, "project_id": PROJECT})
    functions.run()
    taken = min(times, PLANNINGS)
    assert names(functions, job_id) == [f"s{n}" for n in range(taken, taken + 3)]
    assert_exact(functions.stores, job_id)


def test_plans_that_are_all_different_are_adopted_without_planning_again(functions: Functions) -> None:
    first = start_job(functions.stores, a_request(2))
    plan = json.loads(functions.take()[0])

    @dataclass
    class Apart(Overtaken):
        def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
            return super().plan_job(agent, brief, {*taken, "s0"})

    generator = Apart(functions=functions, times=1)
    work(functions.stores, lambda: NOW, generator, plan)
    functions.run()
    assert names(functions, first) == ["s1", "s2"]
    assert_exact(functions.stores, first)
