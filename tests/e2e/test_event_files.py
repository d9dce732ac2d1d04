"""The files in `events/`, for `sam local invoke`: each is an event that the real function takes."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from evalgen.catalog.seeds import seed
from evalgen.storage.opening import open_stores
from local.system import System
from local.worker_process import WorkerProcess
from tests.conftest import ROOT

EVENTS = sorted(set((ROOT / "events").glob("*.json")) - {ROOT / "events" / "env.json"})


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seeded state folder, with nothing but the seeds in it."""
    monkeypatch.setenv("EVALGEN_STATE", str(tmp_path))
    seed(open_stores({**os.environ, "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}), time.time, "local-key")
    return tmp_path


def answer(system: System, state: Path, name: str) -> Any:
    (function,) = (one for one in system.functions.values() if one.folder.name == name)
    with (state / "log").open("w") as log:
        worker = WorkerProcess([function], log)
        try:
            return worker.invoke(json.loads((ROOT / "events" / f"{name}.json").read_text()))
        finally:
            worker.close()


def test_every_function_has_an_event(system: System) -> None:
    assert {path.stem for path in EVENTS} == {function.folder.name for function in system.functions.values()}


def test_the_authorizer_lets_the_local_key_in(system: System, state: Path) -> None:
    assert answer(system, state, "authorizer")["context"] == {"project_id": "1"}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("agents", 200),
        ("catalog", 200),
        ("scenarios", 200),
        ("suites", 200),
        ("api", 400),
        ("progress", 404),
    ],
)
def test_a_proxy_event_is_answered(system: System, state: Path, name: str, status: int) -> None:
    answered = answer(system, state, name)
    assert answered["statusCode"] == status
    assert json.loads(answered["body"])


@pytest.mark.parametrize("name", ["worker", "dead_letters"])
def test_messages_of_a_job_that_is_gone_are_done_with(system: System, state: Path, name: str) -> None:
    assert answer(system, state, name) == {"batchItemFailures": []}


def test_the_sweeper_finds_nothing_to_do(system: System, state: Path) -> None:
    assert answer(system, state, "sweeper") is None
