"""The lists inside an agent (tools, variables, documents): what a request makes of them.

Every function takes what the agent has and what was sent for it, the full list wanted, and appends what is
wrong to `problems`; its result counts only if nothing was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalgen.contract.agent_tools import ToolWrite
from evalgen.contract.agents import MAX_VARIABLES, FileWrite, VariableWrite
from evalgen.extraction.confined import Confined
from evalgen.extraction.documents import (
    WITHIN_A_REQUEST,
    Extracted,
    Sent,
    extract,
    read_sent,
)
from evalgen.generation.definition import Document, MockCall, Tool, Variable
from evalgen.generation.read.placeholders import names_in

PROFILE_PREFIX = "test_profile."


def merged_tools(
    existing: Sequence[Tool], writes: Sequence[ToolWrite], new_ids: Iterator[int], problems: list[str]
) -> tuple[list[Tool], dict[int, dict[str, Any]]]:
    """The tools, and by tool id how each one that says so is served."""
    by_id = {tool.id: tool for tool in existing}
    by_name = {tool.name: tool for tool in existing}
    taken: dict[str, int] = {}
    tools: list[Tool] = []
    served: dict[int, dict[str, Any]] = {}
    for index, write in enumerate(writes):
        if write.id is not None and write.id not in by_id:
            problems.append(f"[{index}].id: This agent has no tool {write.id}.")
            continue
        known = by_id[write.id] if write.id is not None else by_name.get(write.name or "")
        name = write.name or (known.name if known else None)
        if name is None:
            problems.append(f"[{index}].name: Required for a new tool.")
            continue
        if name in taken:
            problems.append(f"[{index}].name: {name} is also the name of [{taken[name]}]; names must differ.")
            continue
        taken[name] = index
        tool = _changed_tool(known or Tool(id=next(new_ids), name=name), name, write)
        tools.append(tool)
        if "served_via" in write.model_fields_set:
            served[tool.id] = write.served_via.model_dump(exclude_none=True)
    return tools, served


def _changed_tool(tool: Tool, name: str, write: ToolWrite) -> Tool:
    sent = write.model_fields_set
    return replace(
        tool,
        name=name,
        description=write.description if "description" in sent else tool.description,
        parameters=write.parameters if "parameters" in sent else tool.parameters,
        freetext_params=tuple(write.freetext_params) if "freetext_params" in sent else tool.freetext_params,
        mock_data=tuple(MockCall(call.input, call.output) for call in write.mock_data)
        if "mock_data" in sent
        else tool.mock_data,
    )


def merged_variables(
    described: Sequence[Variable], writes: Sequence[VariableWrite] | None, prompt: str, problems: list[str]
) -> list[Variable]:
    """The variables by name: those sent (or else those there), and those that the prompt uses besides."""
    variables = {variable.name: variable for variable in described}
    if writes is not None:
        variables = {write.name: Variable(write.name, write.description) for write in writes}
        if len(variables) < len(writes):
            names = [write.name for write in writes]
            problems.extend(
                f"[{index}].name: {name} is also the name of [{names.index(name)}]; names must differ."
                for index, name in enumerate(names)
                if names.index(name) < index
            )
    for name in names_in(prompt):
        if not name.startswith(PROFILE_PREFIX):
            variables.setdefault(name, Variable(name))
    if len(variables) > MAX_VARIABLES:
        problems.append(
            f"With those of the description there are {len(variables)}; at most {MAX_VARIABLES} are allowed."
        )
    return sorted(variables.values(), key=lambda variable: variable.name)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """An uploaded document with its id and the hash of its bytes."""

    id: int
    sha256: str
    extracted: Extracted


def merged_documents(
    existing: Sequence[Document], writes: Sequence[FileWrite], new_ids: Iterator[int], problems: list[str]
) -> tuple[list[Document], list[NewDocument]]:
    """All documents, and those of them that are new. Raises PayloadTooLarge over 3 MB of new ones."""
    by_id = {document.id: document for document in existing}
    documents: dict[int, Document] = {}
    sent: list[Sent] = []
    for index, write in enumerate(writes):
        name = write.file_name or write.name
        if write.id is not None:
            if write.id in by_id:
                documents[write.id] = by_id[write.id]
            else:
                problems.append(f"[{index}].id: This agent has no document {write.id}.")
        elif name is None or write.content_base64 is None:
            problems.append(f"[{index}]: Must have an id, or file_name and content_base64.")
        else:
            sent.append((index, name, write.content_base64))
    added = new_documents(sent, new_ids, problems)
    return [*documents.values(), *map(as_document, added)], added


def new_documents(sent: Sequence[Sent], new_ids: Iterator[int], problems: list[str]) -> list[NewDocument]:
    """What can be read of them. Raises PayloadTooLarge over 3 MB together."""
    confined = Confined(WITHIN_A_REQUEST)

    def read(name: str, data: bytes) -> NewDocument:
        return new_document(next(new_ids), name, data, confined)

    return read_sent(sent, read, problems)


def new_document(document_id: int, file_name: str, data: bytes, confined: Confined) -> NewDocument:
    """Raises BadDocumentError."""
    return NewDocument(document_id, hashlib.sha256(data).hexdigest(), extract(file_name, data, confined))


def as_document(new: NewDocument) -> Document:
    return Document(new.id, new.extracted.file_name, new.extracted.text)
