"""`evalgen diff`: what changed between two suites."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evalgen_cli.comparing import Difference, compared
from evalgen_cli.failing import NOT_AS_DEMANDED
from evalgen_cli.options import AsJson
from evalgen_cli.suite import read_suite
from evalgen_cli.writing import as_json


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A suite as `generate -o` wrote it.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one.")],
    as_json_: AsJson = False,
) -> None:
    """Show what changed in the agent, and which scenarios follow from it. Ends with 1 if anything did."""
    found = compared(read_suite(old), read_suite(new))
    if as_json_:
        sys.stdout.write(as_json(found.as_data()))
    else:
        typer.echo(_told(found))
    if found:
        raise typer.Exit(NOT_AS_DEMANDED)


def _told(found: Difference) -> str:
    if not found:
        return "The agent and its scenarios are the same."
    parts = [
        *(f"prompt, line {line}: {text}" for line, text in found.prompt),
        *(f"tool {name}: {what}" for name, what in found.tools),
        *(f"agent: {name} is another" for name in found.fields),
        *(f"+ {name}" for name in found.added),
        *(f"- {name}" for name in found.removed),
        *(f"~ {name}: {', '.join(what)}" for name, what in found.changed),
        f"{found.same} scenarios are the same",
    ]
    return "\n".join(parts)
