"""The requests that bring documents to an agent."""

from __future__ import annotations

from typing import Annotated

from evalgen.contract.agents import MAX_FILES
from evalgen.contract.fields import Check, Name, OptionalId, at_most_items, between
from evalgen.contract.files import MAX_UPLOAD_BYTES, MEDIA_TYPES, InlineFile, ending_of
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel


def _some(files: list[InlineFile]) -> list[InlineFile]:
    if not files:
        raise wrong("Must have at least one file.")
    return files


class InlineFiles(RequestModel):
    """As multipart they are parts called `files`, with file names."""

    files: Annotated[list[InlineFile], at_most_items(MAX_FILES), Check(_some, {"minItems": 1})]


class KnowledgeUpload(InlineFiles):
    """Documents of at most 3 MB together. As multipart they are parts called `files`, with file names."""


class AgentImport(InlineFiles):
    """What an agent is kept in: the export of its platform, or a prompt with its tools; documents below
    `knowledge/`. As multipart they are parts called `files`, with file names."""

    project: OptionalId = None


def _known_ending(file_name: str) -> str:
    if ending_of(file_name) not in MEDIA_TYPES:
        raise wrong(f"Must end in one of {', '.join('.' + ending for ending in MEDIA_TYPES)}.")
    return file_name


class UploadCreate(RequestModel):
    """A document that is too large for a request's body; `file_size` in bytes."""

    file_name: Annotated[Name, Check(_known_ending)]
    file_size: Annotated[int, between(1, MAX_UPLOAD_BYTES)]
