"""`evalgen serve`: the API on this machine, by the deployed system's own functions."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from evalgen_cli.options import Model
from evalgen_cli.stack import stack_folder

REST = {"allow_extra_args": True, "ignore_unknown_options": True}


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 chooses a free one.")] = 8000,
    state: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path(".evalgen"),
    api_key: Annotated[str, typer.Option(envvar="LOCAL_API_KEY", help="The key to let in.")] = "local-key",
    workers: Annotated[int, typer.Option(min=1, max=32, envvar="WORKERS", help="Worker processes.")] = 2,
    model: Model = "",
) -> None:
    """Serve the API on 127.0.0.1 until interrupted."""
    folder = stack_folder()
    os.environ["LOCAL_API_KEY"] = api_key
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    arguments = ["--port", str(port), "--state", str(state.resolve()), "--workers", str(workers)]
    arguments += ["--model", model] if model else []
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "local", "serve", *arguments])  # noqa: S606 - our own module
