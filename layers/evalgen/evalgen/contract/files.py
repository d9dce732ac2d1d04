"""Files as requests have them, and the kinds of file whose text is read."""

from __future__ import annotations

import base64
from pathlib import PurePosixPath
from typing import Any

from pydantic import Field, model_validator

from evalgen.contract.bodies import MEGABYTE, UploadedFile
from evalgen.contract.fields import Name
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel

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

GENERATION_ENDINGS = ("pdf", "txt", "json", "csv", "xml", "md")
"""Of files that are context for one generation."""

MAX_UPLOAD_BYTES = 50 * MEGABYTE


class InlineFile(RequestModel):
    """`content_base64` may be a data URI. In a multipart body it is a part with a file name."""

    name: Name
    content_base64: str = Field(json_schema_extra={"contentEncoding": "base64"})

    @model_validator(mode="before")
    @classmethod
    def _of_a_part(cls, value: Any) -> Any:
        if isinstance(value, UploadedFile):
            if not value.file_name.strip():
                raise wrong("The part must have its file's name, as filename.")
            return {"name": value.file_name, "content_base64": base64.b64encode(value.data).decode()}
        return value


def ending_of(file_name: str) -> str:
    return PurePosixPath(file_name).suffix.removeprefix(".").lower()
