"""Creating a job: its ids, and one job for one Idempotency-Key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from evalgen.errors import Conflict
from evalgen.generation.brief import GivenProfile
from evalgen.jobs.agent_alive import alive
from evalgen.jobs.create import create_job
from evalgen.storage import keys
from evalgen.storage.ports import Put, Stores
from tests.integration.jobs.kit import (
    AGENT_ID,
    NOW,
    PROJECT,
    Functions,
    a_request,
    job_of,
    partition,
    start_job,
)


def jobs_of_the_agent(stores: Stores) -> list[str]:
    return [str(item["job_id"]) for item in partition(stores, keys.agent_job(PROJECT, 3, "", "").pk)]


def test_each_job_gets_a_block_of_ids_for_scenarios_and_then_for_profiles(stores: Stores) -> None:
    first, second = (job_of(stores, start_job(stores, a_request(20))) for _ in range(2))
    assert first.first_profile_id == first.first_scenario_id + 20
    assert second.first_scenario_id == first.first_profile_id + 20


def test_a_given_profile_takes_no_ids(stores: Stores) -> None:
    job = job_of(stores, start_job(stores, a_request(20, GivenProfile(1, "Given", {}, {}))))
    assert job.first_profile_id == 0
    assert job_of(stores, start_job(stores)).first_scenario_id == job.first_scenario_id + 20


def test_without_a_key_each_creation_is_a_job_of_its_own(stores: Stores) -> None:
    assert start_job(stores) != start_job(stores)


def test_the_same_key_and_body_are_the_same_job(stores: Stores) -> None:
    assert start_job(stores, idempotency_key="k" * 255) == start_job(stores, idempotency_key="k" * 255)
    assert len(jobs_of_the_agent(stores)) == 1


def test_the_same_key_with_another_body_is_a_conflict(stores: Stores) -> None:
    start_job(stores, idempotency_key="k", body_sha256="one")
    with pytest.raises(Conflict, match="another body") as conflict:
        start_job(stores, idempotency_key="k", body_sha256="two")
    assert conflict.value.status == 409


def test_a_key_belongs_to_its_project(stores: Stores) -> None:
    first = start_job(stores, idempotency_key="k")
    stores.table.write(Put(alive(PROJECT + 1, AGENT_ID)))
    assert create_job(stores, lambda: NOW, PROJECT + 1, a_request(), "k", "other") != first


def test_a_repeated_creation_sends_the_plan_again_only_while_the_job_is_unplanned(
    functions: Functions,
) -> None:
    start_job(functions.stores, idempotency_key="k")
    functions.take()
    start_job(functions.stores, idempotency_key="k")
    functions.deliver(functions.take())
    functions.take()
    start_job(functions.stores, idempotency_key="k")
    assert functions.take() == []


def test_creations_at_once_with_one_key_are_one_job(functions: Functions) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(lambda _: start_job(functions.stores, idempotency_key="k"), range(12)))
    assert len(ids) == 1
    assert jobs_of_the_agent(functions.stores) == list(ids)


def test_of_two_creations_between_each_others_steps_the_loser_answers_with_the_winners_job(
    stores: Stores,
) -> None:
    from tests.integration.jobs.kit import Dying

    winners: list[str] = []
    racing = Dying(stores, at=5, after=False)
    racing.kill = lambda: winners.append(start_job(stores, idempotency_key="k"))
    loser = start_job(racing.stores, idempotency_key="k")
    assert [loser] == winners
    assert jobs_of_the_agent(stores) == winners
