"""How long a job is kept: all its items say so, by the time of its creation alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from evalgen.clock import iso
from evalgen.errors import NotFound, Permanent
from evalgen.jobs.coverage import coverage
from evalgen.jobs.watching import PATIENCE_SECONDS
from evalgen.storage import keys
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import EVERY, in_folder, of_agent, of_assistant, with_tag
from evalgen.storage.ports import Item, Key, Put, Stores
from evalgen.work import work
from tests.integration.jobs.kit import (
    AGENT_BODY,
    AGENT_ID,
    NOW,
    PROJECT,
    FakeGenerator,
    Functions,
    a_request,
    assert_exact,
    job_of,
    progress_of,
    start_job,
)

DAY = 86_400
TAGS = ("given", "more", "tool")
KEPT = {keys.entities(PROJECT, kind) for kind in (SCENARIO, PROFILE)} | {
    *(
        keys.labelled(PROJECT, SCENARIO, label)
        for label in (EVERY, of_assistant("asst-1"), in_folder("a.b"), *map(with_tag, TAGS))
    ),
    *(keys.labelled(PROJECT, kind, of_agent(AGENT_ID)) for kind in (SCENARIO, PROFILE)),
    keys.uses(PROJECT),
    keys.sequence(PROJECT).pk,
    keys.agent_alive(PROJECT, AGENT_ID).pk,
}
"""The partitions of what is not a job's own."""


def every_item(state: Path) -> dict[Key, Item]:
    with closing(sqlite3.connect(state / "state.sqlite3")) as database:
        rows = database.execute("SELECT pk, sk, attributes FROM items").fetchall()
    return {Key(pk, sk): json.loads(attributes) for pk, sk, attributes in rows}


def expiries(state: Path) -> dict[Key, object]:
    """Of all items that a job leaves beside its scenarios and profiles."""
    return {key: item.get("expires_at") for key, item in every_item(state).items() if key.pk not in KEPT}


@pytest.mark.parametrize("days", [15, 90, 3650])
def test_every_item_of_a_finished_job_expires_so_many_days_after_its_creation(
    functions: Functions, tmp_path: Path, days: int
) -> None:
    """The worker runs by another clock and another setting: neither may matter."""
    functions.generator.problems["s1"] = [Permanent("No.")]
    job_id = start_job(replace(functions.stores, job_retention_days=days), a_request(12))
    functions.run()
    created_at = job_of(functions.stores, job_id).created_at
    items = [
        keys.job(PROJECT, job_id),
        keys.job_input(PROJECT, job_id),
        keys.job_report(PROJECT, job_id),
        keys.job_end(PROJECT, job_id),
        keys.agent_job(PROJECT, AGENT_ID, created_at, job_id),
        keys.agent_plan(PROJECT, AGENT_ID, 1),
        keys.watched(iso(NOW + PATIENCE_SECONDS), PROJECT, job_id),
        *(keys.slot(PROJECT, job_id, slot) for slot in range(12)),
    ]
    assert expiries(tmp_path) == dict.fromkeys(items, NOW + days * DAY)
    assert_exact(functions.stores, job_id, failed=[1])


def test_scenarios_and_profiles_do_not_expire(functions: Functions, tmp_path: Path) -> None:
    start_job(functions.stores, a_request(3))
    functions.run()
    lasting = [item for key, item in every_item(tmp_path).items() if key.pk in KEPT]
    assert len(lasting) == 3 + 3 + 2 + 2 * 3 + 2
    assert not any("expires_at" in item for item in lasting)


def test_what_waits_for_a_plan_expires_with_its_job_and_the_idempotency_key_no_later(
    functions: Functions, tmp_path: Path
) -> None:
    start_job(replace(functions.stores, job_retention_days=1), idempotency_key="k")
    assert set(expiries(tmp_path).values()) == {NOW + DAY}
    assert len(expiries(tmp_path)) == 5
    start_job(functions.stores, idempotency_key="second")
    assert expiries(tmp_path)[keys.idempotency(PROJECT, "second")] == NOW + DAY


def test_redeliveries_and_dead_letters_write_the_same_times(functions: Functions, tmp_path: Path) -> None:
    start_job(functions.stores, a_request(12))
    plans = functions.take()
    functions.deliver(plans * 2)
    chunks = functions.take()
    functions.deliver(chunks[:1] * 2)
    functions.deliver([*plans, *chunks], functions.dead_letters)
    functions.deliver(chunks)
    assert set(expiries(tmp_path).values()) == {NOW + 90 * DAY}


def test_a_job_stored_without_a_time_to_expire_is_finished_and_never_deleted(
    functions: Functions, tmp_path: Path
) -> None:
    job_id = start_job(functions.stores, a_request(3))
    item = job_of(functions.stores, job_id).item
    del item["expires_at"]
    functions.stores.table.write(Put(item))
    functions.run()
    assert_exact(functions.stores, job_id)
    slots = [keys.slot(PROJECT, job_id, slot) for slot in range(3)]
    assert [expiries(tmp_path)[key] for key in slots] == [0, 0, 0]  # DynamoDB leaves what expired years ago


def test_all_that_a_job_stores_as_blobs_lies_under_the_prefix_that_is_emptied(
    functions: Functions, tmp_path: Path
) -> None:
    job_id = start_job(functions.stores, a_request(12))
    functions.run()
    job = job_of(functions.stores, job_id)
    names = [keys.job_plans(PROJECT, job_id, job.plan)]
    assert all(name.startswith("jobs/") for name in (*names, keys.job_request(PROJECT, job_id)))
    assert not AGENT_BODY.startswith("jobs/")
    stored = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert len(stored) == len([*names, AGENT_BODY])
    assert all(functions.stores.blobs.get(name) for name in names)


def test_a_job_whose_time_is_over_is_answered_until_it_is_deleted(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(2), now=1_000_000_000.0)
    functions.run()
    assert len(progress_of(functions.stores, job_id)["scenarios_list"]) == 2
    assert coverage(functions.stores, PROJECT, job_id)["items"]


def test_a_job_whose_blobs_went_first_has_no_coverage_and_still_its_progress(stores: Stores) -> None:
    job_id = start_job(stores, a_request(2))
    work(stores, lambda: NOW, FakeGenerator(), {"kind": "plan", "project_id": PROJECT, "job_id": job_id})
    stores.blobs.delete(keys.job_plans(PROJECT, job_id, job_of(stores, job_id).plan))
    with pytest.raises(NotFound, match="not stored, or not any more"):
        coverage(stores, PROJECT, job_id)
    assert progress_of(stores, job_id)["status"] == "running"
