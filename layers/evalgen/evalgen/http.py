"""The HTTP answers of every function, as API Gateway's proxy integration takes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from evalgen.errors import ClientError

RETRY_AFTER_S = 2


def answer(status: int, body: object, headers: Mapping[str, str] | None = None) -> dict[str, object]:
    """A proxy answer with `body` as JSON; None means no body at all (204)."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "body": "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "isBase64Encoded": False,
    }


def unless_known(event: Mapping[str, Any], answered: dict[str, object]) -> dict[str, object]:
    """The answer with its ETag; 304 where the request says in `If-None-Match` that the client has it."""
    tag = f'"{hashlib.sha256(str(answered["body"]).encode()).hexdigest()[:32]}"'
    sent = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    known = {one.strip().removeprefix("W/") for one in sent.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return {"statusCode": 304, "headers": {"ETag": tag}, "body": "", "isBase64Encoded": False}
    return {**answered, "headers": {**dict(answered["headers"]), "ETag": tag}}  # type: ignore[call-overload] # our own


def answer_error(error: ClientError, headers: Mapping[str, str] | None = None) -> dict[str, object]:
    """The one way in which a refused request is answered."""
    return answer(error.status, error.body, headers)


def answer_later() -> dict[str, object]:
    """503: what the request needs is not to be had for the moment, and nothing is wrong with it."""
    detail = f"The service is busy; try again after {RETRY_AFTER_S} seconds."
    return answer(503, {"detail": detail}, {"Retry-After": str(RETRY_AFTER_S)})


def disposition(file_name: str) -> str:
    """Content-Disposition of a file to be saved under that name, whatever characters it has."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
