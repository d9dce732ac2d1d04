"""`evalgen diff`: what changed in an agent, and which scenarios follow from it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.suite_diff import suite_diff
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.failing import NOT_AS_DEMANDED
from evalgen_cli.options import AsJson
from evalgen_cli.suite import is_suite, read_suite
from evalgen_cli.writing import as_json

MARKS = {"added": "+", "removed": "-", "changed": "~", "changes": "~", "void": "-", "new": "+"}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A suite, or the agent as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The agent as it is, or a suite of it.")],
    as_json_: AsJson = False,
) -> None:
    """Show what changed in an agent, and which scenarios hold, change, are void or new. 1 if anything did."""
    kept = [one["key"] for one in read_suite(old).scenarios] if is_suite(old) else None
    found = suite_diff(_agent(old), _agent(new), kept)
    lines = list(_told(found))
    if as_json_:
        sys.stdout.write(as_json(found))
    else:
        typer.echo(
            "\n".join([*lines, _summary(found, "are new" if kept is None else "are not in the suite")])
        )
    if lines:
        raise typer.Exit(NOT_AS_DEMANDED)


def _agent(path: Path) -> AgentDefinition:
    return definition_of(read_suite(path).agent if is_suite(path) else read_agent([path]).agent)


def _told(found: dict[str, Any]) -> Iterator[str]:
    """A line for each thing that is not as it was; scenarios that a suite left out are none."""
    for one in found["statements"]:
        if one["status"] in MARKS:
            yield f"{MARKS[one['status']]} line {one['line']}: {one['text']}"
    for one in found["tools"]:
        if one["status"] in MARKS:
            yield f"{MARKS[one['status']]} tool {one['name']}"
    for one in found["scenarios"]:
        if one["status"] in MARKS and one["status"] != "new":
            what = f" ({', '.join(one['differs'])})" if one["differs"] else ""
            yield f"{MARKS[one['status']]} {one['name']}{what}"
    changed = any(one["status"] != "same" for part in ("statements", "tools") for one in found[part])
    yield from (f"+ {one['name']}" for one in found["scenarios"] if changed and one["status"] == "new")


def _summary(found: dict[str, Any], new: str) -> str:
    said = {"holds": "hold", "changes": "change", "void": "are void", "new": new, "unknown": "unknown"}
    counts = found["summary"]
    parts = [f"{counts[status]} {word}" for status, word in said.items() if counts[status]]
    return f"Scenarios: {', '.join(parts)}"
