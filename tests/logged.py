"""What functions have logged: Powertools' loggers write to the standard output that was there at first."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

SERVICES = ("api", "agents", "catalog", "scenarios", "suites", "worker", "dead_letters", "sweeper")


class _StandardOutput:
    """Whatever it is at the moment: pytest captures setting up and testing by streams of their own."""

    def write(self, text: str) -> None:
        sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()


class Log:
    """Collects from its making on; `lines` answers what came since the last call."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        for service in SERVICES:
            for handler in logging.getLogger(service).handlers:
                patch.setattr(handler, "stream", _StandardOutput())

    def text(self) -> str:
        return self._capsys.readouterr().out

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text().splitlines()]
