"""The command line of the embedded stack."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from evalgen.explain import explained
from local import ROOT
from local.agent_folder import NoAgent, definition_in
from local.client import ApiError
from local.explaining import told
from local.http_server import PortTaken
from local.intrinsics import TemplateError
from local.keeping import Store
from local.lifeline import watch_parent
from local.mock_writing import write_mocks
from local.provisioning import AwsUnusable
from local.run import generate_and_show
from local.stack import Settings, running
from local.state import StateUnusable

SAMPLE = ROOT / "events" / "agents" / "roadside"

WriteMocks = Annotated[
    bool, typer.Option("--write-mocks", help="Write invented mock data into the agent's folder first.")
]
Workers = Annotated[int, typer.Option(min=1, max=32, envvar="WORKERS", help="Worker processes.")]

app = typer.Typer(
    help="evalgen on this machine: the deployed system's own functions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 chooses a free one.")] = 8000,
    state: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path(".evalgen"),
    api_key: Annotated[str, typer.Option(envvar="LOCAL_API_KEY", help="The key to let in.")] = "local-key",
    workers: Workers = 2,
    template: Annotated[Path, typer.Option(help="What is deployed.")] = ROOT / "template.yaml",
    store: Annotated[
        Store, typer.Option(help="aws: DynamoDB, SQS and S3 where AWS_ENDPOINT_URL says.")
    ] = Store.SQLITE,
    access_log: Annotated[bool, typer.Option("--access-log", help="A line for each request.")] = False,
) -> None:
    """Serve the API on 127.0.0.1 until interrupted."""
    stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    watch_parent(stop.set)
    settings = Settings(state, port, api_key, workers, template, store)
    try:
        with running(settings, _complain, typer.echo if access_log else None) as base:
            typer.echo(f"evalgen answers on {base} (key {api_key}, state in {state}); Ctrl-C stops it")
            sys.stdout.flush()
            stop.wait()
    except (PortTaken, StateUnusable, AwsUnusable, TemplateError) as error:
        _fail(str(error))


@app.command()
def run(
    agent: Annotated[Path, typer.Option(help="Folder of the agent's definition.")] = SAMPLE,
    count: Annotated[int, typer.Option("-n", min=1, max=100, help="How many scenarios.")] = 20,
    out: Annotated[Path, typer.Option(help="Where they are saved.")] = Path("scenarios.json"),
    workers: Workers = 2,
    save_mocks: WriteMocks = False,
) -> None:
    """Generate scenarios for an agent and show them."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    watch_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    try:
        if save_mocks:
            _write_mocks(agent)
        complete = generate_and_show(agent, count, workers, out, Console(highlight=False))
    except (NoAgent, ApiError, PortTaken, StateUnusable, TemplateError, OSError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped before it was done", code=130)
    if not complete:
        raise typer.Exit(1)


@app.command()
def explain(
    agent: Annotated[Path, typer.Option(help="Folder of the agent's definition.")] = SAMPLE,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    save_mocks: WriteMocks = False,
) -> None:
    """Show what is understood of an agent: how each statement is tested, its records, what does not fit."""
    try:
        if save_mocks:
            _write_mocks(agent)
        view = explained(definition_in(agent))
    except (NoAgent, OSError) as error:
        _fail(str(error))
    except ValidationError as error:
        _fail(f"{agent} holds no agent that could be created: {error}")
    typer.echo(json.dumps(view, indent=2, ensure_ascii=False) if as_json else told(view))


def _write_mocks(agent: Path) -> None:
    path, count = write_mocks(agent)
    found = f"{path} holds the mock data invented for {count} tools"
    typer.echo(found if count else "nothing had to be invented", err=True)


def _fail(text: str, code: int = 1) -> NoReturn:
    _complain(text)
    raise typer.Exit(code)


def _complain(text: str) -> None:
    typer.echo(f"evalgen: {text}", err=True)
