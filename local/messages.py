"""HTTP messages, as they are between the socket and the gateway."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """`target` is path and query as sent; headers keep their case and order."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    client_ip: str = "127.0.0.1"
    protocol: str = "HTTP/1.1"

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """The last value of a header, whatever its case."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name.lower()), None)

    def media_type(self, header: str) -> str:
        """The first media type that a header names, without its parameters."""
        return (self.header(header) or "").split(",")[0].split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
