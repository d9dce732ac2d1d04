"""What fails on our side is answered as such, with when to come again where that helps, and logged."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalgen.errors import Retryable
from evalgen.storage.sqlite import SqliteTable
from tests.integration.api.client import AGENTS, GENERATE, V1, Api
from tests.logged import Log

CALLS = [
    ("GET", AGENTS, None, None),
    ("GET", f"{V1}/scenarios", None, None),
    ("POST", GENERATE, {"agent_id": 1, "num_scenarios": 1}, None),
    ("GET", f"{V1}/scenarios/generate-progress", None, {"progress_id": "0" * 32}),
]


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    for name in ("get", "query"):
        monkeypatch.setattr(SqliteTable, name, fail)


@pytest.mark.parametrize(("method", "path", "body", "query"), CALLS)
def test_what_passes_by_itself_is_a_503_that_says_when_to_come_again(
    api: Api, monkeypatch: pytest.MonkeyPatch, method: str, path: str, body: Any, query: dict[str, str] | None
) -> None:
    failing(monkeypatch, Retryable("locked"))
    answer = api.call(method, path, body, query=query)
    assert (answer.status, list(answer.json)) == (503, ["detail"])
    assert int(answer.headers["Retry-After"]) > 0
    assert "locked" not in answer.text


@pytest.mark.parametrize(("method", "path", "body", "query"), CALLS)
def test_a_defect_is_a_500_that_names_the_request_and_not_the_defect(
    api: Api, monkeypatch: pytest.MonkeyPatch, method: str, path: str, body: Any, query: dict[str, str] | None
) -> None:
    failing(monkeypatch, ValueError("a secret"))
    answer = api.call(method, path, body, query=query)
    assert (answer.status, list(answer.json)) == (500, ["detail"])
    assert "request-1" in answer.text
    assert "secret" not in answer.text


def test_each_request_has_a_line_in_the_log_without_what_it_held(
    api: Api, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(capsys, monkeypatch)
    api.agent(description="A secret prompt.")
    lines = log.lines()
    (line,) = [line for line in lines if line.get("message") == "request answered"]
    assert (line["route"], line["status"], line["project_id"]) == (f"POST {AGENTS}", 201, "1")
    assert line["correlation_id"] == line["request_id"] == "request-1"
    assert "secret" not in json.dumps(lines)


def test_the_job_that_a_request_makes_is_its_correlation_id(
    api: Api, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = api.agent()["id"]
    log = Log(capsys, monkeypatch)
    job = api.job(agent, 2)
    lines = log.lines()
    told = {line["message"]: line["correlation_id"] for line in lines if "message" in line}
    assert told == {"job created": job, "request answered": job}
    (metric,) = [line for line in lines if "_aws" in line]
    assert (metric["JobsCreated"], metric["scenario_type"]) == ([1.0], "workflow")
