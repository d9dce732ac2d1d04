"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Agent = Annotated[
    list[Path],
    typer.Argument(
        metavar="AGENT...",
        help="The agent: a folder, the file that your platform exports, or a prompt with its tools.",
        show_default=False,
    ),
]
SuitePath = Annotated[
    Path,
    typer.Argument(
        metavar="SUITE", help="What `evalgen generate -o` has written: a file or folder.", show_default=False
    ),
]
Model = Annotated[
    str,
    typer.Option(
        envvar="MODEL", help="bedrock:<id> or openai:<id>: it plans, words and reviews; docs/models.md."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
