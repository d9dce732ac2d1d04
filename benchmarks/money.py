"""What a thousand scenarios cost at list prices, from counted calls and units and measured worker seconds.

python -m benchmarks.money
"""

from __future__ import annotations

import json
import time
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.metered import Meter, Metered
from benchmarks.sample import PROJECT, ask_for, create_sample, empty_stores
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.progress import progress
from evalgen.jobs.sweep import sweep
from evalgen.storage.sqlite import SqliteQueue
from evalgen.work import work

PRICES = tomllib.loads((Path(__file__).parent / "prices.toml").read_text("utf-8"))
SCENARIOS, POLLS = 20, 10
WORKER_MEMORY_MB = (512, 1024, 1769, 3008)
ONE_CPU_MB = 1769
"""Lambda gives a whole processor from so much memory on, and less in proportion below."""

OTHERS_S, OTHERS_MB = 0.05, 512
"""What a call of another function takes, about."""


@dataclass
class Part:
    meter: Meter = field(default_factory=Meter)
    invocations: int = 0
    seconds: float = 0.0


def job() -> dict[str, Part]:
    """A job of twenty of the sample agent, from the request to the last look; nothing was read before."""
    parts = {name: Part() for name in ("request", "plan", "chunks", "polls", "sweeper")}
    with empty_stores() as stores:
        agent = create_sample(stores)
        assert isinstance(stores.queue, SqliteQueue)

        def metered(name: str) -> Metered:
            parts[name].invocations += 1
            return Metered(stores, parts[name].meter)

        job_id = ask_for(metered("request").stores, agent, SCENARIOS)

        def look() -> None:
            progress(metered("polls").stores.table, PROJECT, {"progress_id": job_id})

        for _ in range(POLLS - 1):
            look()
        while messages := stores.queue.receive(1, 60):
            message = json.loads(messages[0].body)
            name = "plan" if message["kind"] == "plan" else "chunks"
            started = time.process_time()
            work(metered(name).stores, time.time, Embedded(), message)
            parts[name].seconds += time.process_time() - started
            stores.queue.delete(messages[0].receipt)
            parts[name].meter.requests += 2  # received and deleted
        look()
        sweep(metered("sweeper").stores, lambda: time.time() + 500)
    return parts


def dollars(part: Part, memory_mb: int, seconds: float) -> float:
    """Of a thousand scenarios."""
    meter = part.meter
    one = (
        meter.write_units * PRICES["dynamodb_write_unit"]
        + meter.read_units * PRICES["dynamodb_read_unit"]
        + meter.requests * PRICES["sqs_request"]
        + meter.puts * PRICES["s3_put"]
        + meter.gets * PRICES["s3_get"]
        + part.invocations * PRICES["lambda_request"]
        + seconds * memory_mb / 1024 * PRICES["lambda_gb_second"]
    )
    return one * 1000 / SCENARIOS


def table() -> Table:
    parts = job()
    shown = Table(
        *("of a job of 20", "read units", "write units", "calls", "CPU s"),
        *(f"$ a 1,000 at {memory} MB" for memory in WORKER_MEMORY_MB),
        title=f"What 1,000 scenarios cost at list prices of {PRICES['as_of']}",
    )
    sums = [0.0] * len(WORKER_MEMORY_MB)
    for name, part in parts.items():
        costs = []
        for memory in WORKER_MEMORY_MB:
            works = name in ("plan", "chunks")
            seconds = part.seconds * max(1.0, ONE_CPU_MB / memory) if works else OTHERS_S * part.invocations
            cost = dollars(part, memory if works else OTHERS_MB, seconds)
            if name in ("request", "polls"):
                cost += part.invocations * PRICES["api_request"] * 1000 / SCENARIOS
            costs.append(cost)
        sums = [old + new for old, new in zip(sums, costs, strict=True)]
        meter = replace(part.meter)
        counted = (meter.read_units, meter.write_units, meter.calls)
        shown.add_row(name, *map(str, counted), f"{part.seconds:.2f}", *(f"{cost:.4f}" for cost in costs))
    shown.add_row("all", "", "", "", "", *(f"{one:.4f}" for one in sums))
    return shown


def main() -> None:
    Console(width=150).print(table())


if __name__ == "__main__":
    main()
