"""The progress function and the authorizer, called as API Gateway calls them."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

from benchmarks.metered import Metered
from evalgen.storage import keys
from evalgen.storage.ports import Put
from tests.integration.jobs.kit import (
    PROJECT,
    Functions,
    a_request,
    load_function,
    progress_of,
    start_job,
)

ARN = "arn:aws:execute-api:eu-west-1:123456789012:abcdef/v1/GET/test_framework/v1/scenarios"

NOTHING_USED = {
    "model_calls": 0, "input_tokens": 0, "cached_tokens": 0, "output_tokens": 0, "dollars": 0.0,
}  # fmt: skip


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"EVALGEN_STATE": str(tmp_path), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}


@pytest.fixture
def progress(environ: dict[str, str]) -> ModuleType:
    with mock.patch.dict(os.environ, environ):
        return load_function("progress")


@pytest.fixture
def authorizer(environ: dict[str, str]) -> ModuleType:
    with mock.patch.dict(os.environ, environ):
        return load_function("authorizer")


def get(function: ModuleType, query: dict[str, str] | None, project: int = PROJECT) -> tuple[int, Any]:
    event = {
        "httpMethod": "GET",
        "queryStringParameters": query,
        "requestContext": {"authorizer": {"project_id": str(project), "principalId": f"project-{project}"}},
    }
    answer = function.lambda_handler(event, None)
    assert answer["headers"]["Content-Type"] == "application/json"
    return answer["statusCode"], json.loads(answer["body"])


def test_progress_answers_the_counters_and_then_the_scenarios(
    progress: ModuleType, functions: Functions
) -> None:
    job_id = start_job(functions.stores, a_request(3))
    assert get(progress, {"progress_id": job_id.upper()}) == (
        200,
        {
            "progress_id": job_id,
            "status": "queued",
            "total_scenarios": 3,
            "completed_scenarios": 0,
            "failed_scenarios": 0,
            "scenarios_list": [],
            "failures": [],
            "warnings": [],
            "usage": {**NOTHING_USED, "reading": NOTHING_USED},
            "coverage": None,
        },
    )
    functions.run()
    status, body = get(progress, {"progress_id": job_id})
    assert (status, body["status"], len(body["scenarios_list"])) == (200, "completed", 3)


def test_a_client_that_has_the_answer_is_told_so_until_it_changes(
    progress: ModuleType, functions: Functions
) -> None:
    job_id = start_job(functions.stores, a_request(3))

    def ask(**headers: str) -> dict[str, Any]:
        event = {
            "headers": headers,
            "queryStringParameters": {"progress_id": job_id},
            "requestContext": {"authorizer": {"project_id": str(PROJECT)}},
        }
        answered: dict[str, Any] = progress.lambda_handler(event, None)
        return answered

    queued = ask()["headers"]["ETag"]
    again = ask(**{"If-None-Match": f'"other", W/{queued}'})
    assert (again["statusCode"], again["body"], again["headers"]) == (304, "", {"ETag": queued})
    functions.run()
    ended = ask(**{"if-none-match": queued})
    assert (ended["statusCode"], json.loads(ended["body"])["status"]) == (200, "completed")
    assert ended["headers"]["ETag"] != queued


def test_progress_costs_one_call_while_the_job_runs_and_three_when_it_has_ended(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(100))
    running = Metered(functions.stores)
    progress_of(running.stores, job_id)
    assert (running.meter.calls, running.meter.read_units) == (1, 1)
    functions.run()
    ended = Metered(functions.stores)
    assert len(progress_of(ended.stores, job_id)["scenarios_list"]) == 100
    assert ended.meter.calls == 3


@pytest.mark.parametrize(
    "query", [None, {}, {"progress_id": ""}, {"progress_id": "12"}, {"progress_id": "ü" * 500}]
)
def test_a_progress_id_that_is_no_uuid_is_a_400_on_the_parameter(
    progress: ModuleType, query: dict[str, str] | None
) -> None:
    status, body = get(progress, query)
    assert status == 400
    assert list(body) == ["progress_id"]
    assert "generate-bg" in body["progress_id"][0]


def test_both_wrong_parameters_are_in_one_answer(progress: ModuleType) -> None:
    status, body = get(progress, {"progress_id": "x", "scenarios": "all"})
    assert (status, set(body)) == (400, {"progress_id", "scenarios"})


def test_an_unknown_job_and_that_of_another_project_are_the_same_404(
    progress: ModuleType, functions: Functions
) -> None:
    job_id = start_job(functions.stores)
    unknown = get(progress, {"progress_id": str(uuid.uuid4())})
    assert unknown == (404, {"detail": "There is no generation with this progress_id."})
    assert get(progress, {"progress_id": job_id}, project=PROJECT + 1) == unknown


def add_key(functions: Functions, key: str, **attributes: str | int) -> None:
    item = keys.api_key(hashlib.sha256(key.encode()).hexdigest())._asdict()
    functions.stores.table.write(Put({**item, "project_id": PROJECT, **attributes}))


def authorize(function: ModuleType, headers: dict[str, str] | None) -> dict[str, Any]:
    event = {"type": "REQUEST", "methodArn": ARN, "headers": headers}
    answer: dict[str, Any] = function.lambda_handler(event, None)
    return answer


@pytest.mark.parametrize("header", ["X-CEKURA-API-KEY", "x-cekura-api-key"])
def test_a_known_key_opens_the_whole_stage_for_its_project(
    authorizer: ModuleType, functions: Functions, header: str
) -> None:
    add_key(functions, "secret", expires_at=0)
    answer = authorize(authorizer, {"Host": "x", header: "secret"})
    assert answer["context"] == {"project_id": str(PROJECT)}
    (statement,) = answer["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Resource"] == "arn:aws:execute-api:eu-west-1:123456789012:abcdef/v1/*"


@pytest.mark.parametrize(
    "headers",
    [None, {}, *({"X-CEKURA-API-KEY": key} for key in ("", "wrong", "expired", "revoked"))],
)
def test_any_other_key_is_unauthorized_in_the_words_that_the_gateway_knows(
    authorizer: ModuleType, functions: Functions, headers: dict[str, str] | None
) -> None:
    add_key(functions, "expired", expires_at=1_000_000_000)
    add_key(functions, "revoked", revoked_at="2026-01-01T00:00:00.000Z")
    with pytest.raises(Exception, match=r"\AUnauthorized\Z"):
        authorize(authorizer, headers)
