"""This build beside the one of November 28, 2026: whole processes, interleaved, medians of ratios.

python -m benchmarks.compare [ROUNDS]; `make bench` runs it. The older build is a git worktree of its commit.
"""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil
from rich.console import Console
from rich.table import Table

from local import ROOT

OLDER = "f3c14e8"
ROUNDS = 5
SAMPLE_S = 0.02
AGENT = "events/agents/roadside"
OUT = "scenarios.json"
"""Not in the repository (`.gitignore`)."""

FUNCTIONS = ("api", "catalog", "scenarios", "worker", "progress", "authorizer")
AWS = {
    "EVALGEN_TABLE": "t",
    "EVALGEN_QUEUE_URL": "https://sqs.eu-west-1.amazonaws.com/1/q",
    "EVALGEN_BUCKET": "b",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "POWERTOOLS_SERVICE_NAME": "evalgen",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
LOAD = """
import runpy, sys
runpy.run_path(sys.argv[1])
from evalgen.storage.aws.clients import client
client("dynamodb")
for name in sys.argv[2:]: client(name)
"""
BARE = """
import sys
import botocore.session
session = botocore.session.get_session()
for name in ("dynamodb", *sys.argv[2:]): session.create_client(name)
"""
CLIENTS = {"api": ("sqs", "s3"), "catalog": ("sqs", "s3"), "scenarios": ("s3",), "worker": ("sqs", "s3")}


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


def generating(folder: Path) -> list[str]:
    """`make run`, set up, for ten scenarios, in a tree of either build."""
    older = (folder / "local" / "run.py").is_file()
    what = ["local", "run"] if older else ["evalgen_cli", "generate", AGENT]
    return [sys.executable, "-m", *what, "-n", "10", "--out", str(folder / OUT)]


@contextmanager
def older_tree() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "older"
        _git("worktree", "add", "--detach", "--quiet", str(tree), OLDER)
        try:
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def compiled(tree: Path) -> None:
    """Byte code beside the sources, as a build ships it: without, each start compiles them again."""
    for part in ("layers", "functions", "local", "evalgen_cli"):
        if (tree / part).is_dir():
            compileall.compile_dir(tree / part, quiet=1)


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607 - the git that cloned this


def loading(function: str, tree: Path, code: str) -> Took:
    path = {"PYTHONPATH": str(tree / "layers" / "evalgen"), **AWS}
    app = str(tree / "functions" / function / "app.py")
    return run([sys.executable, "-c", code, app, *CLIENTS.get(function, ())], tree, path)


def ratios(pairs: list[tuple[float, float]]) -> str:
    """The median of first ÷ second, with the quartiles."""
    low, middle, high = quantiles([one / other for one, other in pairs], n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    table = Table(
        *("what", "older", "now", "now ÷ older", "now ÷ bare clients"),
        title=f"This build and {OLDER}: medians of {rounds} rounds (quartiles)",
    )
    with older_tree() as older:
        compiled(ROOT)
        compiled(older)
        generated: list[tuple[Took, Took]] = []
        for _ in range(rounds):
            pair = [
                run(generating(tree), tree, {"PYTHONPATH": str(tree / "layers/evalgen")})
                for tree in (ROOT, older)
            ]
            generated.append((pair[0], pair[1]))
        for what in ("wall_s", "cpu_s", "memory_mb"):
            pairs = [(getattr(now, what), getattr(before, what)) for now, before in generated]
            table.add_row(f"make run for ten, {what}", *_medians(pairs), ratios(pairs), "")
        for function in FUNCTIONS:
            took = [
                (loading(function, ROOT, LOAD), loading(function, older, LOAD), loading(function, ROOT, BARE))
                for _ in range(rounds)
            ]
            pairs = [(now.cpu_s, before.cpu_s) for now, before, _ in took]
            bare = [(now.cpu_s, clients.cpu_s) for now, _, clients in took]
            table.add_row(f"cold start of {function}, cpu_s", *_medians(pairs), ratios(pairs), ratios(bare))
    Console(width=120).print(table)


def _medians(pairs: list[tuple[float, float]]) -> tuple[str, str]:
    now, before = (quantiles(one, n=2)[0] for one in zip(*pairs, strict=True))
    return f"{before:.2f}", f"{now:.2f}"


if __name__ == "__main__":
    main()
