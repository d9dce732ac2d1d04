"""`evalgen report`: what of the agent is tested, as a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalgen.report.reported import Reported
from evalgen_cli.agents import definition_of
from evalgen_cli.options import SuitePath
from evalgen_cli.suite import Suite, read_suite
from evalgen_cli.writing import STDOUT, write_text


def report(
    suite: SuitePath,
    out: Annotated[Path, typer.Option("-o", "--out", help="The file; `-` is standard output.")] = Path(
        "report.html"
    ),
) -> None:
    """Write one HTML page: which line of the prompt is tested by what, and what is not."""
    from evalgen.report.page import report_page  # noqa: PLC0415 - of all commands this one needs Jinja2

    write_text(out, report_page(reported_of(read_suite(suite))))
    if out != STDOUT:
        typer.echo(f"{out} shows what is tested; open it in a browser", err=True)


def reported_of(suite: Suite) -> Reported:
    """Raises InvalidRequest."""
    return Reported(
        definition_of(suite.agent),
        suite.scenarios,
        suite.coverage.get("items", []),
        suite.failures,
        suite.warnings,
        (suite.coverage.get("summary") or {}).get("more_scenarios", 0),
    )
