"""Whole processes of this build and of the older one, a git worktree of its commit; medians of ratios."""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import psutil

from benchmarks.measured.lines import Line
from local import ROOT

OLDER = "f3c14e8"
SAMPLE_S = 0.02
SMALL = 0.1
"""Ratios below are said as fractions."""


@dataclass(frozen=True, slots=True)
class Took:
    """Of a process and all it starts; `memory_mb` is the most they had at once."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(command: list[str], folder: Path, environment: Mapping[str, str]) -> Took:
    """Raises CalledProcessError."""
    before = _children_cpu_s()
    started = time.perf_counter()
    process = psutil.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process))
        time.sleep(SAMPLE_S)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Took(time.perf_counter() - started, _children_cpu_s() - before, most / 1e6)


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: psutil.Popen) -> int:
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family)
    except psutil.NoSuchProcess:
        return 0


@contextmanager
def trees() -> Iterator[tuple[Path, Path]]:
    """This build's and the older one's, both with byte code beside the sources, as a build ships it."""
    with tempfile.TemporaryDirectory() as folder:
        older = Path(folder) / "older"
        _git("worktree", "add", "--detach", "--quiet", str(older), OLDER)
        try:
            for tree in (ROOT, older):
                _compile(tree)
            yield ROOT, older
        finally:
            _git("worktree", "remove", "--force", str(older))


def _compile(tree: Path) -> None:
    for part in ("layers", "functions", "local", "evalgen_cli"):
        if (tree / part).is_dir():
            compileall.compile_dir(tree / part, quiet=1)


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607 - the git that cloned this


def paths(tree: Path) -> dict[str, str]:
    return {"PYTHONPATH": f"{tree}:{tree / 'layers' / 'evalgen'}"}


def ratios(pairs: Sequence[tuple[float, float]]) -> tuple[float, str]:
    """The median of first ÷ second, and in words: with the quartiles, if there are several."""
    quotients = [one / other for one, other in pairs]
    middle = median(quotients)
    if len(quotients) == 1:
        return middle, _said(middle)
    low, _, high = quantiles(quotients, n=4)
    return middle, f"{_said(middle)} ({_said(low)}–{_said(high)})"


def _said(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= SMALL else f"1/{1 / ratio:.0f}"


def compared(
    what: str, unit: str, pairs: Sequence[tuple[float, float]], goal: str = "", most: float | None = None
) -> Line:
    """A line of pairs (now, then): medians, and the ratio that is to be `most` at most."""
    now, then = (median(one) for one in zip(*pairs, strict=True))
    middle, ratio = ratios(pairs)
    met = None if most is None else middle <= most
    return Line(what, f"{then:.2f} {unit}", f"{now:.2f} {unit}", ratio, goal, met)
