"""The addresses of requests. Apart from the gateway, whose libraries not all who make links need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalgen.contract.bodies import header


def url_of(event: Mapping[str, Any], *, below: str = "") -> str:
    """The address that was called, without its query, and without `below` at its end."""
    scheme = header(event, "X-Forwarded-Proto") or "https"
    context = event["requestContext"]
    host = header(event, "Host") or context.get("domainName", "")
    path = str(context.get("path") or event["path"])
    return f"{scheme}://{host}{path.removesuffix('/').removesuffix(below) if below else path}"
