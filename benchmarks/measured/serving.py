"""Row 9: ten jobs of fifty of one agent on the embedded stack: how many distinct scenarios in a second."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measured import agents
from benchmarks.measured.lines import Found, Line
from benchmarks.measured.older import paths, trees
from benchmarks.sample import SAMPLE
from evalgen_cli.agents import read_agent
from evalgen_cli.client import V1, ApiError, Client

JOBS, SIZE, ENTRIES = 10, 50, 110
POLL_S, STARTING_S = 0.1, 30
KEY = "local-key"


def ten_jobs() -> Found:
    """The older build cannot plan for the agent that has enough certain tests for this: it has the sample."""
    with tempfile.TemporaryDirectory() as folder, trees() as (now, then):
        many = agents.many_entries(Path(folder) / "many", ENTRIES)
        made, distinct, seconds = _served(now, many)
        made_then, distinct_then, seconds_then = _served(then, SAMPLE)
    a_second, a_second_then = distinct / seconds, distinct_then / seconds_then
    return Found(
        [
            Line(
                f"{JOBS} jobs of {SIZE} of one agent, embedded stack, 2 workers: distinct scenarios a second",
                f"{a_second_then:.0f} ({distinct_then} of {made_then} distinct; the sample)",
                f"{a_second:.0f} ({distinct} of {made} distinct; 4 tools × {ENTRIES} entries)",
                f"{a_second / a_second_then:.2f}, of another agent",
                "2 × then",
                a_second >= 2 * a_second_then,
            )
        ]
    )


def _served(tree: Path, agent: Path) -> tuple[int, int, float]:
    """Scenarios made, distinct ones, and seconds from the first request to the last job's end."""
    with _serving(tree) as client:
        agent_id = client.create_agent(read_agent([agent]).agent)
        request = {"agent_id": agent_id, "num_scenarios": SIZE, "scenario_type": "workflow"}
        started = time.perf_counter()
        waiting = [
            client.call("POST", f"{V1}/scenarios/generate-bg/", request)["progress_id"] for _ in range(JOBS)
        ]
        ended: list[dict[str, Any]] = []
        while waiting:
            time.sleep(POLL_S)
            looks = [_look(client, job) for job in waiting]
            ended += [look for look in looks if look["status"] in ("completed", "failed")]
            waiting = [look["progress_id"] for look in looks if look["status"] in ("queued", "running")]
        seconds = time.perf_counter() - started
    scenarios = [one for look in ended for one in look["scenarios_list"]]
    return len(scenarios), len(set(map(_said, scenarios))), seconds


def _look(client: Client, job: str) -> dict[str, Any]:
    return client.call("GET", f"{V1}/scenarios/generate-progress/?progress_id={job}")


def _said(scenario: dict[str, Any]) -> str:
    """What the caller does, with which values: two that have the same are one test twice."""
    profile = scenario["test_profile_data"]["information"]
    return json.dumps([scenario["instructions"], profile], sort_keys=True)


@contextmanager
def _serving(tree: Path) -> Iterator[Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as state:
        command = [sys.executable, "-m", "local", "serve", "--port", str(port), "--state", state]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(  # noqa: S603 - of either tree
            command,
            cwd=tree,
            env={**os.environ, **paths(tree)},
            stdin=subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
        )
        try:
            yield _answering(Client(f"http://127.0.0.1:{port}", KEY))
        finally:
            server.terminate()
            server.wait()


def _answering(client: Client) -> Client:
    until = time.monotonic() + STARTING_S
    while True:
        try:
            client.call("GET", f"{V1}/personalities/")
        except ApiError:
            if time.monotonic() > until:
                raise
            time.sleep(POLL_S)
        else:
            return client
