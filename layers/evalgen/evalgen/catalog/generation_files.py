"""Files that are context for one generation: judged as far as that goes without reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evalgen.catalog.lookups import Problems
from evalgen.contract.bodies import FILES_BODY_LIMIT, MEGABYTE, Body, UploadedFile, read_body
from evalgen.contract.files import GENERATION_ENDINGS, MAX_UPLOAD_BYTES
from evalgen.contract.generate import References
from evalgen.errors import PayloadTooLarge
from evalgen.extraction.documents import BadDocumentError, checked_ending, look_at, read_sent, sent_of
from evalgen.jobs.request import JobFile
from evalgen.storage import keys
from evalgen.storage.entities import EntityReader, body_of
from evalgen.storage.kinds import UPLOAD
from evalgen.storage.ports import Stores

WAY = (
    " Upload them, without saying that they are complete, by POST …/v2/aiagents/{id}/knowledge_base/uploads/,"
    " and name the uploads in generation_file_ids."
)
FIELD = "generation_files"


@dataclass(frozen=True, slots=True)
class Files:
    """All files of a request; `contents` are the bytes of those that it holds itself, which are the first."""

    files: tuple[JobFile, ...] = ()
    contents: tuple[bytes, ...] = ()


def read_generate_body(event: Mapping[str, Any]) -> Body:
    """A body of at most 1 MB besides its files. Raises as `read_body`."""
    body = read_body(event, limit=FILES_BODY_LIMIT, way=WAY)
    rest = body.size - _size_of_files(body)
    if rest > MEGABYTE:
        raise PayloadTooLarge(f"Without files the body has {rest} bytes; at most {MEGABYTE} are allowed.")
    return body


def _size_of_files(body: Body) -> int:
    if body.pairs is not None:
        return sum(len(value.data) for _, value in body.pairs if isinstance(value, UploadedFile))
    files = (body.values or {}).get(FIELD)
    contents = (
        [file.get("content_base64") for file in files if isinstance(file, dict)]
        if isinstance(files, list)
        else []
    )
    return sum(len(content) for content in contents if isinstance(content, str))


def files_of(
    stores: Stores, project_id: int, agent_id: int | None, request: References, problems: Problems
) -> Files:
    """What is wrong is added to `problems`. Raises PayloadTooLarge over 3 MB in the request itself."""
    wrong: list[str] = []
    sent = sent_of(request.generation_files)
    contents = read_sent(sent, lambda name, data: look_at(name, data, GENERATION_ENDINGS), wrong, WAY)
    if wrong:
        problems[FIELD] = wrong
    files = [JobFile(name) for _, name, _ in sent]
    if agent_id is not None and request.generation_file_ids:
        files += _uploaded(stores, project_id, agent_id, request.generation_file_ids, problems, contents)
    return Files(tuple(files), tuple(contents))


def _uploaded(
    stores: Stores,
    project_id: int,
    agent_id: int,
    ids: list[int],
    problems: Problems,
    contents: list[bytes],
) -> list[JobFile]:
    uploads = EntityReader(stores.table, UPLOAD)
    files: list[JobFile] = []
    wrong: list[str] = []
    together = sum(map(len, contents))
    for one in ids:
        item = uploads.find(project_id, one)
        if item is None or item["agent_id"] != agent_id:
            wrong.append(f"This agent has no upload {one}.")
            continue
        upload = body_of(item)
        together += upload["file_size"]
        try:
            _check(stores, project_id, upload)
        except BadDocumentError as error:
            wrong.append(f"Upload {one}, {upload['file_name']}: {error}.")
        files.append(JobFile(upload["file_name"], one))
    if together > MAX_UPLOAD_BYTES:
        wrong.append(
            f"With generation_files there are {together} bytes; at most {MAX_UPLOAD_BYTES} are allowed."
        )
    if wrong:
        problems["generation_file_ids"] = wrong
    return files


def _check(stores: Stores, project_id: int, upload: dict[str, Any]) -> None:
    """Raises BadDocumentError for an upload that cannot be read for a generation."""
    checked_ending(upload["file_name"], GENERATION_ENDINGS)
    if upload["status"] != "waiting":
        raise BadDocumentError(
            "it was said to be complete, which makes a document of it: upload the file again without that"
        )
    if stores.blobs.size(keys.upload_body(project_id, upload["id"])) != upload["file_size"]:
        raise BadDocumentError(
            f"there is no file of {upload['file_size']} bytes: send it to the upload's address by PUT;"
            " it is kept for a day"
        )
