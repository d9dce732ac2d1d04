"""`evalgen init`: a small agent to begin from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from evalgen_cli.failing import Failed
from evalgen_cli.writing import write_text


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")] = Path("agent"),
) -> None:
    """Write a small agent, explained in its files, to begin from."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failed(f"{folder} is there already and not empty; name a new folder")
    for file in files("evalgen_cli").joinpath("starter").iterdir():
        write_text(folder / file.name, file.read_text("utf-8"))
    typer.echo(
        f"{folder}/README.md says what is in it. Next:\n  evalgen generate {folder} -n 5 -o suite.json"
    )
