"""What was found in files becomes one agent, which is validated here, once."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from pydantic import ValidationError

from evalgen.contract.agent_tools import ToolWrite
from evalgen.contract.agents import AgentCreate
from evalgen.contract.problems import problems_of
from evalgen.contract.tool_warnings import MOST, strange_in
from evalgen.importing import own
from evalgen.importing.imported import Found, FoundTool, Imported, Note
from evalgen.importing.source import BadInput, SourceFile
from evalgen.importing.texts import Texts, as_variables


def assembled(found: Sequence[Found], texts: Texts, documents: Sequence[SourceFile], name: str) -> Imported:
    """Raises BadInput with every problem, each with its file."""
    whole = next((one for one in found if one.whole), None)
    listed = [tool for one in found for tool in one.tools]
    tools = _merged(listed)
    problems = [text for tool in tools for text in _problems_of(tool)]
    if problems:
        raise BadInput(*problems)
    agent: dict[str, Any] = {"name": name, "language": "en", "telephony": {"inbound": True}}
    for one in found:
        agent |= one.fields
    notes = [note for one in found for note in one.notes]
    if texts.prompt is not None and whole is None:
        agent["description"], more = as_variables(texts.prompt)
        notes += more
    elif texts.prompt is not None:
        notes.append(Note(texts.prompt.name, f"not used: the {whole.format if whole else ''} has a prompt"))
    if texts.first_message is not None:
        agent["first_message"] = texts.first_message
    for tool in tools:
        if tool.name != tool.body["name"]:
            agent["description"] = str(agent["description"]).replace(tool.name, tool.body["name"])
    agent["mock_tools"] = [tool.body for tool in tools]
    if documents:
        agent["knowledge_base_files"] = [
            {"file_name": file.base, "content_base64": base64.b64encode(file.data).decode()}
            for file in documents
        ]
    try:
        request = AgentCreate.model_validate(agent, strict=True)
    except ValidationError as error:
        raise BadInput(*_told(error, found, texts)) from None
    notes += islice(_strange(request.mock_tools or (), listed), MOST)
    return Imported(_kind(whole, found), agent, tuple(notes))


def _told(error: ValidationError, found: Sequence[Found], texts: Texts) -> Iterator[str]:
    """Each problem after the file, and the line where the field is the file's own."""
    for field, said in problems_of(error).items():
        sources = [one.source for one in found if field in one.fields and one.source]
        source = sources[-1] if sources else None
        if source is not None and field in source.value:
            where = source.at((field,))
        elif source is not None:
            where = f"{source.name}, {field}"
        else:
            where = f"{texts.prompt.name}, {field}" if texts.prompt else field
        yield from (f"{where}: {text}" for text in said)


def _strange(tools: Iterable[ToolWrite], listed: Sequence[FoundTool]) -> Iterator[Note]:
    """What the API warns of, each in the file that says it: schema and mock data may stand in two."""
    for tool in tools:
        namesakes = [one for one in reversed(listed) if one.body["name"] == tool.name]
        for place, text in strange_in(tool.model_dump()):
            said = max(namesakes, key=lambda one: bool(one.body.get(str(place[0]))))
            yield Note(said.source.at((*said.place, *place)), text)


def _kind(whole: Found | None, found: Iterable[Found]) -> str:
    if whole is not None:
        return whole.format
    beside = dict.fromkeys(one.format for one in found if one.format not in ("", own.FORMAT))
    return " and ".join(["prompt", *beside])


def _merged(listed: Iterable[FoundTool]) -> list[FoundTool]:
    """A tool that two files have is one: what the later file says of it counts."""
    tools: dict[object, FoundTool] = {}
    for tool in listed:
        name = tool.body.get("name")
        known = tools.get(name) if isinstance(name, str) else None
        if known is None:
            tools[name if isinstance(name, str) else len(tools)] = tool
        elif known.source is tool.source:
            tools[name, len(tools)] = tool
        else:
            said = {key: value for key, value in tool.body.items() if value not in (None, "", [])}
            tools[name] = replace(tool, body={**known.body, **said})
    return list(tools.values())


def _problems_of(tool: FoundTool) -> list[str]:
    if "name" not in tool.body:
        return [f"{tool.source.at(tool.place)}: a tool needs a name"]
    try:
        ToolWrite.model_validate(tool.body, strict=True)
    except ValidationError as error:
        return [
            f"{tool.source.at((*tool.place, field))}: {text}"
            for field, texts in problems_of(error).items()
            for text in texts
        ]
    return []
