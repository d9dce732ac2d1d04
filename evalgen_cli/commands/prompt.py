"""`evalgen prompt`: what a model would be sent for an agent, without sending it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from evalgen.generation.with_model.instructions import Step
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.options import Agent


def prompt(agent: Agent, step: Annotated[Step, typer.Option(help="Of what a model does.")] = "plan") -> None:
    """Print what a model would be sent for an agent, without sending it."""
    from evalgen.generation.with_model.sent import sent  # noqa: PLC0415 - every command would wait for it

    sys.stdout.write(sent(definition_of(read_agent(agent).agent), step) + "\n")
