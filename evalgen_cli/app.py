"""All commands under one name."""

from __future__ import annotations

from collections.abc import Callable

import typer

from evalgen_cli.commands.coverage import coverage
from evalgen_cli.commands.diff import diff
from evalgen_cli.commands.explain import explain
from evalgen_cli.commands.export import export
from evalgen_cli.commands.generate import generate
from evalgen_cli.commands.import_ import import_
from evalgen_cli.commands.init import init
from evalgen_cli.commands.mocks import mocks
from evalgen_cli.commands.prompt import prompt
from evalgen_cli.commands.report import report
from evalgen_cli.commands.serve import serve
from evalgen_cli.commands.show import show
from evalgen_cli.failing import told

COMMANDS: tuple[Callable[..., None], ...] = (
    init,
    generate,
    explain,
    show,
    coverage,
    report,
    export,
    mocks,
    prompt,
    import_,
    diff,
    serve,
)

app = typer.Typer(
    help="Test scenarios for AI voice agents, generated from the agent's own definition.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(told(command))
