"""`evalgen explain`: what is understood of an agent."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from evalgen.explain import explained
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.explaining import told
from evalgen_cli.options import Agent, AsJson
from evalgen_cli.writing import as_json

Trace = Annotated[bool, typer.Option("--trace", help="Name the rule that read each statement.")]


def explain(agent: Agent, as_json_: AsJson = False, trace: Trace = False) -> None:
    """Show what is understood of an agent: how each statement is tested, its records, what does not fit."""
    found = read_agent(agent)
    view = explained(definition_of(found.agent))
    if as_json_:
        sys.stdout.write(as_json({**view, "notes": [str(note) for note in found.notes]}))
        return
    for note in found.notes:
        typer.echo(str(note), err=True)
    typer.echo(told(view, trace=trace))
