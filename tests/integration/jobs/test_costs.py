"""What jobs and deletions cost in calls, units and bytes: counted, so that none grows unseen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from benchmarks.metered import Meter, Metered
from evalgen.catalog.forgetting import forget
from evalgen.catalog.profiles import Profiles
from evalgen.contract.profiles import ProfileCreate
from evalgen.generation.brief import GivenProfile
from evalgen.jobs.agent_alive import withdraw
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.progress import progress
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.ports import Item
from evalgen.work import work
from tests.agents_on_disk import definition_of
from tests.integration.jobs.kit import AGENT_ID, NOW, PROJECT, Functions, a_request, partition, start_job


def costs(functions: Functions) -> dict[str, Meter]:
    """Of the plan and of the first chunk of a job of a hundred of the sample agent."""
    start_job(functions.stores, a_request(100), definition_of("roadside"))
    found: dict[str, Meter] = {}
    for kind in ("plan", "generate"):
        metered = Metered(functions.stores)
        work(metered.stores, lambda: NOW, Embedded(), json.loads(functions.take()[0]))
        found[kind] = metered.meter
    return found


def test_the_messages_of_a_large_job_cost_no_more(functions: Functions) -> None:
    found = costs(functions)
    for kind, calls, read_units, write_units, kilobytes_out in (
        ("plan", 6, 2, 8, 100),
        ("generate", 3, 1, 125, 40),
    ):
        cost = found[kind]
        assert cost.calls <= calls, (kind, cost)
        assert cost.read_units <= read_units, (kind, cost)
        assert cost.write_units <= write_units, (kind, cost)
        assert cost.bytes_out <= 1000 * kilobytes_out, (kind, cost)


def test_a_chunk_that_comes_again_once_it_has_ended_costs_a_read_of_its_job(functions: Functions) -> None:
    start_job(functions.stores, a_request(12))
    functions.deliver(functions.take())
    chunks = functions.take()
    functions.deliver(chunks)
    for body in chunks:
        metered = Metered(functions.stores)
        work(metered.stores, lambda: NOW, functions.generator, json.loads(body))
        assert (metered.meter.calls, metered.meter.read_units) == (1, 1)


@pytest.mark.parametrize("scenarios", [1, 10])
def test_a_deleted_profile_is_read_once_for_all_the_scenarios_of_its_job(
    functions: Functions, scenarios: int
) -> None:
    profiles = Profiles(functions.stores.table, lambda: NOW)
    given = GivenProfile(profiles.create(PROJECT, ProfileCreate(name="Given"))["id"], "Given", {}, {})
    job_id = start_job(functions.stores, a_request(scenarios, given))
    functions.run()
    profiles.delete(PROJECT, given.id)
    metered = Metered(functions.stores)
    told = progress(metered.stores.table, PROJECT, {"progress_id": job_id})["scenarios_list"]
    assert [one["test_profile_data"]["name"] for one in told] == ["Given"] * scenarios
    assert metered.meter.calls == 4


def forgetting(functions: Functions, *, delete: bool) -> Meter:
    """What it costs to delete an agent with two hundred scenarios, and with or without them."""
    for number in range(2):
        start_job(functions.stores, a_request(100), now=NOW + number)
        functions.run()
    metered = Metered(functions.stores)
    withdraw(metered.stores.table, PROJECT, AGENT_ID)
    bodies = [ForgetMessage(PROJECT, AGENT_ID, delete=delete).body]
    while bodies:
        message = bodies.pop()
        forget(metered.stores, lambda: NOW, ForgetMessage(PROJECT, AGENT_ID, bool(message["delete"])))
        bodies += map(json.loads, functions.take())
    return metered.meter


def test_an_agent_with_two_hundred_scenarios_is_deleted_in_forty_calls(functions: Functions) -> None:
    meter = forgetting(functions, delete=True)
    assert partition(functions.stores, keys.entities(PROJECT, SCENARIO)) == []
    assert meter.calls <= 40


def test_two_hundred_scenarios_lose_their_agent_in_forty_calls(functions: Functions) -> None:
    meter = forgetting(functions, delete=False)
    items = partition(functions.stores, keys.entities(PROJECT, SCENARIO))
    agents = [body_of(item)["agent"] for item in items]
    assert agents == [None] * 200
    assert meter.calls <= 40


def delete_many(scenarios: Entities, items: list[Item]) -> None:
    scenarios.delete_all(PROJECT, items)


def tag_many(scenarios: Entities, items: list[Item]) -> None:
    scenarios.change_all(PROJECT, items, lambda body: {**body, "tags": ["new"]}, "2026-11-28T12:00:00.000Z")


@pytest.mark.parametrize("do", [delete_many, tag_many])
def test_of_many_that_somebody_deletes_one_of_each_is_done_at_most_once_more(
    functions: Functions, do: Callable[[Entities, list[Item]], None]
) -> None:
    for number in range(3):
        start_job(functions.stores, a_request(100), now=NOW + number)
        functions.run()
    metered = Metered(functions.stores)
    scenarios = Entities(metered.stores.table, SCENARIO)
    items = list(scenarios.all(PROJECT))
    Entities(functions.stores.table, SCENARIO).delete(PROJECT, int(items[0]["id"]))
    metered.meter.calls = 0
    do(scenarios, items)
    assert metered.meter.calls <= 2 * len(items)
    left = [body_of(item)["tags"] for item in scenarios.all(PROJECT)]
    assert left == ([] if do is delete_many else [["new"]] * (len(items) - 1))
