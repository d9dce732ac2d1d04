"""What embedded generation takes of CPU and memory: each case in a process of its own.

`make bench`, or `python -m benchmarks.generation`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measured.agents import long_prompt
from benchmarks.measured.growing import PROMPTS, TOOLS, took
from benchmarks.sample import SAMPLE
from local import ROOT


def main() -> None:
    columns = ("case", "scenarios", "read s", "plan s", "write s", "scenarios/s", "peak MB")
    table = Table(*columns, title="Embedded generation: CPU")
    with tempfile.TemporaryDirectory() as folder:
        large = long_prompt(Path(folder) / "large", PROMPTS[-1], TOOLS)
        cases = (
            ("sample agent", SAMPLE, 20),
            ("sample agent", SAMPLE, 100),
            ("300 kB and 60 tools", large, 100),
        )
        for what, agent, wanted in cases:
            figures = took(ROOT, agent, wanted)
            table.add_row(
                f"{what}, {wanted}",
                f"{figures['scenarios']:.0f}",
                *(f"{figures[name]:.2f}" for name in ("read_s", "plan_s", "write_s")),
                f"{figures['scenarios'] / figures['all_s']:.0f}",
                f"{figures['peak_mb']:.0f}",
            )
    Console().print(table)


if __name__ == "__main__":
    main()
