"""Agents in files and folders, read for a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from evalgen.catalog.agent_record import AgentRecord, changed
from evalgen.contract.agents import AgentCreate
from evalgen.generation.definition import AgentDefinition
from evalgen.importing.imported import Imported
from evalgen.importing.reading import imported
from evalgen.importing.source import BadInput, SourceFile
from evalgen.importing.texts import KNOWLEDGE

MOST_BYTES = 16 * 1024 * 1024
"""Of one file: an agent is smaller, and something else may be as large as a disk."""


def read_agent(paths: Sequence[Path]) -> Imported:
    """The agent in a folder, or in some files. Raises BadInput, OSError."""
    files = [file for path in paths for file in _files(path)]
    folder = paths[0] if paths[0].is_dir() else paths[0].with_suffix("")
    return imported(files, folder.resolve().name)


def _files(path: Path) -> Iterator[SourceFile]:
    if not path.exists():
        raise BadInput(f"{path} does not exist; give an agent's file, or the folder that holds it")
    if not path.is_dir():
        yield _read(path)
        return
    for file in sorted([*path.iterdir(), *(path / KNOWLEDGE).glob("*")]):
        if file.is_file() and not file.name.startswith("."):
            yield _read(file)


def _read(path: Path) -> SourceFile:
    if (size := path.stat().st_size) > MOST_BYTES:
        raise BadInput(f"{path}: {size} bytes are no agent; at most {MOST_BYTES} are read")
    return SourceFile(path.as_posix(), path.read_bytes())


def definition_of(agent: dict[str, Any]) -> AgentDefinition:
    """The agent as generation reads it, by way of the API's create request. Raises InvalidRequest."""
    blank = AgentRecord(1, "", "", AgentDefinition("", "en", ""))
    return changed(blank, AgentCreate.model_validate(agent), count(1), "")[0].definition


def definition_in(folder: Path) -> AgentDefinition:
    """Raises BadInput, InvalidRequest, OSError."""
    return definition_of(read_agent([folder]).agent)
