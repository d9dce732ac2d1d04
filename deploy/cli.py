"""`python -m deploy`: building, deploying, and a stack's projects and keys."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table as RichTable

from deploy import Unable
from deploy.build import BUILT, build, functions
from deploy.sbom import sbom
from deploy.sizes import sizes
from deploy.stack import embedded_stores, stores_of
from deploy.up import deploy
from evalgen.catalog.api_keys import list_keys, make_key, revoke_key
from evalgen.catalog.seeds import create_project, list_projects
from evalgen.errors import NotFound, Retryable
from evalgen.storage.ports import Stores

P = ParamSpec("P")
R = TypeVar("R")

Runtime = Annotated[str, typer.Option(envvar="RUNTIME", help="python3.11, python3.12 or python3.13.")]
Architecture = Annotated[str, typer.Option(envvar="ARCH", help="arm64 or x86_64.")]
Stack = Annotated[str, typer.Option(envvar="STACK", help="Name of the deployed stack.")]
State = Annotated[Path | None, typer.Option(help="An embedded stack's folder instead of a deployed stack.")]
Project = Annotated[int, typer.Option(min=1, help="Its number.")]

app = typer.Typer(
    help="evalgen on AWS.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
console = Console(highlight=False, soft_wrap=True)


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """What cannot be done is said in a line, without a trace."""

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> R:
        try:
            return command(*args, **options)
        except (Unable, NotFound, Retryable) as error:
            typer.echo(f"evalgen: {error}", err=True)
            raise typer.Exit(1) from None

    return run


@app.command("build")
@explained
def build_command(runtime: Runtime = "python3.13", architecture: Architecture = "arm64") -> None:
    """Build functions and layer into .aws-sam/build."""
    build(runtime, architecture)
    table = RichTable("built", "KB unzipped", "KB zipped", title=f"{runtime} on {architecture}")
    for size in sizes([BUILT / "EvalgenLayer", *functions(BUILT)]):
        table.add_row(size.name, f"{size.unzipped // 1000}", f"{size.zipped // 1000}")
    console.print(table)


@app.command("sbom")
def sbom_command() -> None:
    """Print what the layer is made of, as CycloneDX in JSON."""
    typer.echo(json.dumps(sbom(), indent=2))


@app.command()
@explained
def up(
    stack: Stack = "evalgen",
    runtime: Runtime = "python3.13",
    architecture: Architecture = "arm64",
    parameters: Annotated[list[str] | None, typer.Argument(help="Name=value of the template's own.")] = None,
) -> None:
    """Deploy what `build` has built, for the same runtime and architecture."""
    deploy(stack, [f"Runtime={runtime}", f"Architecture={architecture}", *(parameters or [])])


@app.command()
@explained
def projects(
    stack: Stack = "evalgen",
    state: State = None,
    create: Annotated[str, typer.Option(metavar="NAME", help="Make one, and show its first key.")] = "",
) -> None:
    """List projects, or make one."""
    stores = _stores(stack, state)
    if create:
        project_id = create_project(stores, time.time, create)
        console.print(f"project {project_id}: {create}")
        _show_new_key(stores, project_id, create)
        return
    table = RichTable("project", "name")
    for project_id, name in list_projects(stores):
        table.add_row(str(project_id), name)
    console.print(table)


@app.command()
@explained
def keys(
    project: Project = 1,
    stack: Stack = "evalgen",
    state: State = None,
    create: Annotated[str, typer.Option(metavar="LABEL", help="Make one, and show it.")] = "",
    days: Annotated[int, typer.Option(min=0, help="How long it is in force; 0: until withdrawn.")] = 0,
    revoke: Annotated[str, typer.Option(metavar="KEY", help="Withdraw the key of this id.")] = "",
) -> None:
    """List a project's API keys, make one or withdraw one."""
    stores = _stores(stack, state)
    if create:
        _show_new_key(stores, project, create, days)
    if revoke:
        revoke_key(stores.table, time.time, project, revoke)
    if create or revoke:
        return
    table = RichTable()
    for heading in ("key", "made", "expires", "withdrawn"):
        table.add_column(heading, no_wrap=True)
    table.add_column("label", overflow="fold")
    for key in list_keys(stores.table, project):
        dates = (when[:10] for when in (key.created_at, key.expires_at, key.revoked_at))
        table.add_row(key.id, *dates, key.label)
    console.print(table)


def _stores(stack: str, state: Path | None) -> Stores:
    return embedded_stores(state) if state else stores_of(stack)


def _show_new_key(stores: Stores, project: int, label: str, days: int = 0) -> None:
    """On standard output the key alone, so that a script can take it."""
    api_key = make_key(stores.table, time.time, project, label, days)
    typer.echo("Its API key follows; keep it, for it is stored as a hash only:", err=True)
    typer.echo(api_key)
