"""Where the command starts: what it loads is there to stay, and no garbage to look for."""

from __future__ import annotations

import gc


def main() -> None:
    """The console script."""
    gc.disable()
    from evalgen_cli.app import app  # noqa: PLC0415 - that is what takes the time

    gc.freeze()
    gc.enable()
    app(prog_name="evalgen")
