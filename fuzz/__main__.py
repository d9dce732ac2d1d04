"""`make fuzz`: random prompts, documents, bodies, schemas and suites, each within half of its function's time
and memory. `ARGS="--seconds 600 --seed 7"` tries for longer, or other inputs; `--kind prompts --only 12` one.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fuzz.kinds import KINDS, ON_DEMAND
from local import ROOT
from local.reading import read_system
from local.system import Function

PATIENCE = 4
"""So many times the bound is waited for: others may need the processor, and only its time is bounded."""

BATCH = 20
"""Inputs tried by one process: memory is that of the largest among them."""


@dataclass(slots=True)
class Result:
    tried: int = 0
    refused: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    largest: tuple[float, int] = (0.0, -1)
    longest: int = 0
    finds: list[str] = field(default_factory=list)


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    seconds: Annotated[float, typer.Option(help="For all kinds together.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Other inputs.")] = 0,
    kind: Annotated[
        str, typer.Option(help=f"One of {', '.join([*KINDS, *ON_DEMAND])}; without, all but limits.")
    ] = "",
    only: Annotated[int, typer.Option(help="The input of this number alone.")] = -1,
) -> None:
    """Try random inputs; fails where one takes more than half of what its function has, or raises."""
    kinds = [kind] if kind else list(KINDS)
    functions = read_system(ROOT / "template.yaml").functions
    table = Table(
        "kind", "tried", "refused", "longest input", "slowest", "of", "memory", "of", title=f"seed {seed}"
    )
    finds: list[str] = []
    for name in kinds:
        function = functions[{**KINDS, **ON_DEMAND}[name].function]
        result = tried(name, function, seed, seconds / len(kinds), only)
        table.add_row(
            name, f"{result.tried}", f"{result.refused}", f"{result.longest:,}",
            f"{result.slowest[0]:.2f} s (#{result.slowest[1]})", f"{function.timeout_s / 2:g} s",
            f"{result.largest[0]:.0f} MB", f"{function.memory_mb / 2:.0f} MB",
        )  # fmt: skip
        finds += [f"{name} {find}" for find in result.finds]
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    for find in finds:
        console.print(f"found: {find}", markup=False)
    if finds:
        console.print(f'once more: make fuzz ARGS="--seed {seed} --kind KIND --only NUMBER"', markup=False)
    raise typer.Exit(1 if finds else 0)


def tried(kind: str, function: Function, seed: int, seconds: float, only: int) -> Result:
    """What came of as many inputs as there is time for, and of one at least."""
    result, until, first = Result(), time.monotonic() + seconds, max(0, only)
    while first == max(0, only) or (only < 0 and time.monotonic() < until):
        last = first + (1 if only >= 0 else BATCH)
        batch(kind, function, [seed, first, last], result, until)
        first = last
    return result


def batch(kind: str, function: Function, numbers: list[int], result: Result, until: float) -> None:
    """One process; it is ended where an input takes too long, and after the time is over."""
    command = [sys.executable, "-m", "fuzz.child", kind, *map(str, numbers)]
    paths = os.pathsep.join((str(ROOT / "layers" / "evalgen"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True) as child:  # noqa: S603 - our own module
        lines = queue.SimpleQueue[str]()
        threading.Thread(target=_read, args=(child, lines), daemon=True).start()
        number = numbers[1]
        try:
            while line := lines.get(timeout=function.timeout_s / 2 * PATIENCE):
                said = json.loads(line)
                if "number" not in said:
                    note(said, number, function, result)
                elif time.monotonic() > until and said["number"] > numbers[1]:
                    break
                else:
                    number = said["number"]
            else:
                if child.wait():
                    result.finds.append(f"#{number}: the process ended with {child.returncode}")
        except queue.Empty:
            result.finds.append(f"#{number}: not done within {function.timeout_s / 2 * PATIENCE:g} s")
        child.kill()


def _read(child: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """All lines, and an empty one at their end."""
    assert child.stdout is not None
    for line in child.stdout:
        lines.put(line)
    lines.put("")


def note(said: dict[str, object], number: int, function: Function, result: Result) -> None:
    seconds, megabytes = float(str(said["seconds"])), float(str(said["megabytes"]))
    result.tried += 1
    result.refused += bool(said["refused"])
    result.longest = max(result.longest, int(str(said["size"])))
    result.slowest = max(result.slowest, (seconds, number))
    result.largest = max(result.largest, (megabytes, number))
    if said["raised"]:
        result.finds.append(f"#{number}: {said['raised']}")
    if seconds > function.timeout_s / 2:
        result.finds.append(f"#{number}: {seconds:.1f} s of {function.timeout_s / 2:g}")
    if megabytes > function.memory_mb / 2:
        result.finds.append(f"#{number}: {megabytes:.0f} MB of {function.memory_mb / 2:.0f}")


if __name__ == "__main__":
    app()
