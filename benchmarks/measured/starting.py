"""Rows 4, 5 and 10: what starting takes, in whole processes: functions with their clients, the command."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from benchmarks.measured.lines import Found, Line
from benchmarks.measured.older import Took, compared, paths, ratios, run, trees
from deploy import Unable
from deploy.environments import environment
from local import ROOT

AGENT = "events/agents/roadside"
OUT = "scenarios.json"
"""Not in the repository (`.gitignore`)."""

FUNCTIONS = ("api", "catalog", "scenarios", "progress", "authorizer")
CLIENTS = {"api": ("sqs", "s3"), "catalog": ("sqs", "s3"), "scenarios": ("s3",), "worker": ("sqs", "s3")}
PEER = 0.4
MOST = {"progress": 1.05, "authorizer": 1.05}
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
FIRST_PLAN = f"""
from pathlib import Path
try:
    from evalgen.generation.brief import Brief, Personality
    from evalgen.generation.embedded import plan_job
    from evalgen_cli.agents import definition_in
except ImportError:
    from evalgen.generation import plan_job
    from evalgen.planning.brief import Brief, Personality
    from local.agent_folder import definition_in
plan_job(definition_in(Path("{AGENT}")), Brief(10, "bench", (Personality(1, "Normal", "en"),)))
"""


def worker(rounds: int) -> Found:
    """Row 4: load, clients and the plan of ten for the sample."""
    with trees() as (now, then):
        loaded = [_pair("worker", now, then, LOAD) for _ in range(rounds)]
        planned = [_pair("worker", now, then, LOAD + FIRST_PLAN) for _ in range(rounds)]
    return Found(
        [
            compared("worker, cold: load and clients, CPU", "s", [_cpu(one) for one in loaded]),
            compared("… and the first plan, of ten", "s", [_cpu(one) for one in planned], "0.6 × then", 0.6),
        ]
    )


def functions(rounds: int) -> Found:
    """Row 5: a function with its clients, and botocore with the same clients."""
    lines: list[Line] = []
    with trees() as (now, then):
        for function in FUNCTIONS:
            pairs, bare = [], []
            for _ in range(rounds):
                pairs.append(_cpu(_pair(function, now, then, LOAD)))
                bare.append((pairs[-1][0], _start(function, now, BARE).cpu_s))
            most = MOST.get(function, 1.5)
            middle, ratio = ratios(bare)
            goal = f"{most} × the bare clients"
            line = compared(f"cold start of {function}, CPU", "s", pairs)
            ratio = f"{line.ratio}; {ratio} × the bare clients"
            lines.append(Line(line.what, line.then, line.now, ratio, goal, middle <= most))
    return Found(lines)


def command(rounds: int) -> Found:
    """Row 10: `make run` for ten, set up, wall and CPU of the process and all that it starts."""
    peer = _deepeval()
    beside: list[tuple[float, float]] = []
    took: list[tuple[Took, Took]] = []
    with trees() as (now, then):
        for _ in range(rounds):
            took.append((_generate(now), _generate(then)))
            if peer:
                beside.append(
                    (took[-1][0].wall_s, run(peer, now, {"DEEPEVAL_TELEMETRY_OPT_OUT": "YES"}).wall_s)
                )
    return Found(
        [
            compared("`make run` for ten, cold, set up: wall", "s", _of(took, "wall_s"), "0.55 × then", 0.55),
            compared("… CPU", "s", _of(took, "cpu_s"), "0.5 × then", 0.5),
            compared("… memory of the process tree", "MB", _of(took, "memory_mb"), "0.6 × then", 0.6),
            *_beside_deepeval(beside),
        ]
    )


def _beside_deepeval(walls: list[tuple[float, float]]) -> list[Line]:
    if not walls:
        return []
    middle, ratio = ratios(walls)
    theirs = f"it takes {median(wall for _, wall in walls):.2f} s"
    return [Line("… wall ÷ DeepEval's for ten goldens", "0.44", theirs, ratio, f"{PEER}", middle <= PEER)]


def _generate(tree: Path) -> Took:
    older = (tree / "local" / "run.py").is_file()
    what = ["local", "run"] if older else ["evalgen_cli", "generate", AGENT]
    return run([sys.executable, "-m", *what, "-n", "10", "--out", str(tree / OUT)], tree, paths(tree))


def _deepeval() -> list[str]:
    """Its own generator, with a model that answers at once; nothing where it cannot be installed."""
    try:
        python = environment("deepeval") / "bin" / "python"
    except Unable:
        return []
    return [str(python), str(ROOT / "checks" / "peers" / "deepeval_synthesizer.py"), "10"]


def _pair(function: str, now: Path, then: Path, code: str) -> tuple[Took, Took]:
    return _start(function, now, code), _start(function, then, code)


def _start(function: str, tree: Path, code: str) -> Took:
    app = str(tree / "functions" / function / "app.py")
    return run([sys.executable, "-c", code, app, *CLIENTS.get(function, ())], tree, {**paths(tree), **AWS})


def _cpu(pair: tuple[Took, Took]) -> tuple[float, float]:
    now, then = pair
    return now.cpu_s, then.cpu_s


def _of(took: list[tuple[Took, Took]], what: str) -> list[tuple[float, float]]:
    return [(getattr(now, what), getattr(then, what)) for now, then in took]
