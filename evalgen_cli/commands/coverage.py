"""`evalgen coverage`: how much of an agent its scenarios test, with a limit for CI."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evalgen_cli.failing import NOT_AS_DEMANDED, Failed
from evalgen_cli.options import AsJson, SuitePath
from evalgen_cli.suite import read_suite
from evalgen_cli.writing import as_json

KINDS = {"statement": "statements", "limit": "limits", "tool_outcome": "answers of tools", "fact": "facts"}


def coverage(
    suite: SuitePath,
    least: Annotated[
        float | None,
        typer.Option("--min", min=0, max=1, help="End with 1 if a smaller share is covered, such as 0.8."),
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="List what is not covered, and why.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Show what the scenarios cover of what a call can test."""
    items = read_suite(suite).coverage.get("items", [])
    counts = {kind: _count(items, kind) for kind in KINDS}
    covered, all_ = (sum(one[part] for one in counts.values()) for part in (0, 1))
    share = covered / all_ if all_ else 1.0
    left = [one for one in items if one["status"] in ("not_yet", "out_of_reach")]
    if as_json_:
        sys.stdout.write(as_json({"covered": covered, "of": all_, "share": round(share, 4), "left": left}))
    else:
        console = Console(highlight=False)
        console.print(_table(counts, covered, all_))
        if missing:
            for one in left:
                line = f"line {one['line']}" if one["line"] else one["kind"]
                console.print(
                    Text(f"{line}: {one['text']}"), Text(f"  {one['reason']}", style="dim"), sep="\n"
                )
    if least is not None and share < least:
        raise Failed(f"{share:.0%} is covered, less than {least:.0%}", NOT_AS_DEMANDED)


def _count(items: list[dict[str, Any]], kind: str) -> tuple[int, int]:
    """Covered, of what a call can test."""
    status = [one["status"] for one in items if one["about"] == kind]
    return status.count("covered"), len(status) - status.count("not_testable")


def _table(counts: dict[str, tuple[int, int]], covered: int, all_: int) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("", "covered", "of", ""):
        table.add_column(title, justify="right" if title else "left")
    rows = {KINDS[kind]: one for kind, one in counts.items() if one[1]} | {"together": (covered, all_)}
    for name, (part, whole) in rows.items():
        table.add_row(name, str(part), str(whole), f"{part / whole:.0%}" if whole else "-")
    return table
