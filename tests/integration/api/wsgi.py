"""The API as a WSGI application within the process: the embedded gateway before the real functions."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from local.gateway import Gateway
from local.in_process import InProcess
from local.messages import Request
from local.system import System

HTTP_FUNCTIONS = ("Authorizer", "Agents", "Api", "Progress", "Catalog", "Scenarios", "Suites")


def application(system: System) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Works on the stores that the process's environment names; what functions log is dropped."""
    failures: list[str] = []
    functions = [system.functions[f"{name}Function"] for name in HTTP_FUNCTIONS]
    gateway = Gateway(system.api, InProcess(functions, io.StringIO()), report=failures.append)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with environ["wsgi.input"] as sent:  # a large body lies in a file that nobody else closes
            body = sent.read(int(environ.get("CONTENT_LENGTH") or 0))
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        response = gateway.handle(
            Request(
                method=environ["REQUEST_METHOD"],
                target=environ.get("REQUEST_URI") or f"{path}?{environ['QUERY_STRING']}",
                headers=_headers(environ),
                body=body,
                client_ip="127.0.0.1",
                protocol="HTTP/1.1",
            )
        )
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", response.headers)
        return [response.body]

    return answer


def _headers(environ: dict[str, Any]) -> list[tuple[str, str]]:
    """Without Accept-Encoding: a client of WSGI says that it takes gzip, and does not unpack it."""
    found = [
        (name[5:].replace("_", "-"), value)
        for name, value in environ.items()
        if name.startswith("HTTP_") and name != "HTTP_ACCEPT_ENCODING"
    ]
    kind = environ.get("CONTENT_TYPE")
    return [*found, ("Content-Type", kind)] if kind else found
