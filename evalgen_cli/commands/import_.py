"""`evalgen import`: an agent of another platform as a folder of ours."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from evalgen.importing.texts import KNOWLEDGE
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.failing import Failed
from evalgen_cli.options import Agent, AsJson
from evalgen_cli.writing import as_json, write_bytes, write_text


def import_(
    agent: Agent,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="A folder that it is written into.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Read an agent of any platform, say what of it has no place here, and write it as a folder with -o."""
    found = read_agent(agent)
    definition_of(found.agent)
    if as_json_:
        notes = [str(note) for note in found.notes]
        sys.stdout.write(as_json({"format": found.format, "agent": found.agent, "notes": notes}))
    else:
        typer.echo(f"{found.format}: {found.agent['name']}, {len(found.agent['mock_tools'])} tools")
        for note in found.notes:
            typer.echo(str(note))
    if out is not None:
        _write(out, found.agent)
        typer.echo(f"Saved in {out}", err=True)


def _write(folder: Path, agent: dict[str, Any]) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failed(f"{folder} is there already and not empty; name a new folder")
    tools = agent["mock_tools"]
    apart = ("description", "mock_tools", "knowledge_base_files")
    rest = {key: value for key, value in agent.items() if key not in apart}
    write_text(folder / "agent.json", as_json(rest))
    write_text(folder / "system-prompt.txt", agent["description"])
    write_text(folder / "tool-definitions.json", as_json([_without(tool, "mock_data") for tool in tools]))
    mocked = [_without(tool, "parameters") for tool in tools if tool.get("mock_data")]
    if mocked:
        write_text(folder / "mock-tools.json", as_json(mocked))
    for file in agent.get("knowledge_base_files", []):
        write_bytes(folder / KNOWLEDGE / file["file_name"], base64.b64decode(file["content_base64"]))


def _without(tool: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in tool.items() if name != key}
