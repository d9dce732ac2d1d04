"""Documents that come with an agent: from base64 to text, or a reason why not."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass

from evalgen.contract.knowledge import MEDIA_TYPES, ending_of
from evalgen.extraction import ENDINGS, Unreadable, text_of

MAX_DOCUMENTS_BYTES = 3 * 1024 * 1024
MAX_TEXT_CHARACTERS = 3_000_000
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


def extract(file_name: str, data: bytes) -> Extracted:
    """The text of a document, by the ending of its name. Raises BadDocumentError."""
    ending = ending_of(file_name)
    if ending not in MEDIA_TYPES:
        raise BadDocumentError(
            f"the name must end in one of {', '.join('.' + known for known in MEDIA_TYPES)}"
        )
    if not data:
        raise BadDocumentError("the file is empty")
    text = _extracted(ending, data) if ending in ENDINGS else _plain_text(data)
    if ending == "json":
        _check_json(text)
    if not text.strip():
        raise BadDocumentError("the file holds no text")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise BadDocumentError(
            f"the file holds {len(text)} characters of text; at most {MAX_TEXT_CHARACTERS} are allowed"
        )
    return Extracted(file_name, MEDIA_TYPES[ending], data, text)


def _extracted(ending: str, data: bytes) -> str:
    try:
        return text_of(ending, data)
    except Unreadable as error:
        raise BadDocumentError(str(error)) from None


def _plain_text(data: bytes) -> str:
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
    except (ValueError, RecursionError) as error:
        raise BadDocumentError(f"the file is not valid JSON ({error})") from None
