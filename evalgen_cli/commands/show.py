"""`evalgen show`: generated scenarios, to read."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from evalgen_cli import showing
from evalgen_cli.failing import Failed
from evalgen_cli.options import AsJson, SuitePath
from evalgen_cli.suite import read_suite
from evalgen_cli.writing import as_json


def show(
    suite: SuitePath,
    scenario: Annotated[
        str,
        typer.Argument(metavar="[NUMBER|NAME]", help="One of them in full, by number or a part of its name."),
    ] = "",
    as_json_: AsJson = False,
) -> None:
    """Show what was generated: all scenarios in a table, or one in full."""
    found = read_suite(suite)
    chosen = _matching(found.scenarios, scenario)
    if scenario and not chosen:
        raise Failed(f"no scenario {scenario!r} in {suite}: there are 1 to {len(found.scenarios)}")
    if as_json_:
        sys.stdout.write(as_json(chosen))
        return
    console = Console(highlight=False)
    if scenario:
        console.print(*map(showing.in_full, chosen), sep="\n")
        return
    if chosen:
        console.print(showing.overview(chosen))
    if found.failures:
        console.print(showing.failures(found.failures))


def _matching(scenarios: list[showing.Scenario], wanted: str) -> list[showing.Scenario]:
    if wanted.isdecimal():
        return scenarios[int(wanted) - 1 : int(wanted)] if int(wanted) else []
    return [one for one in scenarios if wanted.casefold() in one["name"].casefold()]
