"""Documents that come with an agent: from base64 to text, or a reason why not."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evalgen.contract.files import MEDIA_TYPES, InlineFile, ending_of
from evalgen.errors import PayloadTooLarge
from evalgen.extraction import ENDINGS
from evalgen.extraction.confined import REFUSED, Bounds, Confined, Exceeded
from evalgen.extraction.well_formed import problem_of_xml

MAX_DOCUMENTS_BYTES = 3 * 1024 * 1024
MAX_TEXT_CHARACTERS = 3_000_000
MAX_TEXT_TOGETHER = 5_000_000
"""Of all documents of an agent, or of a request: they are read whenever scenarios are planned."""

BYTES_OF_A_CHARACTER = 4
"""At most, in UTF-8."""

PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024

WITHIN_A_REQUEST = Bounds(seconds=5, megabytes=384)
"""For all such files of a request together: less than half of what the function has."""

BY_THE_WORKER = Bounds(seconds=40, megabytes=768)
"""For one file; the worker takes two messages at once, one after the other."""

Sent = tuple[int, str, str]
"""A file as a request has it: where, its name, its content as base64."""

T = TypeVar("T")

DATA_URI = re.compile(r"data:[^,]{0,255},")


class BadDocumentError(Exception):
    """The document cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as uploaded and as text."""

    file_name: str
    media_type: str
    data: bytes
    text: str


def decode_base64(content: str) -> bytes:
    """Decode an upload; a data-URI prefix and line breaks are accepted. Raises BadDocumentError."""
    prefix = DATA_URI.match(content)
    try:
        return base64.b64decode("".join(content[prefix.end() if prefix else 0 :].split()), validate=True)
    except (binascii.Error, ValueError):
        raise BadDocumentError("content_base64 is not base64") from None


def sent_of(files: Sequence[InlineFile]) -> list[Sent]:
    return [(index, file.name, file.content_base64) for index, file in enumerate(files)]


def read_sent(
    sent: Sequence[Sent], read: Callable[[str, bytes], T], problems: list[str], way: str = ""
) -> list[T]:
    """What `read` makes of each name and content; its BadDocumentErrors become problems, each at its place.

    Raises PayloadTooLarge over 3 MB together; `way` then says what to do.
    """
    found: list[T] = []
    size = 0
    for index, name, content in sent:
        try:
            data = decode_base64(content)
            size += len(data)
            if size > MAX_DOCUMENTS_BYTES:
                raise PayloadTooLarge(f"The files together have more than {MAX_DOCUMENTS_BYTES} bytes.{way}")
            found.append(read(name, data))
        except BadDocumentError as error:
            problems.append(f"[{index}] {name}: {error}.")
    return found


def checked_ending(file_name: str, endings: Collection[str] = MEDIA_TYPES) -> str:
    """The ending of the name, if it is one of these. Raises BadDocumentError."""
    ending = ending_of(file_name)
    if ending not in endings:
        raise BadDocumentError(f"the name must end in one of {', '.join('.' + known for known in endings)}")
    return ending


def extract(file_name: str, data: bytes, confined: Confined) -> Extracted:
    """A document's text, by its name's ending; what is no text is read confined. Raises BadDocumentError."""
    ending = checked_ending(file_name)
    if not data:
        raise BadDocumentError("the file is empty")
    text = _extracted(ending, data, confined) if ending in ENDINGS else _plain_text(data)
    return Extracted(file_name, MEDIA_TYPES[ending], data, _usable(ending, text))


def look_at(file_name: str, data: bytes, endings: Collection[str]) -> bytes:
    """The bytes of a file that is to be read elsewhere, as far as they can be judged without extracting.

    Raises BadDocumentError.
    """
    ending = checked_ending(file_name, endings)
    if not data:
        raise BadDocumentError("the file is empty")
    if ending not in ENDINGS:
        _usable(ending, _plain_text(data))
    elif ending == "pdf" and PDF_MARK not in data[:PDF_MARK_WITHIN]:
        raise BadDocumentError(f"the file cannot be read as {ENDINGS[ending]}: it does not begin as one")
    return data


def _usable(ending: str, text: str) -> str:
    if len(text) > MAX_TEXT_CHARACTERS:
        raise _too_long(f"{len(text)} characters of text")
    if ending == "json":
        _check_json(text)
    if not text.strip():
        raise BadDocumentError("the file holds no text")
    if ending == "xml" and (problem := problem_of_xml(text)):
        raise BadDocumentError(problem)
    return text


def _too_long(what: str) -> BadDocumentError:
    return BadDocumentError(f"the file holds {what}; at most {MAX_TEXT_CHARACTERS} characters are allowed")


def _plain_text(data: bytes) -> str:
    if len(data) > MAX_TEXT_CHARACTERS * BYTES_OF_A_CHARACTER:
        raise _too_long(f"{len(data)} bytes of text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocumentError(f"the file is not UTF-8 text (byte {error.start})") from None
    if "\0" in text:
        raise BadDocumentError("the file is not text: it holds NUL bytes")
    return text


def _check_json(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadDocumentError(f"the file is not valid JSON ({error.msg} at {place})") from None
    except RecursionError:
        raise BadDocumentError("the file is not usable JSON (it is nested too deep)") from None
    except ValueError:
        raise BadDocumentError("the file is not usable JSON (a number has too many digits)") from None


def _extracted(ending: str, data: bytes, confined: Confined) -> str:
    try:
        code, output = confined.run("evalgen.catalog.extracting", data, ending)
    except Exceeded as exceeded:
        bounds = confined.bounds
        hint = "" if bounds == BY_THE_WORKER else "; send it by …/knowledge_base/uploads/, which allows more"
        raise BadDocumentError(f"reading the file takes more than {exceeded}{hint}") from None
    if code == REFUSED:
        raise BadDocumentError(output.decode())
    if code:
        raise BadDocumentError(f"the file cannot be read as {ENDINGS[ending]}")
    return output.decode()
