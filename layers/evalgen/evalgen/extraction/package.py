"""Office files as archives of XML parts."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from evalgen.extraction.unreadable import Unreadable

MOST_BYTES = 100 * 1024 * 1024
"""Of all parts together, unpacked."""


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises Unreadable where it is none, is encrypted, or says that it unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Unreadable("the file is not an Office document (or has a password)") from None
    if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise Unreadable(f"the file unpacks to more than {MOST_BYTES} bytes")
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """The root of one part, None without such a part. Raises Unreadable where it declares a document type."""
    try:
        data = archive.read(name)
    except KeyError:
        return None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("the file declares a document type, which no Office program writes")
    return ElementTree.fromstring(data)  # noqa: S314 - no declaration, so no entity to expand
