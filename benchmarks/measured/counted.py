"""Rows 6, 7, 8 and 11: what jobs, lists, deletions and looks cost in calls, units and bytes, over SQLite.

Exact, and the same in every run; tests hold them. What stands under `then` was counted on November 22, 2026.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import lists
from benchmarks.measured.lines import Found, Growth, Line
from benchmarks.metered import Meter, Metered
from benchmarks.sample import ask_for, create_sample, empty_stores
from evalgen.catalog.profiles import Profiles
from evalgen.contract.queries import ProfileQuery
from evalgen.jobs.progress import progress
from local.compressing import LEVEL
from tests.integration.jobs.kit import (
    NOW,
    PROJECT,
    FakeGenerator,
    Functions,
    a_request,
    load_function,
    start_job,
)
from tests.integration.jobs.test_costs import costs, forgetting

Row = Callable[[], Found]
STORED = 5000
PAGE_UNITS = 30
SIZES = (1_000, 5_000, 10_000, 100_000)


@contextmanager
def world() -> Iterator[Functions]:
    with tempfile.TemporaryDirectory() as folder:
        yield Functions(Path(folder), FakeGenerator())


def request_counts() -> Line:
    with empty_stores() as stores:
        agent = create_sample(stores)
        metered = Metered(stores)
        ask_for(metered.stores, agent, 20)
    cost = metered.meter
    counts = (cost.calls, cost.read_units, cost.bytes_in)
    met = all(one <= most for one, most in zip(counts, (5, 3, 5200), strict=True))
    return Line(
        "POST generate-bg: calls, read units, bytes in",
        "7, 11, 46,771",
        _listed(counts),
        "",
        "5, 3, 5,200",
        met,
    )


def jobs() -> Found:
    with world() as functions:
        found = costs(functions)
    chunk, plan = found["generate"], found["plan"]
    return Found(
        [
            Line("chunk of 10: calls", "6", str(chunk.calls), "", "3", chunk.calls <= 3),
            Line("… write units", "108", str(chunk.write_units), "", "60", chunk.write_units <= 60),
            Line(
                "plan of 100: calls, bytes out",
                "17, 396 kB",
                _listed((plan.calls, plan.bytes_out)),
                "",
                "7, 100 kB",
                plan.calls <= 7 and plan.bytes_out <= 100_000,
            ),
        ]
    )


def lists_and_deletions() -> Found:
    with empty_stores() as stores:
        units: dict[int, int] = {}
        for project_id, stored in enumerate(SIZES, 1):
            lists.fill(stores, project_id, stored)
            units[stored] = lists.cost(stores, project_id, stored, {})[0]
    with world() as functions:
        profiles = _profiles(functions)
    with world() as functions:
        deleted = forgetting(functions, delete=True)
    growth = Growth("A page of twenty by its number", "read units", [(f"{n:,}", u) for n, u in units.items()])
    return Found(
        [
            Line(
                f"page of 20 at {STORED:,} scenarios: read units",
                "3,404",
                str(units[STORED]),
                "",
                "30",
                units[STORED] <= PAGE_UNITS,
            ),
            Line("… at 100,000", "", str(units[100_000]), "", "30", units[100_000] <= PAGE_UNITS),
            Line(
                "test profiles: read units of a page of 20 of 200",
                "unpaged",
                str(profiles),
                "",
                "paged",
                True,
            ),
            Line(
                "deleting an agent with 200: calls", "829", str(deleted.calls), "", "40", deleted.calls <= 40
            ),
        ],
        [growth],
    )


def _profiles(functions: Functions) -> int:
    for number in range(2):
        start_job(functions.stores, a_request(100), now=NOW + number)
        functions.run()
    metered = Metered(functions.stores)
    page = Profiles(metered.stores.table, lambda: NOW).list(PROJECT, ProfileQuery(page_size=20))
    assert len(page) == 20
    return metered.meter.read_units


def looks() -> Found:
    with world() as functions:
        job_id = start_job(functions.stores, a_request(100))
        running = _look(functions, job_id)[0]
        functions.run()
        ended, answer = _look(functions, job_id)
        event: dict[str, Any] = {
            "headers": {},
            "queryStringParameters": {"progress_id": job_id},
            "requestContext": {"authorizer": {"project_id": str(PROJECT)}},
        }
        with mock.patch.dict("os.environ", functions.environ):
            function = load_function("progress")
        tag = function.lambda_handler(event, None)["headers"]["ETag"]
        again = function.lambda_handler({**event, "headers": {"If-None-Match": tag}}, None)
    sent = len(gzip.compress(answer, LEVEL, mtime=0))
    return Found(
        [
            Line("progress, a running job: calls", "1", str(running.calls), "", "stays", running.calls == 1),
            Line("a finished job of 100: calls", "5", str(ended.calls), "", "3", ended.calls <= 3),
            Line("… read units, bytes in", "90, 417 kB", _listed((ended.read_units, ended.bytes_in))),
            Line(
                "… asked again with its ETag",
                "200",
                str(again["statusCode"]),
                "",
                "304",
                again["statusCode"] == 304,
            ),
            Line(
                "… bytes of the answer, and with gzip",
                "not compressed",
                _listed((len(answer), sent)),
                "",
                "gzip where the client takes it",
                sent < len(answer),
            ),
        ]
    )


def _look(functions: Functions, job_id: str) -> tuple[Meter, bytes]:
    metered = Metered(functions.stores)
    found = progress(metered.stores.table, PROJECT, {"progress_id": job_id})
    return metered.meter, json.dumps(found, ensure_ascii=False).encode()


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"{number:,}" for number in numbers)
