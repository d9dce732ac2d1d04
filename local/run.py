"""`make run`: from an agent's folder to finished scenarios, and all that takes started and stopped."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from local import show
from local.agent_folder import read_agent
from local.client import Client
from local.stack import Report, Settings, running

NEXT = """\
Try next:
  make run ARGS="--agent FOLDER -n 50"   an agent of your own, more scenarios
  make serve                             the API until Ctrl-C, then for example:
  curl -H "X-CEKURA-API-KEY: local-key" \\
       http://127.0.0.1:8000/test_framework/v1/personalities/"""


def generate_and_show(folder: Path, count: int, workers: int, out: Path, console: Console) -> bool:
    """Generate, show and save; answers whether all were completed.

    If some failed its state stays, for the log. Raises NoAgent, ApiError, OSError, and what the stack raises.
    """
    agent = read_agent(folder)
    state = Path(tempfile.mkdtemp(prefix="evalgen-"))
    try:
        progress = _generate(agent, count, Settings(state=state, workers=workers), console)
    except BaseException:
        shutil.rmtree(state, ignore_errors=True)
        raise
    _save(out, progress)
    scenarios, failed = progress["scenarios_list"], progress["failed_scenarios"]
    console.print()
    if scenarios:
        console.print(show.overview(scenarios), show.in_full(show.most_telling(scenarios)), sep="\n\n")
    if progress["warnings"]:
        console.print(show.warnings(progress))
    if failed:
        console.print(show.failures(progress), f"The log is {state / 'functions.log'}", sep="\n")
    else:
        shutil.rmtree(state)
    console.print(f"Saved {len(scenarios)} scenarios in {out}\n\n{NEXT}", markup=False, soft_wrap=True)
    return not failed


def _generate(agent: dict[str, Any], count: int, settings: Settings, console: Console) -> dict[str, Any]:
    """The job's last progress answer."""
    report: Report = console.print
    with _bar(console, count) as on_progress, running(settings, report) as base:
        client = Client(base, settings.api_key)
        request = {
            "agent_id": client.create_agent(agent),
            "num_scenarios": count,
            "scenario_type": "workflow",
            "generate_expected_outcomes": True,
        }
        return client.generate(request, on_progress)


@contextmanager
def _bar(console: Console, count: int) -> Iterator[Callable[[dict[str, Any]], None]]:
    columns = (
        TextColumn("Generating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[status]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=count, status="starting")

        def update(answer: dict[str, Any]) -> None:
            ended = answer["completed_scenarios"] + answer["failed_scenarios"]
            progress.update(task, completed=ended, status=answer["status"])

        yield update


def _save(path: Path, progress: dict[str, Any]) -> None:
    """The whole answer of the API, or what was in the file before."""
    incoming = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        incoming.write_text(json.dumps(progress, indent=1, ensure_ascii=False) + "\n", "utf-8")
        incoming.replace(path)
    finally:
        incoming.unlink(missing_ok=True)
