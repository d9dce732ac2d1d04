"""The body of a REST proxy event, as the values that a client submitted."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, FormParser, parse_options_header

from evalgen.contract.json_values import BadJsonError, load_json
from evalgen.errors import NON_FIELD, InvalidRequest, PayloadTooLarge, UnsupportedMediaType

MEGABYTE = 1024 * 1024
FILES_BODY_LIMIT = 6 * MEGABYTE
"""Files inline (3 MB, a third more as base64) beside a body of at most 1 MB."""

MAX_FORM_FIELDS = 1000
MAX_IDEMPOTENCY_KEY = 255
CHARSETS = ("utf-8", "utf8", "us-ascii")
LOST = "\ufffd"
"""What API Gateway puts in the place of bytes that are not UTF-8, if they come as text."""

MEDIA_TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A part of a multipart body that has a file name."""

    file_name: str
    data: bytes


NO_FILE = UploadedFile("", b"")
"""What browsers send of a field for files in which none was chosen."""

FormPairs = list[tuple[str, str | UploadedFile]]


@dataclass(frozen=True, slots=True)
class Body:
    """`values` of a JSON object, or the `pairs` of a form in their order; `size` in bytes as sent."""

    size: int
    values: dict[str, Any] | None = None
    pairs: FormPairs | None = None


def read_body(event: Mapping[str, Any], *, limit: int = MEGABYTE, way: str = "") -> Body:
    """Read a JSON object or a form. An empty body is an empty object; no media type means JSON.

    Raises InvalidRequest (not readable as its type), PayloadTooLarge (`way` says what to do then),
    UnsupportedMediaType.
    """
    data = _raw_bytes(event)
    if not event.get("isBase64Encoded") and LOST in (event.get("body") or ""):
        raise _unreadable(
            "The body holds U+FFFD, which stands for bytes that were no UTF-8 text: send UTF-8."
        )
    if len(data) > limit:
        raise PayloadTooLarge(f"The body has {len(data)} bytes; at most {limit} are allowed.{way}")
    raw_type, options = parse_options_header(header(event, "Content-Type") or "")
    media_type = raw_type.decode("latin-1").strip().lower()
    charset = options.get(b"charset", b"utf-8").decode("latin-1").strip().lower()
    if charset not in CHARSETS:
        raise UnsupportedMediaType(f"The charset {charset[:60]!r} is not served; send UTF-8.")
    if media_type in ("", "application/json"):
        return Body(len(data), values=_json_object(data))
    if media_type == "application/x-www-form-urlencoded":
        return Body(len(data), pairs=_urlencoded(data))
    if media_type == "multipart/form-data":
        return Body(len(data), pairs=_multipart(data, options.get(b"boundary", b"")))
    raise UnsupportedMediaType(
        f"Media type {media_type!r} is not served; send one of {', '.join(MEDIA_TYPES)}."
    )


def header(event: Mapping[str, Any], name: str) -> str | None:
    """The value of a header whatever its case, or None."""
    for key, value in (event.get("headers") or {}).items():
        if key.lower() == name.lower():
            return str(value)
    return None


def idempotency_key(event: Mapping[str, Any]) -> str | None:
    """The Idempotency-Key header, if there is one. Raises InvalidRequest if it cannot be one."""
    key = header(event, "Idempotency-Key")
    if key is not None and not (key.strip() and len(key) <= MAX_IDEMPOTENCY_KEY and key.isprintable()):
        text = f"The Idempotency-Key header must have 1 to {MAX_IDEMPOTENCY_KEY} printable characters."
        raise _unreadable(text)
    return key


def _raw_bytes(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _unreadable("The body is marked as base64 and is not.") from None


def _unreadable(text: str) -> InvalidRequest:
    return InvalidRequest({NON_FIELD: [text]})


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(f"Not UTF-8 text: byte {error.start} cannot be decoded.") from None


def _json_object(data: bytes) -> dict[str, Any]:
    text = _utf8(data)
    if not text.strip():
        return {}
    try:
        value = load_json(text)
    except BadJsonError as error:
        raise _unreadable(str(error)) from None
    if not isinstance(value, dict):
        raise _unreadable("The body must be a JSON object.")
    return value


def _urlencoded(data: bytes) -> FormPairs:
    if data.lstrip().startswith(b"{"):
        raise _unreadable("The body looks like JSON, but its Content-Type says form: send application/json.")
    try:
        pairs = parse_qsl(
            _utf8(data), keep_blank_values=True, errors="strict", max_num_fields=MAX_FORM_FIELDS
        )
    except UnicodeDecodeError:
        raise _unreadable("The form holds escaped bytes that are not UTF-8 text.") from None
    except ValueError:
        raise _unreadable(f"The form has more than {MAX_FORM_FIELDS} fields.") from None
    return list(pairs)


def _multipart(data: bytes, boundary: bytes) -> FormPairs:
    if not boundary:
        raise _unreadable("The multipart body needs its boundary in the Content-Type header.")
    parts: list[Field | File] = []

    def take(part: Field | File) -> None:
        if len(parts) == MAX_FORM_FIELDS:
            raise _unreadable(f"The form has more than {MAX_FORM_FIELDS} fields.")
        parts.append(part)

    ended: list[bool] = []
    try:
        parser = FormParser(
            "multipart/form-data",
            take,
            take,
            lambda: ended.append(True),
            boundary=boundary,
            config={"MAX_MEMORY_FILE_SIZE": len(data) + 1},
        )
        parser.write(data)
        parser.finalize()
    except FormParserError:
        raise _unreadable("Not a readable multipart body: its parts do not fit its boundary.") from None
    if not ended:
        raise _unreadable("The multipart body ends before its closing boundary.")
    return [pair for pair in map(_pair, parts) if pair[1] != NO_FILE]


def _pair(part: Field | File) -> tuple[str, str | UploadedFile]:
    name = _utf8(part.field_name or b"")
    if isinstance(part, Field):
        return name, _utf8(part.value or b"")
    part.file_object.seek(0)
    return name, UploadedFile(_utf8(part.file_name or b""), part.file_object.read())
