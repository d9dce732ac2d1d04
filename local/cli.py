"""The command line of the embedded stack."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from local import ROOT
from local.http_server import PortTaken
from local.intrinsics import TemplateError
from local.keeping import Store
from local.lifeline import watch_parent
from local.model import NoModel, model_parameters
from local.provisioning import AwsUnusable
from local.stack import Settings, running
from local.state import StateUnusable

app = typer.Typer(
    help="evalgen on this machine: the deployed system's own functions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def stack() -> None:
    """With one command only, its name would not be asked for."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 chooses a free one.")] = 8000,
    state: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path(".evalgen"),
    api_key: Annotated[str, typer.Option(envvar="LOCAL_API_KEY", help="The key to let in.")] = "local-key",
    workers: Annotated[int, typer.Option(min=1, max=32, envvar="WORKERS", help="Worker processes.")] = 2,
    template: Annotated[Path, typer.Option(help="What is deployed.")] = ROOT / "template.yaml",
    store: Annotated[
        Store, typer.Option(help="aws: DynamoDB, SQS and S3 where AWS_ENDPOINT_URL says.")
    ] = Store.SQLITE,
    model: Annotated[
        str, typer.Option(envvar="MODEL", help="bedrock:<id> or openai:<id>; docs/models.md.")
    ] = "",
    access_log: Annotated[bool, typer.Option("--access-log", help="A line for each request.")] = False,
) -> None:
    """Serve the API on 127.0.0.1 until interrupted."""
    stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    watch_parent(stop.set)
    try:
        settings = Settings(state, port, api_key, workers, template, store, model_parameters(model))
        with running(settings, _complain, typer.echo if access_log else None) as base:
            typer.echo(
                f"evalgen answers on {base} (key {api_key}, state in {state}); Ctrl-C stops it\n"
                f"{base}/docs describes every operation"
            )
            sys.stdout.flush()
            stop.wait()
    except (NoModel, PortTaken, StateUnusable, AwsUnusable, TemplateError) as error:
        _fail(str(error))


def _fail(text: str) -> NoReturn:
    _complain(text)
    raise typer.Exit(1)


def _complain(text: str) -> None:
    typer.echo(f"evalgen: {text}", err=True)
