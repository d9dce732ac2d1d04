"""Rows 1, 2 and 3: reading, planning and writing, and how that grows with what a user can grow."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measured import agents
from benchmarks.measured.lines import Found, Growth, Line
from benchmarks.measured.older import compared, paths, trees
from benchmarks.sample import SAMPLE

CHILD = Path(__file__).with_name("child.py")
WANTED = 20
ENTRIES, MORE_ENTRIES, FEWER_ENTRIES = 25, (50, 100), (10, 14)
PROMPTS, TOOLS = (75_000, 150_000, 300_000), 60
DOCUMENTS = (1_250_000, 2_500_000, 5_000_000)
WORKER_S = 120
Took = dict[str, float]


def took(tree: Path, agent: Path, wanted: int = WANTED, kind: str = "workflow") -> Took:
    """Raises CalledProcessError."""
    command = [sys.executable, str(CHILD), str(agent), str(wanted), kind]
    environment = {**os.environ, **paths(tree)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tree, env=environment)  # noqa: S603 - ours
    figures: Took = json.loads(done.stdout)
    return figures


def exponent(points: list[tuple[float, float]]) -> float:
    """Of the growth from the first size to the last: 1 is linear."""
    (small, little), (large, much) = points[0], points[-1]
    return math.log(much / little) / math.log(large / small)


def entries() -> Found:
    """Row 1. The older build's time grows with the fourth power: it is run once with 25 entries."""
    with tempfile.TemporaryDirectory() as folder, trees() as (now, then):

        def planned(tree: Path, entries: int) -> Took:
            agent = Path(folder) / f"{entries}"
            return took(tree, agent if agent.is_dir() else agents.many_entries(agent, entries))

        pair = planned(now, ENTRIES), planned(then, ENTRIES)
        grown = [(n, planned(now, n)["plan_s"]) for n in MORE_ENTRIES]
        grew = [(n, planned(then, n)["plan_s"]) for n in FEWER_ENTRIES]
    points = [(float(ENTRIES), pair[0]["plan_s"]), *grown]
    before = exponent([*grew, (ENTRIES, pair[1]["plan_s"])])
    after = exponent(points)
    what = f"planning {WANTED}, 4 writing tools × {ENTRIES} mock entries: CPU"
    return Found(
        [
            compared(what, "s", [(pair[0]["plan_s"], pair[1]["plan_s"])], "1/60 of then", 1 / 60),
            compared(
                "… memory of the process",
                "MB",
                [(pair[0]["peak_mb"], pair[1]["peak_mb"])],
                "1/15 of then",
                1 / 15,
            ),
            Line("… growth with the entries", f"n^{before:.1f}", f"n^{after:.1f}", "", "n^1.3", after <= 1.3),
        ],
        [Growth(f"Planning {WANTED}, by mock entries of each tool", "CPU seconds", _points(points))],
    )


def sample(rounds: int) -> Found:
    """Row 2. Fewer than a hundred scenarios of the sample are certain: the older build guessed the others."""
    lines: list[Line] = []
    with trees() as (now, then):
        for wanted in (20, 100):
            pairs = [(took(now, SAMPLE, wanted), took(then, SAMPLE, wanted)) for _ in range(rounds)]
            made = [int(one["scenarios"]) for one in pairs[0]]
            what = f"the sample, {wanted} asked for ({made[0]} certain now, {made[1]} made then): CPU"
            times = [(one["all_s"], other["all_s"]) for one, other in pairs]
            lines.append(compared(what, "s", times, "0.5 × then", 0.5))
    a_second = [one["scenarios"] / one["all_s"] for one, _ in pairs]
    before = [one["scenarios"] / one["all_s"] for _, one in pairs]
    best = f"{max(before):.0f} a second", f"{max(a_second):.0f} a second"
    lines.append(Line("… scenarios a CPU second, of 100", *best, "", "150", max(a_second) >= 150))
    return Found(lines)


def large_inputs() -> Found:
    """Row 3: documents, and prompts with sixty tools; once each, as that takes minutes."""
    with tempfile.TemporaryDirectory() as folder, trees() as (now, then):
        found = [
            _grown(
                f"documents of 5 MB, {WANTED} scenarios",
                DOCUMENTS,
                agents.long_document,
                (now, then, Path(folder)),
                "knowledge_base",
            ),
            _grown(
                f"prompts of 300 kB, {TOOLS} tools, {WANTED} scenarios",
                PROMPTS,
                lambda agent, size: agents.long_prompt(agent, size, TOOLS),
                (now, then, Path(folder)),
                "workflow",
            ),
        ]
    return Found([line for one in found for line in one.lines], [one.growths[0] for one in found])


def _grown(
    what: str,
    sizes: tuple[int, ...],
    made: Callable[[Path, int], Path],
    where: tuple[Path, Path, Path],
    kind: str,
) -> Found:
    now, then, folder = where
    points: list[tuple[float, float]] = []
    for size in sizes:
        agent = made(folder / f"{kind}-{size}", size)
        points.append((size, took(now, agent, kind=kind)["all_s"]))
    before = took(then, folder / f"{kind}-{sizes[0]}", kind=kind)["all_s"]
    power, seconds, most = exponent(points), points[-1][1], WORKER_S / 3
    smallest = f"{sizes[0] / 1000:,.0f} kB"
    return Found(
        [
            Line(f"{what}: CPU", "", f"{seconds:.1f} s", "", f"{most:.0f} s", seconds <= most),
            Line(
                f"… of {smallest}", f"{before:.1f} s", f"{points[0][1]:.1f} s", f"{points[0][1] / before:.2f}"
            ),
            Line("… growth with the size", "", f"n^{power:.1f}", "", "linear", power <= 1.15),
        ],
        [Growth(what, "CPU seconds", _points([(size / 1000, cost) for size, cost in points], "kB"))],
    )


def _points(points: list[tuple[float, float]], unit: str = "") -> list[tuple[str, float]]:
    return [(f"{at:,.0f} {unit}".strip(), round(cost, 2)) for at, cost in points]
