"""An agent's definition in a folder of files, as the body of a create request.

`system-prompt.txt` is needed; `agent.json` (name, language, dynamic_variables), `mock-tools.json`,
`tool-definitions.json` (name and parameters of each tool), `first-message.txt` (with which the agent opens
the call) and the files of `knowledge/` are optional.
"""

from __future__ import annotations

import base64
import json
from itertools import count
from pathlib import Path
from typing import Any

from evalgen.catalog.agent_record import AgentRecord, changed
from evalgen.contract.agents import AgentCreate
from evalgen.generation.definition import AgentDefinition


class NoAgent(Exception):
    """The folder holds no agent; the text says what is wrong with which file."""


def read_agent(folder: Path) -> dict[str, Any]:
    """Raises NoAgent."""
    prompt = folder / "system-prompt.txt"
    if not prompt.is_file():
        raise NoAgent(f"{prompt} does not exist; an agent's folder has its description there")
    meta = _json(folder / "agent.json", {})
    opening = folder / "first-message.txt"
    return {
        "name": meta.get("name", folder.name),
        "language": meta.get("language", "en"),
        "description": _text(prompt),
        "dynamic_variables": meta.get("dynamic_variables", []),
        "agent_speaks_first": meta.get("agent_speaks_first"),
        "first_message": _text(opening).strip() if opening.is_file() else "",
        "telephony": {"inbound": True},
        "mock_tools": _tools(folder),
        "knowledge_base_files": [
            {"file_name": file.name, "content_base64": base64.b64encode(file.read_bytes()).decode()}
            for file in sorted((folder / "knowledge").glob("*"))
        ],
    }


def _tools(folder: Path) -> list[dict[str, Any]]:
    """The mock tools with their schemas, then the tools that only have a schema."""
    tools = {tool["name"]: tool for tool in _json(folder / "mock-tools.json", [])}
    for definition in _json(folder / "tool-definitions.json", []):
        name = definition["name"]
        tool = tools.get(
            name, {"name": name, "description": definition.get("description", ""), "mock_data": []}
        )
        tools[name] = {**tool, "parameters": definition["parameters"]}
    return list(tools.values())


def _json(path: Path, absent: Any) -> Any:
    if not path.exists():
        return absent
    try:
        value = json.loads(_text(path))
    except ValueError as error:
        raise NoAgent(f"{path} is no JSON: {error}") from None
    if type(value) is not type(absent):
        raise NoAgent(f"{path} has to hold {'a list' if absent == [] else 'an object'}")
    return value


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise NoAgent(f"{path} is no UTF-8 text") from None


def definition_in(folder: Path) -> AgentDefinition:
    """The agent as generation reads it, by way of the API's create request. Raises NoAgent, ValueError."""
    blank = AgentRecord(1, "", "", AgentDefinition("", "en", ""))
    return changed(blank, AgentCreate.model_validate(read_agent(folder)), count(1), "")[0].definition
