"""How long a job of two waits for its first scenario: on an idle stack, and behind ten jobs of a hundred.

python -m benchmarks.fairness
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.sample import SAMPLE
from evalgen.catalog.api_keys import make_key
from evalgen.catalog.seeds import create_project
from evalgen.storage.opening import open_stores
from evalgen_cli.agents import read_agent
from evalgen_cli.client import V1, Client
from local.stack import Settings, running

BEHIND, LARGE, SMALL = 10, 100, 2
ROUNDS, WARM = 5, 6


def main(rounds: int = ROUNDS) -> None:
    cases = {
        "on an idle stack": (0, False),
        f"behind {BEHIND} jobs of {LARGE} of the same project": (BEHIND, False),
        f"behind {BEHIND} jobs of {LARGE} of another project": (BEHIND, True),
    }
    waits: dict[str, list[float]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case, (behind, other_project) in cases.items():
            waits[case].append(_waited(behind, other_project=other_project))
    idle = median(waits["on an idle stack"])
    title = f"Fairness: medians of {rounds} rounds"
    table = Table("a job of two", "first scenario after s", "× idle", "the longest", title=title)
    for case, found in waits.items():
        table.add_row(
            case, *(f"{one:.2f}" for one in (median(found), median(found) / idle, max(found) / idle))
        )
    Console().print(table)


def _waited(behind: int, *, other_project: bool) -> float:
    """Every job is of an agent of its own, which nobody has read yet."""
    with tempfile.TemporaryDirectory() as folder, running(Settings(Path(folder)), _ignore) as base:
        stores = open_stores({"EVALGEN_STATE": folder, "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
        many = Client(base, "local-key")
        few = many
        if other_project:
            few = Client(base, make_key(stores.table, time.time, create_project(stores, time.time, "B"), "b"))
        small, *large = [_agent(client, n) for n, client in enumerate((few, *[many] * (behind + WARM)))]
        sizes = (LARGE, LARGE, *[SMALL] * WARM)
        for job in [_job(many, agent, size) for agent, size in zip(large[:WARM], sizes, strict=False)]:
            _first(many, job)  # every worker is warm
        for agent in large[WARM:]:
            _job(many, agent, LARGE)
        started = time.perf_counter()
        _first(few, _job(few, small, SMALL))
        return time.perf_counter() - started


def _agent(client: Client, number: int) -> int:
    """The sample agent under a name of its own: it is another one to whoever keeps what was read."""
    agent = read_agent([SAMPLE]).agent
    return client.create_agent({**agent, "name": f"{agent['name']} {number}"})


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
