"""Agents and scenarios that are deleted while a job runs: counters stay true, and nothing comes back."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from evalgen.catalog.profiles import Profiles
from evalgen.catalog.scenarios import Scenarios
from evalgen.contract.profiles import ProfileCreate
from evalgen.errors import InvalidRequest
from evalgen.generation.brief import GivenProfile
from evalgen.jobs.agent_alive import AGENT_DELETED, withdraw
from evalgen.jobs.generate import PROFILE_DELETED
from evalgen.storage import keys
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.ports import Delete, Put, Stores
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
    generate_messages,
    job_of,
    partition,
    progress_of,
    start_job,
)


def delete_agent(stores: Stores) -> None:
    """What the catalog does, in its order."""
    withdraw(stores.table, PROJECT, AGENT_ID)
    Scenarios(stores.table, lambda: NOW).forget_agent(PROJECT, AGENT_ID, delete=True, most=1000)


def assert_gone(stores: Stores, job_id: str) -> None:
    """The job has ended, each slot once, and nothing of the agent is there."""
    job = job_of(stores, job_id)
    assert job.completed + job.failed == job.total
    slots = [item for item in partition(stores, keys.slot(PROJECT, job_id, 0).pk) if "reason" in item]
    assert sum(1 for slot in slots if slot["reason"]) == job.failed
    assert {slot["reason"] for slot in slots} <= {"", AGENT_DELETED}
    for kind in (SCENARIO, PROFILE):
        assert partition(stores, keys.entities(PROJECT, kind)) == []
    progress = progress_of(stores, job_id)
    assert progress["scenarios_list"] == []
    assert len(progress["failures"]) == job.failed


@pytest.mark.parametrize("kind", ["plan", "generate"])
def test_an_agent_deleted_at_any_call_of_a_worker_leaves_no_ghosts(kind: str) -> None:
    at = 0
    while True:
        at += 1
        with tempfile.TemporaryDirectory() as folder:
            functions = Functions(Path(folder), FakeGenerator())
            stores = functions.stores
            job_id = start_job(stores, a_request(12))
            (body,) = functions.take()
            if kind == "generate":
                functions.deliver([body])
                body, rest = functions.take()
                functions.deliver([rest])
            racing = Dying(stores, at=at, after=False)
            racing.kill = lambda stores=stores: delete_agent(stores)  # type: ignore[misc] # this round's
            work(racing.stores, lambda: NOW, functions.generator, json.loads(body))
            functions.run()
            if racing.calls < at:
                assert_exact(stores, job_id)
                break
            assert_gone(stores, job_id)
    assert at > 3


def test_slots_that_had_ended_stay_completed_and_the_rest_fails(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(20))
    functions.deliver(functions.take())
    first, second = functions.take()
    functions.deliver([first])
    delete_agent(functions.stores)
    written = list(functions.generator.written)
    functions.deliver([second, first])
    assert functions.generator.written == written
    job = job_of(functions.stores, job_id)
    assert (job.completed, job.failed, job.status) == (10, 10, "completed")
    assert_gone(functions.stores, job_id)


def test_no_job_is_made_for_a_deleted_agent(stores: Stores) -> None:
    from evalgen.jobs.create import create_job

    with pytest.raises(InvalidRequest) as refused:
        create_job(stores, lambda: NOW, PROJECT, a_request(), "key", "body")
    assert refused.value.fields == {"agent_id": [f"There is no agent {AGENT_ID}."]}
    assert partition(stores, keys.WATCHED) == []


@pytest.mark.parametrize("chunks", [0, 1])
def test_no_scenario_is_made_for_a_profile_that_is_gone(functions: Functions, chunks: int) -> None:
    key = keys.entity(PROJECT, PROFILE, 900)
    functions.stores.table.write(Put({**key._asdict(), "id": 900, "body": "{}"}))
    job_id = start_job(functions.stores, a_request(20, GivenProfile(900, "Given", {}, {})))
    functions.deliver(functions.take())
    bodies = functions.take()
    functions.deliver(bodies[:chunks])
    functions.stores.table.write(Delete(key))
    functions.deliver(bodies[chunks:])
    job = job_of(functions.stores, job_id)
    assert (job.completed, job.failed) == (10 * chunks, 20 - 10 * chunks)
    reasons = {failure["reason"] for failure in progress_of(functions.stores, job_id)["failures"]}
    assert reasons == {PROFILE_DELETED}


@pytest.mark.parametrize("dies", [False, True], ids=["and goes on", "and dies"])
def test_a_profile_deleted_at_any_call_of_a_worker_leaves_no_placeholder_without_a_value(dies: bool) -> None:
    """Scenarios were written for it, or say that it was deleted, whatever came first by milliseconds."""
    at = made = 0
    while True:
        at += 1
        with tempfile.TemporaryDirectory() as folder:
            functions = Functions(Path(folder), FakeGenerator())
            stores = functions.stores
            profiles = Profiles(stores.table, lambda: NOW)
            given = ProfileCreate(name="Given", information={"main_agent_variables": {"id": "1"}})
            profile = profiles.create(PROJECT, given)["id"]
            job_id = start_job(stores, a_request(10, GivenProfile(profile, "Given", {"id": "1"}, {})))
            functions.deliver(functions.take())
            [message] = generate_messages(functions.take())
            dying = Dying(stores, at=at, after=False)

            def delete(profiles: Profiles = profiles, profile: int = profile) -> None:
                profiles.delete(PROJECT, profile)
                if dies:
                    raise Killed

            dying.kill = delete
            with suppress(Killed):
                work(dying.stores, lambda: NOW, FakeGenerator(), message)
            if dying.calls < at:
                break
            work(stores, lambda: NOW, FakeGenerator(), message)
            progress = progress_of(stores, job_id)
            assert progress["completed_scenarios"] + progress["failed_scenarios"] == 10
            for scenario in progress["scenarios_list"]:
                assert scenario["test_profile"] is None
                assert scenario["test_profile_data"]["information"]["main_agent_variables"] == {"id": "1"}
            made += bool(progress["scenarios_list"])
    assert at > 5
    assert 0 < made < at - 1


@pytest.mark.parametrize("times", [1, 3])
def test_a_deleted_scenario_stays_deleted_whatever_is_delivered_again(
    functions: Functions, times: int
) -> None:
    job_id = start_job(functions.stores, a_request(10))
    functions.deliver(functions.take())
    bodies = functions.take()
    functions.deliver(bodies)
    job = job_of(functions.stores, job_id)
    gone = job.first_scenario_id + 3
    Scenarios(functions.stores.table, lambda: NOW).delete(PROJECT, gone)
    functions.deliver(bodies * times)
    job = job_of(functions.stores, job_id)
    assert (job.completed, job.failed) == (10, 0)
    ids = [scenario["id"] for scenario in progress_of(functions.stores, job_id)["scenarios_list"]]
    assert ids == [one for one in range(job.first_scenario_id, job.first_scenario_id + 10) if one != gone]
    assert len(generate_messages(bodies)) == 1
