"""How fast the embedded writer is, and how much memory it takes: each case in a process of its own.

`make bench`, or `python -m benchmarks.generation`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.embedded import plan_job, read_agent, write_scenario
from evalgen_cli.agents import definition_in

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "events" / "agents" / "roadside"
LARGE_PROMPT, LARGE_TOOLS = 300_000, 60
CASES = {
    "sample agent, 20": ("sample", 20),
    "sample agent, 100": ("sample", 100),
    "300 kB and 60 tools, 100": ("large", 100),
}


def large() -> AgentDefinition:
    """The sample agent's prompt repeated with other numbers up to 300 kB, and its tools under sixty names."""
    sample = definition_in(SAMPLE)
    parts = []
    size = 0
    while size < LARGE_PROMPT:
        area = len(parts)
        part = sample.description.replace("dollars", f"dollars in area {area}").replace(
            "Step ", f"Step {area}."
        )
        parts.append(part)
        size += len(part.encode())
    tools: list[Tool] = []
    while len(tools) < LARGE_TOOLS:
        copy = len(tools) // len(sample.tools)
        tool = sample.tools[len(tools) % len(sample.tools)]
        tools.append(replace(tool, id=len(tools) + 1, name=tool.name if not copy else f"{tool.name}_{copy}"))
    return replace(sample, description="\n\n".join(parts)[:LARGE_PROMPT], tools=tuple(tools))


def measure(kind: str, wanted: int) -> dict[str, float]:
    agent = definition_in(SAMPLE) if kind == "sample" else large()
    plan_job(replace(definition_in(SAMPLE), name="warm-up"), _brief(1))
    started = time.perf_counter()
    read_agent(agent)
    read = time.perf_counter()
    brief = _brief(wanted)
    planned_job = plan_job(agent, brief)
    planned = time.perf_counter()
    for test in planned_job.tests:
        write_scenario(test, brief, planned_job.setting, brief.personality_of(0))
    written = time.perf_counter()
    return {
        "scenarios": len(planned_job.tests),
        "read_s": read - started,
        "plan_s": planned - read,
        "write_s": written - planned,
        "per_s": len(planned_job.tests) / (written - read),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _brief(wanted: int) -> Brief:
    return Brief(wanted, "bench", (Personality(1, "Normal", "en"),), generate_expected_outcomes=True)


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))  # noqa: T201 - the parent process reads it
        return
    columns = ("case", "scenarios", "read s", "plan s", "write s", "scenarios/s", "peak MB")
    table = Table(*columns, title="Embedded generation")
    for case, (kind, wanted) in CASES.items():
        command = [sys.executable, "-m", "benchmarks.generation", kind, str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - itself
        figures = json.loads(done.stdout)
        table.add_row(
            case,
            f"{figures['scenarios']:.0f}",
            *(f"{figures[name]:.2f}" for name in ("read_s", "plan_s", "write_s")),
            f"{figures['per_s']:.0f}",
            f"{figures['peak_mb']:.0f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
