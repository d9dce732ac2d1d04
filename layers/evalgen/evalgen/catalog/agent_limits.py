"""How large an agent may become, whatever it was made of, request by request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evalgen.contract.agent_tools import MAX_MOCK_CALLS_TOGETHER, MAX_TOOLS
from evalgen.contract.agents import MAX_FILES
from evalgen.contract.bodies import MEGABYTE
from evalgen.contract.tool_schemas import MOST_PARTS_TOGETHER
from evalgen.errors import PayloadTooLarge
from evalgen.extraction.documents import MAX_TEXT_TOGETHER
from evalgen.generation.definition import AgentDefinition, Document, Tool
from evalgen.schema_parts import count_parts
from evalgen.storage.typed_json import to_json


def too_much(documents: Sequence[Document]) -> list[str]:
    """What is wrong with having all these."""
    problems = []
    if len(documents) > MAX_FILES:
        problems.append(f"The agent would have {len(documents)} documents; at most {MAX_FILES} are allowed.")
    characters = sum(len(document.text) for document in documents)
    if characters > MAX_TEXT_TOGETHER:
        problems.append(
            f"The agent's documents would have {characters} characters of text;"
            f" at most {MAX_TEXT_TOGETHER} are allowed."
        )
    return problems


def too_many_parts(tools: Sequence[Tool]) -> list[str]:
    """What is wrong with having all these tools."""
    bounds = (
        ("Must have at most {} items", MAX_TOOLS, len(tools)),
        ("Must have at most {} mock_data together", MAX_MOCK_CALLS_TOGETHER,
         sum(len(tool.mock_data) for tool in tools)),
        ("Their parameters must have at most {} parts together (every value counts)", MOST_PARTS_TOGETHER,
         sum(count_parts(tool.parameters) for tool in tools)),
    )  # fmt: skip
    return [f"{text.format(most)}; got {found}." for text, most, found in bounds if found > most]


def check_size(definition: AgentDefinition) -> None:
    """Raises PayloadTooLarge if the agent has more than 1 MB without its documents."""
    size = len(to_json(replace(definition, documents=())))
    if size > MEGABYTE:
        raise PayloadTooLarge(
            f"Without its documents the agent would have {size} bytes; at most {MEGABYTE} are allowed."
        )
