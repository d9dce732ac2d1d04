"""Answers compressed as API Gateway does it, from the size that the template declares."""

from __future__ import annotations

import gzip

from local.messages import Request, Response

LEVEL = 5


def compressed(response: Response, request: Request, from_bytes: int | None) -> Response:
    """The answer with gzip, if it is large enough and the client takes that."""
    wanted = (request.header("Accept-Encoding") or "").lower()
    sent = (one.strip().partition(";") for one in wanted.split(","))
    taken = {name.strip() for name, _, more in sent if more.replace(" ", "") not in ("q=0", "q=0.0")}
    if from_bytes is None or len(response.body) < from_bytes or "gzip" not in taken:
        return response
    headers = [*response.headers, ("Content-Encoding", "gzip")]
    return Response(response.status, headers, gzip.compress(response.body, LEVEL, mtime=0))
