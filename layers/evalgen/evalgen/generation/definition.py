"""The agent's definition as its owner wrote it: the input of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MockCall:
    """One example of a tool being called: `input` by parameter name, `output` any JSON value."""

    input: dict[str, Any]
    output: Any


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is a JSON schema of the input; `freetext_params` are not matched when mocking."""

    id: int
    name: str
    description: str = ""
    parameters: dict[str, Any] | None = None
    freetext_params: tuple[str, ...] = ()
    mock_data: tuple[MockCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A `{{name}}` that is filled in when a call starts."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    id: int
    file_name: str
    text: str


@dataclass(frozen=True, slots=True)
class AgentDefinition:
    """`language` is an ISO 639-1 code, or `multi`; `description` is the agent's whole prompt.

    `speaks_first`: whether the agent opens the call; None where its owner has not said so. `first_message`:
    what it then says; empty where that is not known.
    """

    name: str
    language: str
    description: str
    tools: tuple[Tool, ...] = ()
    variables: tuple[Variable, ...] = ()
    documents: tuple[Document, ...] = ()
    speaks_first: bool | None = None
    first_message: str = ""
