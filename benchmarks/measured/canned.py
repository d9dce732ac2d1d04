"""A server of AWS in a process of its own, that answers each call as it was answered before."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any

Asked = tuple[str, bytes]
"""The operation, and the body of what only reads: that of a write differs from time to time."""


def asked(headers: Mapping[str, Any], body: bytes) -> Asked:
    target = {name.lower(): value for name, value in headers.items()}["x-amz-target"]
    operation = target.decode() if isinstance(target, bytes) else str(target)
    return operation, body if operation.endswith("GetItem") else b""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, answers: Mapping[Asked, bytes], *rest: Any) -> None:
        self._answers = answers
        super().__init__(*rest)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self._answers[asked(dict(self.headers), body)]
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the library
        """Says nothing."""


def _serve(answers: Mapping[Asked, bytes], ready: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, answers))
    ready.send(server.server_port)
    server.serve_forever()


@contextmanager
def answering(answers: Mapping[Asked, bytes]) -> Iterator[str]:
    """Its address."""
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    server = processes.Process(target=_serve, args=(answers, there), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/"
    finally:
        server.terminate()
        server.join()
