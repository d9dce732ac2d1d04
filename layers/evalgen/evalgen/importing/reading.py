"""From files to one agent: what each is shows in its content, and everything is validated here, once."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from pydantic import ValidationError

from evalgen.contract.agents import AgentCreate, ToolWrite
from evalgen.contract.problems import problems_of
from evalgen.importing import elevenlabs, own, retell_flow, retell_llm, tools, vapi
from evalgen.importing.imported import Found, FoundTool, Imported
from evalgen.importing.source import BadInput, JsonSource, SourceFile, read_json
from evalgen.importing.texts import Texts, as_variables, is_document, is_text, sort_texts

SHOWN_KEYS = 6


class Format(Protocol):
    """A module for each format."""

    SHOWS: str
    """What shows that a file is in it, in words."""

    def fits(self, value: Any) -> bool: ...

    def read(self, source: JsonSource) -> Found:
        """Raises BadInput."""


FORMATS: tuple[tuple[str, Format], ...] = (
    ("a Vapi assistant", vapi),
    ("a Retell conversation flow", retell_flow),
    ("a Retell LLM", retell_llm),
    ("an ElevenLabs agent", elevenlabs),
    ("a list of tools", tools),
    ("an agent of ours", own),
)


def imported(files: Sequence[SourceFile], name: str = "Agent") -> Imported:
    """One agent from all these files; `name` is its name where none of them says one.

    A file that holds a whole agent may have tools, mock data and documents beside it: a tool that is there
    already gets what its namesake has besides. Raises BadInput with every problem.
    """
    seen = [file for file in files if not file.base.startswith(".")]
    documents = [file for file in seen if is_document(file)]
    texts = sort_texts([file for file in seen if file not in documents and is_text(file)])
    others = [file for file in seen if file not in documents and not is_text(file)]
    found = [_found(read_json(file)) for file in others]
    whole = [one for one in found if one.whole]
    if len(whole) > 1:
        raise BadInput(f"{', '.join(one.format for one in whole)}: each is an agent; give one of them")
    if not whole and texts.prompt is None:
        raise BadInput(_no_prompt(seen))
    return _agent(found, texts, documents, name)


def _found(source: JsonSource) -> Found:
    for _, known in FORMATS:
        if known.fits(source.value):
            return known.read(source)
    tried = (f"not {name}: that has {known.SHOWS}" for name, known in FORMATS)
    raise BadInput(f"{source.name}: JSON in no format that is read here ({_shape(source.value)}):", *tried)


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return f"an object with {', '.join(list(value)[:SHOWN_KEYS]) or 'nothing in it'}"
    return "a list" if isinstance(value, list) else "neither an object nor a list"


def _no_prompt(files: Sequence[SourceFile]) -> str:
    there = ", ".join(file.name for file in files) or "nothing"
    return (
        f"no agent's prompt in {there}: put it into system-prompt.txt beside the others, "
        "or give the file that your platform exports"
    )


def _agent(found: list[Found], texts: Texts, documents: Sequence[SourceFile], name: str) -> Imported:
    whole = next((one for one in found if one.whole), None)
    listed = _merged([tool for one in found for tool in one.tools])
    problems = [text for tool in listed for text in _problems_of(tool)]
    if problems:
        raise BadInput(*problems)
    agent: dict[str, Any] = {"name": name, "language": "en", "telephony": {"inbound": True}}
    for one in found:
        agent |= one.fields
    notes = [note for one in found for note in one.notes]
    if whole is None and texts.prompt is not None:
        agent["description"], more = as_variables(texts.prompt)
        notes += more
    if texts.first_message is not None:
        agent["first_message"] = texts.first_message
    for tool in listed:
        if tool.name and tool.name != tool.body["name"]:
            agent["description"] = str(agent["description"]).replace(tool.name, tool.body["name"])
    agent["mock_tools"] = [tool.body for tool in listed]
    if documents:
        agent["knowledge_base_files"] = [
            {"file_name": file.base, "content_base64": base64.b64encode(file.data).decode()}
            for file in documents
        ]
    try:
        AgentCreate.model_validate(agent, strict=True)
    except ValidationError as error:
        wrong = problems_of(error)
        raise BadInput(*(f"{field}: {' '.join(said)}" for field, said in wrong.items())) from None
    return Imported(_kind(whole, found), agent, tuple(notes))


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
