"""The agents that tests run on, as generation reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evalgen.generation.definition import AgentDefinition
from evalgen_cli.agents import definition_in

ROOT = Path(__file__).parents[1]
FOLDERS = {
    folder.name: folder
    for place in (ROOT / "events" / "agents", ROOT / "tests" / "agents")
    for folder in sorted(place.iterdir())
    if folder.is_dir()
}


@cache
def definition_of(name: str) -> AgentDefinition:
    """The agent in the folder of that name."""
    return definition_in(FOLDERS[name])
