"""Every slot counts once, whatever is delivered twice, dies or comes too late: the real worker functions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalgen.dead_letters import bury
from evalgen.errors import Retryable
from evalgen.jobs.request import JobFile
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Put
from evalgen.work import work
from tests.integration.jobs.kit import (
    AGENT_ID,
    NOW,
    PROJECT,
    Dying,
    FakeGenerator,
    Functions,
    Killed,
    a_request,
    assert_exact,
    job_of,
    partition,
    progress_of,
    start_job,
)

TOTAL = 23


@contextmanager
def fresh(generator: FakeGenerator | None = None) -> Iterator[Functions]:
    """For tests that need many worlds within one test function."""
    with tempfile.TemporaryDirectory() as folder:
        functions = Functions(Path(folder), generator or FakeGenerator())
        yield functions


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_every_message_three_times_in_any_order_is_as_if_once(data: st.DataObject) -> None:
    with fresh() as functions:
        job_id = start_job(functions.stores, a_request(TOTAL))
        waiting = functions.take() * 3
        while waiting:
            order = data.draw(st.permutations(range(len(waiting))))
            count = data.draw(st.integers(1, len(waiting)))
            batch, waiting = [waiting[n] for n in order[:count]], [waiting[n] for n in order[count:]]
            assert functions.deliver(batch) == []
            # A chunk is sent by each of the plan's deliveries: three of them make it come three times.
            waiting += functions.take()
        assert_exact(functions.stores, job_id)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["plan", "context", "generate"])
def test_a_worker_killed_around_any_call_of_its_stores_loses_and_doubles_nothing(
    kind: str, after: bool
) -> None:
    deaths = 0
    while True:
        with fresh() as functions:
            files = (JobFile("a.txt"), JobFile("b.txt")) if kind == "context" else ()
            job_id = start_job(functions.stores, a_request(TOTAL, files=files), contents=[b"a"] * len(files))
            bodies = functions.take()
            if kind != "plan":
                functions.deliver(bodies)
                bodies = functions.take()
            assert json.loads(bodies[0])["kind"] == kind
            dying = Dying(functions.stores, at=deaths + 1, after=after)
            try:
                work(dying.stores, lambda: NOW, functions.generator, json.loads(bodies[0]))
            except Killed:
                deaths += 1
                ended = False
            else:
                ended = True
            functions.deliver(bodies)
            functions.run()
            assert_exact(functions.stores, job_id)
        if ended:
            break
    assert deaths > 2


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_creation_killed_around_any_call_is_mended_by_a_retry_with_its_key(after: bool) -> None:
    deaths = 0
    while True:
        with fresh() as functions:
            dying = Dying(functions.stores, at=deaths + 1, after=after)
            try:
                start_job(dying.stores, a_request(TOTAL), idempotency_key="k")
                ended = True
            except Killed:
                deaths += 1
                ended = False
            job_id = start_job(functions.stores, a_request(TOTAL), idempotency_key="k")
            functions.run()
            assert_exact(functions.stores, job_id)
            plans = partition(functions.stores, keys.agent_plan(PROJECT, AGENT_ID, 1).pk)
            assert [str(item["job_id"]) for item in plans] == [job_id]
        if ended:
            break
    assert deaths > 4


@pytest.mark.parametrize("moment", range(1, 4))
def test_of_two_workers_on_one_chunk_the_first_to_commit_counts(functions: Functions, moment: int) -> None:
    job_id = start_job(functions.stores, a_request(8))
    functions.deliver(functions.take())
    (chunk,) = functions.take()
    paused = Interrupted(functions, chunk, moment)
    work(paused.stores, lambda: NOW, FakeGenerator(), json.loads(chunk))
    assert paused.interrupted
    assert_exact(functions.stores, job_id)


def test_of_two_workers_with_overlapping_slots_each_counts_what_it_was_first_to_end(
    functions: Functions,
) -> None:
    """The slow one has all ten slots; the quick one fails midway, and so has committed only some."""
    job_id = start_job(functions.stores, a_request(10))
    functions.deliver(functions.take())
    (chunk,) = functions.take()
    functions.generator.problems["s4"] = [Retryable("busy")]
    paused = Interrupted(functions, chunk, moment=3)
    work(paused.stores, lambda: NOW, FakeGenerator(), json.loads(chunk))
    assert paused.interrupted
    assert_exact(functions.stores, job_id)


def test_two_workers_that_plan_one_job_leave_one_plan_and_its_scenarios(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(15))
    (plan,) = functions.take()
    others = FakeGenerator(shortfall=2)
    paused = Interrupted(functions, plan, moment=5)
    work(paused.stores, lambda: NOW, others, json.loads(plan))
    assert paused.interrupted
    functions.run()
    assert_exact(functions.stores, job_id)


def test_slots_that_an_earlier_version_ended_count_once(functions: Functions) -> None:
    """Its jobs do not say which slots have ended; their guards do."""
    functions.generator.problems["s3"] = [Retryable("later")]
    job_id = start_job(functions.stores, a_request(10))
    functions.deliver(functions.take())
    again = functions.deliver(functions.take())
    key = keys.job(PROJECT, job_id)
    item = functions.stores.table.get(key)
    assert item is not None
    assert item.pop("w0") == 0b111
    functions.stores.table.write(Put(item))
    assert functions.deliver(again) == []
    assert_exact(functions.stores, job_id)


def test_a_worker_that_raises_at_one_slot_keeps_the_others_and_is_given_the_message_again(
    functions: Functions,
) -> None:
    job_id = start_job(functions.stores, a_request(TOTAL))
    functions.generator.problems["s12"] = [RuntimeError("a defect")]
    functions.deliver(functions.take())
    failed = functions.deliver(functions.take())
    assert [json.loads(body)["chunk"] for body in failed] == [1]
    assert job_of(functions.stores, job_id).completed == TOTAL - 1
    assert functions.deliver(failed) == []
    assert_exact(functions.stores, job_id)


def test_a_poisoned_slot_ends_alone_when_its_message_is_dead(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(TOTAL))
    functions.generator.problems["s12"] = [RuntimeError("a defect")] * 100
    dead = functions.run()
    assert functions.deliver(dead, functions.dead_letters) == []
    assert_exact(functions.stores, job_id, failed=[12])
    assert "Writing failed repeatedly" in progress_of(functions.stores, job_id)["failures"][0]["reason"]


def test_a_late_success_after_the_dead_letters_changes_nothing(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(15))
    functions.deliver(functions.take())
    chunks = functions.take()
    functions.deliver(chunks, functions.dead_letters)
    before = progress_of(functions.stores, job_id)
    assert before["status"] == "failed"
    assert functions.deliver(chunks) == []
    assert progress_of(functions.stores, job_id) == before


def test_a_success_already_being_committed_counts_against_the_dead_letters_only_once(
    functions: Functions,
) -> None:
    job_id = start_job(functions.stores, a_request(8))
    functions.deliver(functions.take())
    (chunk,) = functions.take()
    paused = Interrupted(functions, chunk, moment=3, dead=True)
    work(paused.stores, lambda: NOW, FakeGenerator(), json.loads(chunk))
    assert_exact(functions.stores, job_id, failed=range(8))


@pytest.mark.parametrize("moment", [*range(2, 6), None])
def test_a_dead_plan_message_ends_the_job_and_a_late_plan_changes_nothing(
    functions: Functions, moment: int | None
) -> None:
    job_id = start_job(functions.stores, a_request(15))
    (plan,) = functions.take()
    if moment is None:
        functions.deliver([plan], functions.dead_letters)
        functions.deliver([plan])
    else:
        paused = Interrupted(functions, plan, moment, dead=True)
        work(paused.stores, lambda: NOW, FakeGenerator(), json.loads(plan))
        assert paused.interrupted
    functions.run()
    assert_exact(functions.stores, job_id, failed=range(15))


@pytest.mark.parametrize("delivered", [False, True], ids=["before its chunks", "after its chunks"])
def test_a_dead_plan_message_leaves_a_planned_job_alone(functions: Functions, delivered: bool) -> None:
    job_id = start_job(functions.stores, a_request(15))
    plans = functions.take()
    functions.deliver(plans)
    if delivered:
        functions.run()
    functions.deliver(plans, functions.dead_letters)
    functions.run()
    assert_exact(functions.stores, job_id)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["plan", "context", "generate"])
def test_dead_letters_killed_around_any_call_end_the_job_when_they_come_again(kind: str, after: bool) -> None:
    deaths = 0
    while True:
        with fresh() as functions:
            job_id = start_job(functions.stores, a_request(8))
            bodies = functions.take()
            if kind == "generate":
                functions.deliver(bodies)
                bodies = functions.take()
            dying = Dying(functions.stores, at=deaths + 1, after=after)
            try:
                bury(dying.stores, lambda: NOW, json.loads(bodies[0]))
                ended = True
            except Killed:
                deaths += 1
                ended = False
            assert functions.deliver(bodies, functions.dead_letters) == []
            assert_exact(functions.stores, job_id, failed=range(8))
        if ended:
            break
    assert deaths > 2


def test_a_deleted_scenario_does_not_come_back_with_a_late_message(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(8))
    functions.deliver(functions.take())
    chunks = functions.take()
    functions.deliver(chunks)
    scenario = keys.entity(PROJECT, "SCENARIO", job_of(functions.stores, job_id).first_scenario_id + 3)
    functions.stores.table.write(Delete(scenario))
    functions.deliver(chunks)
    assert functions.stores.table.get(scenario) is None
    assert job_of(functions.stores, job_id).completed == 8


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"kind": "plan"}', '{"kind": "other", "project_id": 1}'])
def test_what_is_no_message_fails_alone_and_ends_with_the_dead_letters(
    functions: Functions, body: str
) -> None:
    job_id = start_job(functions.stores, a_request(3))
    assert functions.deliver([*functions.take(), body]) == [body]
    assert functions.deliver([body], functions.dead_letters) == []
    functions.run()
    assert_exact(functions.stores, job_id)


class Interrupted:
    """Stores that let another delivery of `body` run to its end just before the `moment`-th call."""

    def __init__(self, functions: Functions, body: str, moment: int, *, dead: bool = False) -> None:
        self.interrupted = False
        self._functions = functions
        self._body = body
        self._dead = dead
        dying = Dying(functions.stores, at=moment, after=False)
        dying.kill = self._other
        self.stores = dying.stores

    def _other(self) -> None:
        self.interrupted = True
        function = self._functions.dead_letters if self._dead else self._functions.worker
        self._functions.deliver([self._body], function)
