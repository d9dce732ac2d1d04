"""Sends and takes blobs under the addresses that `FolderBlobs` hands out, as S3 does under its own."""

from __future__ import annotations

import json
import mimetypes
from urllib.parse import unquote

from evalgen.contract.files import MAX_UPLOAD_BYTES
from evalgen.http import disposition
from evalgen.storage.links import BlobLinks
from evalgen.storage.ports import Blobs
from local.messages import Request, Response

PATH = "/_blobs"


class BlobServer:
    """`max_body` is the most that a request may bring."""

    max_body = MAX_UPLOAD_BYTES

    def __init__(self, links: BlobLinks, blobs: Blobs) -> None:
        self._links = links
        self._blobs = blobs

    def takes(self, target: str) -> bool:
        """Whether a request's target is for this, and not for the gateway."""
        return target.startswith(f"{PATH}/")

    def handle(self, request: Request) -> Response:
        grant = self._links.granted(request.method, request.path, request.query)
        if grant is None:
            return _said(403, "This address is not valid, or no longer.")
        if request.method == "PUT":
            if len(request.body) != grant.size:
                return _said(403, f"This address takes {grant.size} bytes; got {len(request.body)}.")
            self._blobs.put(grant.name, request.body)
            return Response(200, [], b"")
        data = self._blobs.get(grant.name)
        if data is None:
            return _said(404, f"There is no {unquote(request.path)}.")
        kind = mimetypes.guess_type(grant.file_name)[0] or "application/octet-stream"
        return Response(
            200, [("Content-Type", kind), ("Content-Disposition", disposition(grant.file_name))], data
        )


def _said(status: int, detail: str) -> Response:
    return Response(status, [("Content-Type", "application/json")], json.dumps({"detail": detail}).encode())
