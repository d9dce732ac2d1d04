"""Lists cost what is on their page, and count exactly, whatever jobs, people and sweepers do at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from evalgen.catalog.counts import BLOCK_IDS, count, counting, place_of
from evalgen.catalog.forgetting import PORTION
from evalgen.catalog.kinds import PROFILE, SCENARIO
from evalgen.catalog.listing import listed_in
from evalgen.catalog.profiles import Profiles
from evalgen.catalog.scenarios import Scenarios
from evalgen.contract.queries import ProfileQuery, ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.errors import InvalidRequest, Permanent
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.ports import Item, Key, Page, Put, Stores, Update
from tests.integration.jobs.kit import (
    AGENT_ID,
    DAYS,
    NOW,
    PROJECT,
    Dying,
    FakeGenerator,
    Functions,
    Killed,
    a_request,
    job_of,
    partition,
    start_job,
)

ALL, OF_AGENT = listed_in(PROJECT, AGENT_ID)


def made(functions: Functions, *sizes: int) -> list[int]:
    """The ids of the scenarios of finished jobs of these sizes."""
    ids: list[int] = []
    for n, size in enumerate(sizes):
        job_id = start_job(functions.stores, a_request(size), now=NOW + n)
        functions.run()
        first = job_of(functions.stores, job_id).first_scenario_id
        ids += range(first, first + size)
    return ids


def listed(stores: Stores, **query: Any) -> list[int]:
    _, page = Scenarios(stores.table, lambda: NOW).page(PROJECT, ScenarioQuery(**query))
    return [body["id"] for body in page]


def counts(stores: Stores) -> tuple[int, int]:
    return count(stores.table, ALL), count(stores.table, OF_AGENT)


@pytest.mark.parametrize("query", [{}, {"agent_id": AGENT_ID}], ids=["all", "an agent's"])
@pytest.mark.parametrize("swept", [False, True])
def test_every_page_of_every_size_has_its_scenarios(
    functions: Functions, query: dict[str, Any], swept: bool
) -> None:
    ids = made(functions, 30, 7, 30)
    if swept:
        sweep(functions.stores, lambda: NOW + DAYS)
    for size in (1, 20, 67, 100):
        pages = range(1, -(-len(ids) // size) + 1)
        found = [listed(functions.stores, page=n, page_size=size, **query) for n in pages]
        assert [one for page in found for one in page] == ids
    assert listed(functions.stores, page=2, page_size=20, after=ids[3]) == ids[4:24]
    assert counts(functions.stores) == (67, 67)


@pytest.mark.parametrize("swept", [False, True])
def test_deleted_scenarios_are_counted_no_longer(functions: Functions, swept: bool) -> None:
    ids = made(functions, 30)
    scenarios = Scenarios(functions.stores.table, lambda: NOW)
    scenarios.delete(PROJECT, ids[4])
    if swept:
        sweep(functions.stores, lambda: NOW + DAYS)
    scenarios.delete(PROJECT, ids[8])
    left = [one for one in ids if one not in (ids[4], ids[8])]
    assert counts(functions.stores) == (28, 28)
    assert listed(functions.stores, page_size=100, agent_id=AGENT_ID) == left
    assert listed(functions.stores, page=2, page_size=10) == left[10:20]


def test_slots_that_failed_are_not_counted(functions: Functions) -> None:
    functions.generator.problems["s1"] = [Permanent("No.")]
    start_job(functions.stores, a_request(12))
    functions.run()
    assert counts(functions.stores) == (11, 11)


def test_once_jobs_have_ended_and_been_seen_a_block_has_one_count(functions: Functions) -> None:
    made(functions, *[2] * 20)
    assert len(partition(functions.stores, keys.counts(ALL))) == 20
    sweep(functions.stores, lambda: NOW + DAYS)
    assert len(partition(functions.stores, keys.counts(ALL))) == 1
    assert counts(functions.stores) == (40, 40)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_sweeper_killed_around_any_call_counts_nothing_twice(functions: Functions, after: bool) -> None:
    made(functions, 12, 12)
    for at in range(1, 14):
        dying = Dying(functions.stores, at=at, after=after)
        try:
            sweep(dying.stores, lambda: NOW + DAYS)
        except Killed:
            assert counts(functions.stores) == (24, 24)
    assert counts(functions.stores) == (24, 24)


def test_a_place_is_found_over_blocks_that_are_empty_or_emptied(stores: Stores) -> None:
    ids = [5, BLOCK_IDS + 1, BLOCK_IDS + 2, 5 * BLOCK_IDS]
    for one in [*ids, 3 * BLOCK_IDS]:
        stores.table.transact(counting([ALL], [one], 1, job_first_id=one))
    stores.table.transact(counting([ALL], [3 * BLOCK_IDS], -1))
    places = [place_of(stores.table, ALL, offset) for offset in range(5)]
    assert [(place.first_id // BLOCK_IDS, place.skip) for place in places[:4]] == [
        (0, 0),
        (1, 0),
        (1, 1),
        (5, 0),
    ]
    assert stores.table.query(ALL, first=keys.padded(places[4].first_id)).items == []


@dataclass
class Metered:
    """A table that counts what DynamoDB would read: units of 4 KB, each query rounded up."""

    stores: Stores
    units: int = 0
    calls: int = 0
    got: list[Item] = field(default_factory=list)

    def get(self, key: Key) -> Item | None:
        item = self.stores.table.get(key)
        self._read([item] if item else [])
        return item

    def query(self, pk: str, **how: Any) -> Page:
        page = self.stores.table.query(pk, **how)
        self._read(page.items)
        return page

    def _read(self, items: Sequence[Item]) -> None:
        self.calls += 1
        self.units += -(-max(1, sum(len(json.dumps(item)) for item in items)) // 4096)


def fill(stores: Stores, scenarios: int) -> None:
    """So many scenarios of 4 KB of an agent, as jobs of a hundred that have been seen to end leave them."""
    for first in range(1, 2 * scenarios, 200):
        ids = range(first, first + 100)
        for at in range(0, 100, 25):
            portion = ids[at : at + 25]
            items: list[Item] = []
            for one in portion:
                body = {"id": one, "agent": AGENT_ID, "tags": [], "text": "x" * 4000}
                items.append({**keys.entity(PROJECT, SCENARIO, one)._asdict(), "body": json.dumps(body)})
                items.append({"pk": OF_AGENT, "sk": keys.padded(one)})
            counted = counting([ALL, OF_AGENT], portion, 1)
            stores.table.transact([*(Put(item) for item in items), *counted])


@pytest.mark.parametrize("query", [{}, {"agent_id": AGENT_ID}], ids=["all", "an agent's"])
def test_a_page_costs_the_same_of_three_hundred_scenarios_and_of_two_thousand(
    functions: Functions, query: dict[str, Any]
) -> None:
    units = []
    for scenarios in (300, 2000):
        fill(functions.stores, scenarios)
        metered = Metered(functions.stores)
        last = 2 * scenarios - 140
        _, page = Scenarios(metered, lambda: NOW).page(  # type: ignore[arg-type] # a table to read from
            PROJECT, ScenarioQuery(page=scenarios // 20 - 1, after=last, **query)
        )
        assert len(page) == 20
        units.append(metered.units)
    assert units[1] <= units[0] + 2


def test_a_page_by_its_number_reads_no_more_than_a_block(functions: Functions) -> None:
    fill(functions.stores, 2000)
    metered = Metered(functions.stores)
    _, page = Scenarios(metered, lambda: NOW).page(PROJECT, ScenarioQuery(page=90, agent_id=AGENT_ID))  # type: ignore[arg-type] # likewise
    assert len(page) == 20
    assert metered.units < 80


def test_profiles_come_in_pages_with_what_uses_them(functions: Functions) -> None:
    ids = made(functions, 30)
    job_profiles = range(ids[0] + 30, ids[0] + 60)
    profiles = Profiles(functions.stores.table, lambda: NOW)
    scenarios = Scenarios(functions.stores.table, lambda: NOW)
    scenarios.patch(PROJECT, ids[3], ScenarioPatch(test_profile=job_profiles[0]))
    scenarios.delete(PROJECT, ids[5])
    using = [[ids[0], ids[3]], [ids[1]], [ids[2]], [], [ids[4]], []]
    queries: list[dict[str, Any]] = [{}, {"agent_id": AGENT_ID}]
    for query in queries:
        first = profiles.list(PROJECT, ProfileQuery(page_size=10, **query))
        assert [one["id"] for one in first] == list(job_profiles[:10])
        assert [one["scenarios"] for one in first[:6]] == using
        rest = profiles.list(PROJECT, ProfileQuery(after=first[-1]["id"], **query))
        assert [one["id"] for one in rest] == list(job_profiles[10:])


def test_more_profiles_than_an_answer_holds_are_refused_with_what_to_do(
    functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(functions, 30)
    monkeypatch.setattr("evalgen.catalog.profiles.MAX_ANSWER_BYTES", 4000)
    profiles = Profiles(functions.stores.table, lambda: NOW)
    with pytest.raises(InvalidRequest, match="ask for fewer"):
        profiles.list(PROJECT, ProfileQuery())
    assert len(profiles.list(PROJECT, ProfileQuery(page_size=5))) == 5


@pytest.mark.parametrize("delete", [True, False])
def test_what_belonged_to_an_agent_goes_in_portions(functions: Functions, delete: bool) -> None:
    from evalgen.jobs.work import work

    ids = made(functions, 100, 100, 100)
    message: dict[str, object] = ForgetMessage(PROJECT, AGENT_ID, delete).body
    portions = 0
    while True:
        work(functions.stores, lambda: NOW, FakeGenerator(), message)
        portions += 1
        waiting = functions.take()
        if not waiting:
            break
        (message,) = map(json.loads, waiting)
    assert 600 // PORTION <= portions <= 600 // PORTION + 1
    left = [] if delete else ids
    assert [item["id"] for item in partition(functions.stores, keys.entities(PROJECT, SCENARIO))] == left
    assert len(partition(functions.stores, keys.entities(PROJECT, PROFILE))) == len(left)
    assert counts(functions.stores) == (len(left), 0)
    assert partition(functions.stores, keys.uses(PROJECT)) == [] or not delete


def test_a_count_is_no_rival_of_another_jobs(functions: Functions) -> None:
    for first in (1, 41):
        for write in counting([ALL], range(first, first + 20), 1, job_first_id=first):
            assert isinstance(write, Update)
            assert write.key.sk.endswith(keys.padded(first))
