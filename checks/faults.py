"""Faults by the thousand, and whether anything was lost or doubled: `make faults`.

Each fault is one run of a job, or one thing that somebody does with what a project owns, in which one call of
one function's storage, queue or blobs goes wrong; after that the message comes again, as SQS sends it, or the
client asks again: the job has to end exactly, and what is stored to agree with itself.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console
from rich.table import Table as Shown

from checks import fault_catalog
from checks.dynamodb_local import dynamodb_local, own_table
from checks.fault_world import KINDS, World, one, steps, void
from evalgen.storage.aws.clients import client
from evalgen.storage.ports import Stores
from tests.e2e.kit import Stack
from tests.integration.jobs.kit import Dying
from tests.integration.storage.adapters import ADAPTERS

IN_STORMS = ("killed before a call", "killed after a call", "call refused", "answer lost")

Fresh = Callable[[], Any]


def single_faults(fresh: Fresh, counts: Counter[str]) -> None:
    with fresh() as stores:
        functions = tuple(steps(World(stores)))
    for function in functions:
        for kind in KINDS:
            at = 1
            while True:
                with fresh() as stores:
                    if not one(World(stores), function, kind, at):
                        break
                counts[kind] += 1
                at += 1


def catalog_faults(fresh: Fresh, counts: Counter[str]) -> None:
    with fresh() as stores:
        names = tuple(fault_catalog.steps(fault_catalog.Shop(stores)))
    for name in names:
        for kind in KINDS:
            at = 1
            while True:
                with fresh() as stores:
                    if not fault_catalog.one(fault_catalog.Shop(stores), name, kind, at):
                        break
                counts["catalog, " + kind] += 1
                at += 1


def storms(fresh: Fresh, counts: Counter[str], seeds: range) -> None:
    """Duplicates, any order, and in every other delivery a call that goes wrong."""
    for seed in seeds:
        dice = random.Random(seed)
        with fresh() as stores:
            world = World(stores)
            job_id = world.start()

            def faulty(world: World = world, dice: random.Random = dice) -> Stores:
                kind = dice.choice(IN_STORMS)
                dying = Dying(world.stores, at=dice.randint(1, 20), after=KINDS[kind][0])

                def kill() -> None:
                    counts["in a storm: " + kind] += 1
                    KINDS[kind][1](world, void)()

                dying.kill = kill
                return dying.stores

            world.deliver(dice, faulty)
            world.check(job_id)


def kills(counts: Counter[str], rounds: int) -> None:
    """Real processes, killed by the real signal while they work."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            state = Path(folder) / f"state{number}" / "state"
            state.parent.mkdir()
            stack = Stack(state)
            job = stack.generate(60)
            for _ in range(3):
                time.sleep(random.random() * 0.2)
                for worker in stack.workers():
                    with suppress(psutil.NoSuchProcess):
                        psutil.Process(worker).kill()
                        counts["kill -9 of a worker"] += 1
            stack.end(signal.SIGKILL)
            counts["kill -9 of the stack"] += 1
            stack.close()
            again = Stack(state)
            progress = again.ended(job)
            names = [scenario["name"] for scenario in progress["scenarios_list"]]
            assert progress["completed_scenarios"] == len(names) == len(set(names))
            assert progress["completed_scenarios"] + progress["failed_scenarios"] == 60
            again.end(signal.SIGTERM)
            again.close()


@contextmanager
def fresh_on(adapter: str) -> Iterator[Stores]:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        ADAPTERS[adapter](Path(folder), patch) as opened,
    ):
        yield opened.stores


@contextmanager
def on_dynamodb_local() -> Iterator[Fresh]:
    """What makes stores with a table of their own."""
    with tempfile.TemporaryDirectory() as folder, dynamodb_local(Path(folder)) as address:
        client.cache_clear()

        @contextmanager
        def fresh() -> Iterator[Stores]:
            with pytest.MonkeyPatch.context() as patch, fresh_on("sqlite") as other:
                yield Stores(own_table(address, patch), other.queue, other.blobs)

        yield fresh
        client.cache_clear()


def main(arguments: list[str]) -> None:
    """`--storms N`: so many storms on SQLite (300). `--no-java`: without DynamoDB Local."""
    number = int(arguments[arguments.index("--storms") + 1]) if "--storms" in arguments else 300
    started = time.monotonic()
    tables: dict[str, Counter[str]] = {"SQLite": Counter(), "moto": Counter(), "DynamoDB Local": Counter()}
    single_faults(lambda: fresh_on("sqlite"), tables["SQLite"])
    catalog_faults(lambda: fresh_on("sqlite"), tables["SQLite"])
    storms(lambda: fresh_on("sqlite"), tables["SQLite"], range(number))
    single_faults(lambda: fresh_on("moto"), tables["moto"])
    if "--no-java" not in arguments:
        with on_dynamodb_local() as fresh:
            single_faults(fresh, tables["DynamoDB Local"])
    kills(tables["SQLite"], max(2, number // 100))
    shown = Shown("fault", *tables, title="Faults injected, all survived: nothing lost, nothing doubled")
    for kind in dict.fromkeys(kind for counts in tables.values() for kind in counts):
        shown.add_row(kind, *(str(counts[kind] or "") for counts in tables.values()))
    shown.add_row("all", *(str(counts.total()) for counts in tables.values()))
    console = Console()
    console.print(shown)
    total = sum(counts.total() for counts in tables.values())
    console.print(f"{total} faults in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
