"""The files that came with a job's request: read one by one before it is planned, for this job alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evalgen.errors import Permanent
from evalgen.extraction.confined import Confined
from evalgen.extraction.documents import BY_THE_WORKER, MAX_TEXT_TOGETHER, BadDocumentError, extract
from evalgen.generation.brief import Brief
from evalgen.generation.definition import Document
from evalgen.jobs.documents import get_request
from evalgen.jobs.job import Job, read_job_and_request
from evalgen.jobs.messages import ContextMessage, PlanMessage
from evalgen.jobs.request import JobFile, JobRequest
from evalgen.storage import keys
from evalgen.storage.ports import Blobs, Stores
from evalgen.storage.typed_json import from_json, to_json


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of a file: its text, or what is wrong with it."""

    text: str = ""
    problem: str = ""


class Unread(Exception):
    """A file has not been read yet: `message` has that done."""

    def __init__(self, message: ContextMessage) -> None:
        super().__init__(f"file {message.file} of the job is not read yet")
        self.message = message


def read_context(stores: Stores, message: ContextMessage) -> None:
    """Read one file and send the message for what is next; doing so again changes nothing."""
    job = read_job_and_request(stores.table, message.project_id, message.job_id)
    if job is None or job.ended or job.planned:
        return
    try:
        file = get_request(stores, job).files[message.file]
    except (Permanent, IndexError):
        pass
    else:
        name = keys.job_file_text(job.project_id, job.id, message.file)
        if not job.closed and stores.blobs.size(name) is None:
            stores.blobs.put(name, to_json(_read(stores.blobs, job, message.file, file)))
    stores.queue.send([PlanMessage(job.project_id, job.id, job.total).body])


def brief_of(blobs: Blobs, job: Job, request: JobRequest) -> Brief:
    """The brief with the texts of the request's files.

    Raises Unread, and Permanent with everything that is wrong with them.
    """
    if not request.files:
        return request.brief
    read = [_stored(blobs, job, number) for number in range(len(request.files))]
    problems = [
        f"{_place(number, file)} {file.file_name}: {one.problem}."
        for number, (file, one) in enumerate(zip(request.files, read, strict=True))
        if one.problem
    ]
    characters = sum(len(one.text) for one in read)
    if characters > MAX_TEXT_TOGETHER:
        problems.append(
            f"Together they have {characters} characters of text; at most {MAX_TEXT_TOGETHER} are allowed."
        )
    if problems:
        raise Permanent(f"generation_files: {' '.join(problems)}")
    documents = (
        Document(-number, file.file_name, one.text)
        for number, (file, one) in enumerate(zip(request.files, read, strict=True), 1)
    )
    return replace(request.brief, context=tuple(documents))


def _place(number: int, file: JobFile) -> str:
    return f"upload {file.upload_id}," if file.upload_id else f"[{number}]"


def _stored(blobs: Blobs, job: Job, number: int) -> _Read:
    data = blobs.get(keys.job_file_text(job.project_id, job.id, number))
    if data is None:
        raise Unread(ContextMessage(job.project_id, job.id, number, job.total))
    return from_json(_Read, data)


def _read(blobs: Blobs, job: Job, number: int, file: JobFile) -> _Read:
    sent = keys.job_file(job.project_id, job.id, number)
    data = blobs.get(keys.upload_body(job.project_id, file.upload_id) if file.upload_id else sent)
    if data is None:
        return _Read(problem="the file is no longer stored; upload it again")
    try:
        return _Read(extract(file.file_name, data, Confined(BY_THE_WORKER)).text)
    except BadDocumentError as error:
        return _Read(problem=str(error))
