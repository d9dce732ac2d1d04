"""Measure rows of the table, and write what was found into `docs/benchmarks.md`.

python -m benchmarks.measured [ROW ...] [--rounds N]; without rows, all. Times are medians of ratios of runs
that take turns with the older build, which is a git worktree; counts are exact.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console

from benchmarks.measured import bare, counted, growing, serving, starting
from benchmarks.measured.lines import Found, keep, write_document

ROUNDS = 3


def rows(rounds: int) -> dict[int, Callable[[], Found]]:
    return {
        1: growing.entries,
        2: partial(growing.sample, rounds),
        3: growing.large_inputs,
        4: partial(starting.worker, rounds),
        5: partial(starting.functions, rounds),
        6: lambda: Found([counted.request_counts(), bare.request_cpu(rounds)]),
        7: counted.jobs,
        8: counted.lists_and_deletions,
        9: serving.ten_jobs,
        10: partial(starting.command, rounds),
        11: counted.looks,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rows", nargs="*", type=int)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    options = asked.parse_args()
    measures = rows(options.rounds)
    console = Console(file=sys.stdout, width=160)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # what functions log
        for row in options.rows or measures:
            found = measures[row]()
            keep(row, found, _when())
            for line in found.lines:
                console.print(row, line.what, line.then, line.now, line.ratio, line.goal, line.met, sep=" | ")
    write_document()


def _when() -> str:
    now = datetime.now(UTC)
    return f"{now:%B} {now.day} {now:%H:%M} UTC, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
