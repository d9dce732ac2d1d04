"""What a job covers: the ledger of its plans, as the coverage endpoint answers it."""

from __future__ import annotations

import uuid

import pytest

from evalgen.errors import NotFound, Permanent
from evalgen.generation.ledger import summary_of
from evalgen.jobs.coverage import coverage
from evalgen.storage.ports import Stores
from evalgen.work import work
from tests.integration.jobs.kit import (
    LEDGER,
    NOW,
    PROJECT,
    FakeGenerator,
    Functions,
    a_request,
    job_of,
    start_job,
)


def scenarios_of(stores: Stores, job_id: str) -> dict[str, list[int]]:
    return {item["id"]: item["scenarios"] for item in coverage(stores, PROJECT, job_id)["items"]}


def test_a_job_without_a_plan_covers_nothing_yet(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(2))
    assert coverage(functions.stores, PROJECT, job_id) == {
        "progress_id": job_id,
        "status": "queued",
        "summary": None,
        "items": [],
    }


def test_each_item_names_the_scenarios_that_test_it_or_why_none_does(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(2))
    functions.run()
    first = job_of(functions.stores, job_id).first_scenario_id
    told = coverage(functions.stores, PROJECT, job_id)
    assert told["summary"] == summary_of(LEDGER)
    assert [(i["id"], i["line"], i["status"], i["scenarios"], i["reason"]) for i in told["items"]] == [
        ("s1", 1, "covered", [first, first + 1], ""),
        ("s2", 2, "not_yet", [], ""),
        ("s3", 3, "not_testable", [], "it says who the agent is"),
        ("find:error", None, "covered", [first + 1], ""),
    ]


def test_a_slot_that_failed_covers_nothing(functions: Functions) -> None:
    functions.generator.problems["s1"] = [Permanent("No.")]
    job_id = start_job(functions.stores, a_request(2))
    functions.run()
    first = job_of(functions.stores, job_id).first_scenario_id
    assert scenarios_of(functions.stores, job_id) == {"s1": [first], "s2": [], "s3": [], "find:error": []}
    assert coverage(functions.stores, PROJECT, job_id)["summary"]["tool_outcomes_covered"] == 0


def test_a_job_that_could_not_be_planned_has_an_empty_ledger(functions: Functions) -> None:
    functions.generator.shortfall = 2
    job_id = start_job(functions.stores, a_request(2))
    functions.run()
    told = coverage(functions.stores, PROJECT, job_id)
    assert (told["status"], told["summary"]["statements_covered"]) == ("failed", 0)


def test_another_projects_job_is_not_found(functions: Functions) -> None:
    job_id = start_job(functions.stores)
    with pytest.raises(NotFound):
        coverage(functions.stores, PROJECT + 1, job_id)
    with pytest.raises(NotFound):
        coverage(functions.stores, PROJECT, str(uuid.uuid4()))


def test_the_ledger_is_that_of_the_plans_that_won(functions: Functions) -> None:
    """Two workers plan; the job works by the first one's plans, and by its ledger."""
    stores = functions.stores
    job_id = start_job(stores, a_request(2))
    message = {"kind": "plan", "project_id": PROJECT, "job_id": job_id}
    work(stores, lambda: NOW, FakeGenerator(), message)
    planned = coverage(stores, PROJECT, job_id)
    work(stores, lambda: NOW, FakeGenerator(shortfall=1), message)
    assert coverage(stores, PROJECT, job_id) == planned
