"""Jobs that stand still, for whatever reason, are found by the sweeper and go on."""

from __future__ import annotations

import pytest

from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Put, Stores
from local.intrinsics import load_template
from tests.conftest import ROOT
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
    start_job,
)

MINUTE = 60.0
DAY = 24 * 60 * MINUTE


def looks(stores: Stores) -> list[str]:
    return [str(item["job_id"]) for item in partition(stores, keys.WATCHED)]


def test_a_job_whose_plan_message_was_lost_is_planned_after_two_minutes(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(12))
    functions.take()
    assert sweep(functions.stores, lambda: NOW + 119) == 0
    assert sweep(functions.stores, lambda: NOW + 121) == 1
    functions.run()
    assert_exact(functions.stores, job_id)


@pytest.mark.parametrize("done", [0, 1, 2], ids=["no chunk", "one chunk", "two chunks"])
def test_a_planned_job_whose_chunks_are_gone_has_them_sent_again(functions: Functions, done: int) -> None:
    job_id = start_job(functions.stores, a_request(25))
    functions.deliver(functions.take())
    functions.deliver(functions.take()[:done])  # and the rest is lost
    assert sweep(functions.stores, lambda: NOW + 2 * MINUTE) == 0  # the plan has been made meanwhile
    assert sweep(functions.stores, lambda: NOW + 4 * MINUTE) == 1
    functions.run()
    assert_exact(functions.stores, job_id)


def test_after_four_days_without_a_consumer_and_no_message_left_the_job_ends(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(25))
    functions.deliver(functions.take())
    minutes = int(4 * DAY / MINUTE)
    for minute in range(minutes):
        sweep(functions.stores, lambda: NOW + minute * MINUTE)  # noqa: B023 - called within the iteration
    assert len(functions.take()) < 30
    again = next(n for n in range(minutes) if sweep(functions.stores, lambda: NOW + 4 * DAY + n * MINUTE))  # noqa: B023
    assert again <= 2**8 * 2
    functions.run()
    assert_exact(functions.stores, job_id)


def test_a_job_that_moves_is_only_looked_at_and_one_that_ended_is_forgotten(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(20))
    functions.deliver(functions.take())
    first, second = functions.take()
    assert sweep(functions.stores, lambda: NOW + 2 * MINUTE) == 0
    functions.deliver([first])
    assert sweep(functions.stores, lambda: NOW + 4 * MINUTE) == 0
    functions.deliver([second])
    assert looks(functions.stores) == [job_id]
    assert sweep(functions.stores, lambda: NOW + 6 * MINUTE) == 0
    assert looks(functions.stores) == []
    pointers = keys.agent_job(PROJECT, AGENT_ID, "", "")
    assert functions.stores.table.query(pointers.pk, first="JOB#", last="JOB#~").items == []


def test_a_job_that_is_gone_is_forgotten(functions: Functions) -> None:
    job_id = start_job(functions.stores)
    functions.stores.table.write(Delete(keys.job(PROJECT, job_id)))
    assert sweep(functions.stores, lambda: NOW + DAY) == 0
    assert looks(functions.stores) == []


def test_sweeping_every_minute_sends_the_less_the_longer_a_job_stands_still(functions: Functions) -> None:
    start_job(functions.stores)
    functions.take()

    def sweep_at(minute: int) -> int:
        return sweep(functions.stores, lambda: NOW + MINUTE * minute)

    assert [minute for minute in range(1, 70) if sweep_at(minute)] == [2, 6, 14, 30, 62]


@pytest.mark.parametrize("projects", [1, 40])
def test_a_sweep_without_anything_due_is_one_query_however_many_projects_there_are(
    functions: Functions, projects: int
) -> None:
    for project_id in range(1, projects + 1):
        functions.stores.table.write(Put({**keys.project(project_id)._asdict(), "project_id": project_id}))
    start_job(functions.stores)
    counting = Dying(functions.stores, at=-1, after=False)
    assert sweep(counting.stores, lambda: NOW + MINUTE) == 0
    assert counting.calls <= 2  # the query, and a send of nothing


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_sweeper_killed_around_any_call_is_made_up_for(functions: Functions, after: bool) -> None:
    job_ids = [start_job(functions.stores, a_request(3), now=NOW + n) for n in range(3)]
    functions.take()
    for at in range(1, 12):
        dying = Dying(functions.stores, at=at, after=after)
        try:
            sweep(dying.stores, lambda: NOW + at * DAY)  # noqa: B023 - called within the iteration
        except Killed:
            continue
    functions.run()
    for job_id in job_ids:
        assert job_of(functions.stores, job_id).done == 4
        assert_exact(functions.stores, job_id)


def test_the_work_queue_keeps_as_long_as_the_dead_letters_and_no_longer_than_jobs_are_kept() -> None:
    queues = load_template(ROOT / "template.yaml").of_type("AWS::SQS::Queue")
    kept = {name: own["MessageRetentionPeriod"] for name, own in queues.items()}
    assert kept["WorkQueue"] == kept["DeadLetterQueue"] == 14 * DAY


def test_a_closed_job_without_plans_is_ended_by_its_plan_message(functions: Functions) -> None:
    from evalgen.jobs.agent_alive import AGENT_DELETED, withdraw

    job_id = start_job(functions.stores, a_request(12))
    functions.take()
    withdraw(functions.stores.table, PROJECT, AGENT_ID)
    assert sweep(functions.stores, lambda: NOW + 2 * MINUTE) == 0  # closing it was a move
    assert sweep(functions.stores, lambda: NOW + 4 * MINUTE) == 1
    functions.run()
    job = job_of(functions.stores, job_id)
    assert (job.failed, job.closed) == (12, AGENT_DELETED)
    assert isinstance(functions.generator, FakeGenerator)
    assert functions.generator.written == []
