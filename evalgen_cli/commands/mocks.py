"""`evalgen mocks`: mock data invented for tools that have none, to be read and corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalgen.explain import mock_tools_of
from evalgen.generation.embedded import read_agent as read_model
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.options import Agent
from evalgen_cli.writing import STDOUT, as_json, write_text


def mocks(
    agent: Agent,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Default: mock-tools.json in the agent's folder.")
    ] = None,
) -> None:
    """Write the agent's mock data, with what is invented for tools that have none.

    Give the file beside the agent's other files, and it counts from then on.
    """
    model = read_model(definition_of(read_agent(agent).agent))
    inside = agent[0] if agent[0].is_dir() else agent[0].parent
    path = out or inside / "mock-tools.json"
    if not model.invented and out is None:
        typer.echo("nothing had to be invented: every tool has mock data, or can have none", err=True)
        return
    write_text(path, as_json(mock_tools_of(model.definition)))
    if path != STDOUT:
        typer.echo(f"{path} holds the mock data invented for {len(model.invented)} tools", err=True)
