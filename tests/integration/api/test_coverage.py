"""GET generate-coverage, from the request to the ledger of a job's real plans."""

from __future__ import annotations

import time
import uuid

import pytest

from evalgen.contract.scenario_answers import Coverage
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.messages import PlanMessage
from evalgen.jobs.plan import plan
from tests.integration.api.client import FIRST, SECOND, V1, Answer, Api

COVERAGE = f"{V1}/scenarios/generate-coverage"
DESCRIPTION = "You are Ada, who takes orders.\n\nNever give tax advice.\n\nAsk for the order number first."


def coverage(api: Api, query: dict[str, str], path: str = COVERAGE, project: int = FIRST) -> Answer:
    return api.call("GET", path, query=query, project=project)


@pytest.fixture(scope="module")
def job(api: Api) -> str:
    return api.job(api.agent(description=DESCRIPTION)["id"], 5)


def test_a_job_is_told_before_and_after_its_plan_stands(api: Api, job: str) -> None:
    assert coverage(api, {"progress_id": job}).json == {
        "progress_id": job,
        "status": "queued",
        "summary": None,
        "items": [],
    }
    plan(api.stores, time.time, Embedded(), PlanMessage(FIRST, job))
    told = coverage(api, {"progress_id": job.upper()}, f"{V1}/scenarios-external/generate-coverage/")
    assert told.status == 200
    assert Coverage.model_validate(told.json).model_dump() == told.json
    by_text = {item["text"]: item for item in told.json["items"]}
    assert by_text.keys() >= set(filter(None, DESCRIPTION.splitlines()))
    assert all(bool(item["scenarios"]) == (item["status"] == "covered") for item in by_text.values())


@pytest.mark.parametrize("query", [{}, {"progress_id": ""}, {"progress_id": "12"}])
def test_what_is_no_progress_id_is_a_400_on_the_parameter(api: Api, query: dict[str, str]) -> None:
    answer = coverage(api, query)
    assert (answer.status, list(answer.json)) == (400, ["progress_id"])


def test_no_job_and_another_projects_job_are_a_404(api: Api, job: str) -> None:
    assert coverage(api, {"progress_id": str(uuid.uuid4())}).status == 404
    assert coverage(api, {"progress_id": job}, project=SECOND).status == 404
