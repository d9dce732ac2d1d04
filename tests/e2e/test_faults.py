"""What must not lose or double a scenario, with real processes and real signals."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalgen_cli.client import V1
from tests.e2e.kit import ON_EACH_STORE, Stack, alive, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

Serve = Callable[..., Stack]


def assert_each_once(stack: Stack, job: str) -> None:
    progress = stack.ended(job)
    assert (progress["completed_scenarios"], progress["failed_scenarios"]) == (20, 0)
    assert progress["status"] == "completed"
    listed = stack.client.call("GET", f"{V1}/scenarios/?page_size=100")
    assert listed["count"] == 20
    for scenarios in (progress["scenarios_list"], listed["results"]):
        assert sorted(scenario["name"] for scenario in scenarios) == sorted(f"s{n}" for n in range(20))
        assert len({scenario["id"] for scenario in scenarios}) == 20
        assert len({scenario["test_profile"] for scenario in scenarios}) == 20


def in_the_middle(stack: Stack, folder: Path) -> tuple[str, int]:
    """A job of two chunks, one of them committed, and the worker that is in the other one."""
    job = stack.generate(20)
    until(lambda: stack.progress(job)["completed_scenarios"] == 10, "the first chunk is committed")
    pid: str = until(lambda: (folder / "waiting").exists() and (folder / "waiting").read_text(), "waiting")
    return job, int(pid)


def test_a_stack_killed_in_the_middle_of_a_job_finishes_it_after_a_restart(
    serve: Serve, tmp_path: Path
) -> None:
    stack = serve()
    job, worker = in_the_middle(stack, tmp_path)
    processes = stack.workers()
    assert worker in processes
    stack.end(signal.SIGKILL)
    until(lambda: not any(alive(pid) for pid in processes), "the workers of a killed stack end")
    (tmp_path / "go").touch()
    assert_each_once(serve(), job)


@ON_EACH_STORE
def test_a_worker_killed_in_the_middle_of_a_job_is_replaced(serve: Serve, tmp_path: Path) -> None:
    stack = serve()
    job, worker = in_the_middle(stack, tmp_path)
    (tmp_path / "go").touch()
    os.kill(worker, signal.SIGKILL)
    assert_each_once(stack, job)


@ON_EACH_STORE
def test_a_worker_that_raises_is_asked_again(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "raise").touch()
    (tmp_path / "go").touch()
    stack = serve()
    job = stack.generate(20)
    assert_each_once(stack, job)
    assert not (tmp_path / "raise").exists()


@pytest.mark.parametrize(
    ("serve", "number"),
    [("sqlite", signal.SIGINT), ("sqlite", signal.SIGTERM), ("aws", signal.SIGTERM)],
    indirect=["serve"],
)
def test_a_signal_stops_everything_and_what_was_in_hand_goes_on_after_a_restart(
    serve: Serve, tmp_path: Path, number: int
) -> None:
    stack = serve()
    job, _ = in_the_middle(stack, tmp_path)
    processes = [stack.process.pid, *stack.workers()]
    assert len(processes) >= 3
    assert stack.end(number) == 0
    assert not any(alive(pid) for pid in processes)
    assert stack.said() == ""
    assert "KeyboardInterrupt" not in (stack.state / "functions.log").read_text()
    (tmp_path / "go").touch()
    assert_each_once(serve(), job)


def test_a_job_that_was_running_shows_its_scenarios_so_far(serve: Serve, tmp_path: Path) -> None:
    stack = serve()
    job, _ = in_the_middle(stack, tmp_path)
    running: dict[str, Any] = stack.progress(job)
    assert (running["status"], running["scenarios_list"]) == ("running", [])
    assert len(stack.progress(job, "&scenarios=partial")["scenarios_list"]) == 10
