"""How long a job of two waits for its first scenario: on an idle stack, and behind ten jobs of a hundred.

python -m benchmarks.fairness
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evalgen.catalog.api_keys import make_key
from evalgen.catalog.seeds import create_project
from evalgen.storage.opening import open_stores
from evalgen_cli.agents import read_agent
from evalgen_cli.client import V1, Client
from local import ROOT
from local.stack import Settings, running

BEHIND, LARGE, SMALL = 10, 100, 2
AGENT = ROOT / "events" / "agents" / "roadside"


def main() -> None:
    idle = _waited(behind=0, other_project=False)
    table = Table("a job of two", "first scenario after s", "× idle", title="Fairness")
    table.add_row("on an idle stack", f"{idle:.2f}", "1.0")
    for other_project, where in ((False, "the same project"), (True, "another project")):
        waited = _waited(BEHIND, other_project=other_project)
        case = f"behind {BEHIND} jobs of {LARGE} of {where}"
        table.add_row(case, f"{waited:.2f}", f"{waited / idle:.1f}")
    Console().print(table)


def _waited(behind: int, *, other_project: bool) -> float:
    with tempfile.TemporaryDirectory() as folder, running(Settings(Path(folder)), _ignore) as base:
        stores = open_stores({"EVALGEN_STATE": folder, "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
        many = Client(base, "local-key")
        few = many
        if other_project:
            few = Client(base, make_key(stores.table, time.time, create_project(stores, time.time, "B"), "b"))
        crowd, agent = (
            many.create_agent(read_agent([AGENT]).agent),
            few.create_agent(read_agent([AGENT]).agent),
        )
        _first(few, _job(few, agent, SMALL))  # workers are warm
        for _ in range(behind):
            _job(many, crowd, LARGE)
        if behind:
            time.sleep(1)
        started = time.perf_counter()
        _first(few, _job(few, agent, SMALL))
        return time.perf_counter() - started


def _job(client: Client, agent: int, size: int) -> str:
    request = {"agent_id": agent, "num_scenarios": size, "scenario_type": "workflow"}
    return str(client.call("POST", f"{V1}/scenarios/generate-bg/", request)["progress_id"])


def _ignore(_: str) -> None:
    """What a stack says that is stopped with work in hand."""


def _first(client: Client, job: str) -> None:
    while not client.call("GET", f"{V1}/scenarios/generate-progress/?progress_id={job}")[
        "completed_scenarios"
    ]:
        time.sleep(0.01)


if __name__ == "__main__":
    main()
