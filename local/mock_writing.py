"""`--write-mocks`: what was invented, written into the agent's folder, so that a person can correct it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from evalgen.explain import mock_tools_of
from evalgen.generation.embedded import read_agent
from local.agent_folder import definition_in


def write_mocks(folder: Path) -> tuple[Path, int]:
    """Write `mock-tools.json` and answer it with the number of tools whose mock data were invented.

    Tools that have mock data keep them; without any to invent nothing is written. Raises NoAgent, OSError.
    """
    model, path = read_agent(definition_in(folder)), folder / "mock-tools.json"
    if model.invented:
        text = json.dumps(mock_tools_of(model.definition), indent=2, ensure_ascii=False) + "\n"
        incoming = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            incoming.write_text(text, "utf-8")
            incoming.replace(path)
        finally:
            incoming.unlink(missing_ok=True)
    return path, len(model.invented)
