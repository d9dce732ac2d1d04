"""The progress of a job: a moving bar on a terminal, a line where it began and ended elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evalgen_cli.in_process import OnProgress


@contextmanager
def shown(console: Console, count: int) -> Iterator[OnProgress]:
    """On a console that is for people: standard error, so that standard output is the result's."""
    if not console.is_terminal:
        console.print(f"Generating {count} scenarios ...")
        yield lambda *_: None
        return
    columns = (
        TextColumn("Generating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[status]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=count, status="planning")

        def update(ended: int, total: int, status: str) -> None:
            progress.update(task, completed=ended, total=total, status=status)

        yield update
