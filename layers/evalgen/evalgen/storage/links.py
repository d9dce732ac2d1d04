"""Addresses of the embedded stack's blobs: signed, as those of S3 are."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

MAX_DIGITS = 15
"""Of the numbers in an address."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What an address lets its holder do: PUT exactly `size` bytes, or GET the blob as `file_name`."""

    name: str
    size: int
    file_name: str


class BlobLinks:
    """Makes and checks addresses below `base`; one that another `secret` signed is worth nothing."""

    def __init__(self, base: str, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._base = base
        self._secret = secret.encode()
        self._clock = clock

    def upload(self, name: str, size: int, seconds: int) -> str:
        return self._address("PUT", Grant(name, size, ""), seconds)

    def download(self, name: str, file_name: str, seconds: int) -> str:
        return self._address("GET", Grant(name, 0, file_name), seconds)

    def granted(self, method: str, path: str, query: str) -> Grant | None:
        """What a request may do that has one of these addresses; None for any other."""
        fields = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
        prefix = urlsplit(self._base).path + "/"
        expires, size = fields.get("expires", ""), fields.get("size", "")
        if not (path.startswith(prefix) and _is_number(expires) and _is_number(size)):
            return None
        grant = Grant(unquote(path.removeprefix(prefix)), int(size), fields.get("file_name", ""))
        signature = self._signature(method, grant, int(expires)).encode()
        sent = fields.get("signature", "").encode("utf-8", "surrogateescape")
        if int(expires) < self._clock() or not hmac.compare_digest(signature, sent):
            return None
        return grant

    def _address(self, method: str, grant: Grant, seconds: int) -> str:
        expires = int(self._clock()) + seconds
        query = {
            "size": grant.size,
            "file_name": grant.file_name,
            "expires": expires,
            "signature": self._signature(method, grant, expires),
        }
        return f"{self._base}/{quote(grant.name)}?{urlencode(query)}"

    def _signature(self, method: str, grant: Grant, expires: int) -> str:
        signed = repr((method, grant.name, grant.size, grant.file_name, expires))
        return hmac.new(self._secret, signed.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
