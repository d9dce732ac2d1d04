"""`evalgen export`: the scenarios as a file of another tool."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from evalgen.exports.exported import Exported
from evalgen.exports.formats import FORMATS, FormatName, lost_by_key
from evalgen_cli.options import AsJson, SuitePath
from evalgen_cli.suite import read_suite
from evalgen_cli.writing import STDOUT, as_json, write_bytes


def export(
    suite: SuitePath,
    to: Annotated[FormatName, typer.Option("--to", help="Whose file.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Default: the name that its owner expects, here.")
    ] = None,
    target: Annotated[
        str, typer.Option(help="The id that the format's owner knows your agent by, such as llm_….")
    ] = "",
    as_json_: AsJson = False,
) -> None:
    """Write the scenarios as a file of another tool, and say what of them it has no place for."""
    found = read_suite(suite)
    exported = Exported(found.scenarios, found.agent.get("mock_tools", []), target)
    path = out or Path(FORMATS[to].file_name)
    write_bytes(path, FORMATS[to].file(exported))
    lost = lost_by_key(to, exported)
    if as_json_ and path != STDOUT:
        sys.stdout.write(as_json({"file": str(path), "scenarios": len(found.scenarios), "lost": lost}))
        return
    if path != STDOUT:
        typer.echo(f"{path} holds {len(found.scenarios)} scenarios", err=True)
    for part, count in Counter(part for parts in lost.values() for part in parts).items():
        typer.echo(f"not in it: {part} ({count})", err=True)
    if kept := FORMATS[to].keeps:
        typer.echo(f"in it as data, which {to} does not act on: {', '.join(sorted(kept))}", err=True)
