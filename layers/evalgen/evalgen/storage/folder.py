"""The `Blobs` port over a folder."""

from __future__ import annotations

import uuid
from pathlib import Path

from evalgen.storage.links import BlobLinks

INCOMING = ".incoming"
"""Where files are written before they get their name; no blob's name has a part that starts with a dot."""


class FolderBlobs:
    """Each blob is a file; one that was killed while being written never gets its name."""

    def __init__(self, folder: Path, links: BlobLinks | None = None) -> None:
        """Without `links` there are no addresses: nobody serves them."""
        self._folder = folder
        self._links = links

    def put(self, name: str, data: bytes) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        incoming = self._folder / INCOMING / uuid.uuid4().hex
        incoming.parent.mkdir(exist_ok=True)
        incoming.write_bytes(data)
        incoming.replace(path)

    def get(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def size(self, name: str) -> int | None:
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def upload_url(self, name: str, size: int, seconds: int) -> str:
        return self._served().upload(name, size, seconds)

    def download_url(self, name: str, file_name: str, seconds: int) -> str:
        return self._served().download(name, file_name, seconds)

    def _served(self) -> BlobLinks:
        if self._links is None:
            raise RuntimeError("EVALGEN_BLOBS_URL is not set: nobody serves addresses of blobs")
        return self._links

    def _path(self, name: str) -> Path:
        parts = name.split("/")
        if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            raise ValueError(
                f"{name!r} is no name of a blob: parts between slashes, none starting with a dot"
            )
        return self._folder.joinpath(*parts)
