"""An agent that was read from somebody's files, and what of them found no place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evalgen.contract.problems import Place
from evalgen.importing.source import JsonSource


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is not in the agent as it is in the files; `where` has file, line and path.

    `minor`: no scenario would be another for it.
    """

    where: str
    text: str
    minor: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class FoundTool:
    """A tool as the body of a create request has it, where it came from, and its name there."""

    body: dict[str, Any]
    source: JsonSource
    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one file says: fields of the create request, tools, notes. `format` as people call it.

    `whole`: it is an agent by itself, with its prompt.
    """

    format: str
    fields: dict[str, Any] = field(default_factory=dict)
    tools: tuple[FoundTool, ...] = ()
    notes: tuple[Note, ...] = ()
    whole: bool = False
    source: JsonSource | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """`agent` is a valid body of `POST …/aiagents/`."""

    format: str
    agent: dict[str, Any]
    notes: tuple[Note, ...] = ()
