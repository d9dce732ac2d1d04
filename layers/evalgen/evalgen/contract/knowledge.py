"""The requests that bring documents to an agent."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar

from pydantic import Field

from evalgen.contract.agents import AGENT_BODY_LIMIT, MAX_FILES
from evalgen.contract.bodies import MEGABYTE, Body, UploadedFile, read_body
from evalgen.contract.fields import Check, Name, OptionalId, at_most_items, between
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel, validate

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "json": "application/json",
    "csv": "text/csv",
    "xml": "application/xml",
    "md": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of a file's name."""

MAX_UPLOAD_BYTES = 50 * MEGABYTE


class InlineFile(RequestModel):
    """`content_base64` may be a data URI."""

    name: Name
    content_base64: str = Field(json_schema_extra={"contentEncoding": "base64"})


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


def ending_of(file_name: str) -> str:
    return PurePosixPath(file_name).suffix.removeprefix(".").lower()


def _known_ending(file_name: str) -> str:
    if ending_of(file_name) not in MEDIA_TYPES:
        raise wrong(f"Must end in one of {', '.join('.' + ending for ending in MEDIA_TYPES)}.")
    return file_name


class UploadCreate(RequestModel):
    """A document that is too large for a request's body; `file_size` in bytes."""

    file_name: Annotated[Name, Check(_known_ending)]
    file_size: Annotated[int, between(1, MAX_UPLOAD_BYTES)]


F = TypeVar("F", bound="InlineFiles")


def read_files(model: type[F], event: Mapping[str, Any]) -> F:
    """A request with files, inline or as multipart. Raises as `read_request`."""
    body = read_body(event, limit=AGENT_BODY_LIMIT)
    if body.pairs is not None and any(isinstance(value, UploadedFile) for _, value in body.pairs):
        files = [
            {"name": value.file_name, "content_base64": base64.b64encode(value.data).decode()}
            for name, value in body.pairs
            if isinstance(value, UploadedFile) and name.split("[")[0] == "files"
        ]
        return validate(model, Body(body.size, values={"files": files}))
    return validate(model, body)
