"""Lists cost what is on their page, and count exactly, whatever jobs, people and sweepers do at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.metered import Metered
from evalgen.catalog.forgetting import PORTION
from evalgen.catalog.profiles import Profiles
from evalgen.catalog.scenarios import Scenarios
from evalgen.contract.queries import ProfileQuery, ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.errors import InvalidRequest, Permanent
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.id_sets import BLOCK_IDS, WORD_BITS, count, marking, page, read_ids, settling
from evalgen.storage.kinds import KEPT_PROFILE, PROFILE, SCENARIO
from evalgen.storage.listing import EVERY, labelled, labels_of, of_agent, with_tag
from evalgen.storage.ports import Put, Stores
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

ALL = keys.labelled(PROJECT, SCENARIO, EVERY)


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
    every, of = (labelled(stores.table, PROJECT, SCENARIO, label) for label in (EVERY, of_agent(AGENT_ID)))
    return count(every), count(of)


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


def test_once_jobs_have_ended_and_been_seen_a_block_is_one_item(functions: Functions) -> None:
    made(functions, *[2] * 20)
    assert len(partition(functions.stores, ALL)) == 20
    sweep(functions.stores, lambda: NOW + DAYS)
    assert len(partition(functions.stores, ALL)) == 1
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


def test_ids_come_in_order_from_sets_with_gaps_and_from_jobs_of_their_own(stores: Stores) -> None:
    ids = [
        5,
        BLOCK_IDS - 1,
        BLOCK_IDS,
        BLOCK_IDS + 2,
        5 * BLOCK_IDS,
        5 * BLOCK_IDS + WORD_BITS - 1,
        5 * BLOCK_IDS + WORD_BITS,
    ]
    gone = 3 * BLOCK_IDS
    for one in [*ids, gone]:
        stores.table.transact(marking([ALL], [one], 1, job_first_id=one))
    stores.table.transact(marking([ALL], [gone], -1))
    for settled in (False, True):
        if settled:
            for one in (ids[0], ids[5], gone):
                stores.table.transact(settling(ALL, [one], one))
        found = read_ids(stores.table, ALL)
        assert count(found) == len(ids)
        assert [page(found, 2, offset=offset) for offset in range(8)] == [ids[at : at + 2] for at in range(8)]
        assert [page(found, 1, after=one) for one in ids] == [[one] for one in ids[1:]] + [[]]


def test_a_bit_of_each_of_a_blocks_ids_can_be_set_and_taken_away(stores: Stores) -> None:

    ids = range(BLOCK_IDS, 2 * BLOCK_IDS)
    stores.table.transact(marking([ALL], ids, 1))
    assert page(read_ids(stores.table, ALL), BLOCK_IDS) == list(ids)
    stores.table.transact(marking([ALL], ids[1:], -1))
    assert page(read_ids(stores.table, ALL), BLOCK_IDS) == [BLOCK_IDS]


def fill(stores: Stores, scenarios: int) -> None:
    """So many scenarios of 4 KB of an agent, as jobs of a hundred that have been seen to end leave them."""
    for first in range(1, 2 * scenarios, 200):
        ids = range(first, first + 100)
        labels: set[str] = set()
        for one in ids:
            body = {"id": one, "agent": AGENT_ID, "tags": ["t"], "folder_path": "a.b", "text": "x" * 4000}
            labels |= set(labels_of(SCENARIO, body))
            stores.table.write(
                Put({**keys.entity(PROJECT, SCENARIO, one)._asdict(), "body": json.dumps(body)})
            )
        listed = [keys.labelled(PROJECT, SCENARIO, label) for label in sorted(labels)]
        stores.table.transact(marking(listed, ids, 1))


QUERIES: dict[str, dict[str, Any]] = {
    "all": {},
    "an agent's": {"agent_id": AGENT_ID},
    "with a tag": {"tags": "t"},
    "in a folder": {"folder_path": "a.b"},
    "without a tag, an agent's": {"tags": "u", "tag_filter_type": "not", "agent_id": AGENT_ID},
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_page_costs_the_same_of_three_hundred_scenarios_and_of_two_thousand(
    functions: Functions, query: dict[str, Any]
) -> None:
    units = []
    for scenarios in (300, 2000):
        fill(functions.stores, scenarios)
        metered = Metered(functions.stores)
        last = 2 * scenarios - 140
        _, page = Scenarios(metered.stores.table, lambda: NOW).page(
            PROJECT, ScenarioQuery(page=scenarios // 20 - 1, after=last, **query)
        )
        assert len(page) == 20
        units.append(metered.meter.read_units)
    assert units[1] <= units[0] + 2
    assert units[1] <= 30


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


def test_the_profile_of_a_scenario_of_its_job_is_kept_for_it_while_it_uses_that(functions: Functions) -> None:
    first, second, third = made(functions, 3)
    profiles = Profiles(functions.stores.table, lambda: NOW)
    scenarios = Scenarios(functions.stores.table, lambda: NOW)
    own = {one: one + 3 for one in (first, second, third)}
    scenarios.patch(PROJECT, first, ScenarioPatch(test_profile=own[second]))
    scenarios.patch(PROJECT, first, ScenarioPatch(test_profile=own[first]))
    scenarios.patch(PROJECT, second, ScenarioPatch(test_profile=own[third]))
    told = profiles.list(PROJECT, ProfileQuery())
    assert [one["scenarios"] for one in told] == [[first], [], [second, third]]
    for one in own.values():
        profiles.delete(PROJECT, one)
    kept = partition(functions.stores, keys.entities(PROJECT, KEPT_PROFILE))
    assert [item["id"] for item in kept] == [own[first], own[third]]
    said = [scenarios.read(PROJECT, one)["test_profile_data"]["name"] for one in own]
    assert said == ["Profile of s0", "Profile of s2", "Profile of s2"]


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
    from evalgen.work import work

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


def test_a_jobs_marks_are_no_rivals_of_another_jobs() -> None:
    for first in (1, 41):
        for write in marking([ALL], range(first, first + 20), 1, job_first_id=first):
            assert write.key.sk.endswith(keys.padded(first))


def test_filters_find_what_they_say(functions: Functions) -> None:
    stores = functions.stores
    first, second, third, fourth = made(functions, 4)
    scenarios = Scenarios(stores.table, lambda: NOW)
    scenarios.patch(PROJECT, first, ScenarioPatch(tags=["x", "y"]))
    scenarios.patch(PROJECT, second, ScenarioPatch(tags=["y"]))
    scenarios.patch(PROJECT, third, ScenarioPatch(tags=[], folder_path=""))
    for query, ids in (
        ({"tags": "x"}, [first]),
        ({"tags": "x,y"}, [first, second]),
        ({"tags": "x, y", "tag_filter_type": "and"}, [first]),
        ({"tags": "x,given", "tag_filter_type": "not"}, [second, third]),
        ({"tags": "x,given", "tag_filter_type": "not", "agent_id": AGENT_ID + 1}, []),
        ({"tags": "nobody has it"}, []),
        ({"folder_path": "a.b"}, [first, second, fourth]),
        ({"folder_path": ""}, [third]),
        ({"folder_path": "a.b", "tags": "given"}, [fourth]),
        ({"assistant_id": "asst-1"}, [first, second, third, fourth]),
        ({"assistant_id": "asst-2"}, []),
        ({"agent_id": AGENT_ID, "tags": "y", "after": first}, [second]),
    ):
        assert listed(stores, **query) == ids, query
    scenarios.delete(PROJECT, first)
    sweep(stores, lambda: NOW + DAYS)
    assert listed(stores, tags="x,y") == [second]
    assert labelled(stores.table, PROJECT, SCENARIO, with_tag("x")) == {}
