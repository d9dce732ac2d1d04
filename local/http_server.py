"""The socket side of the gateway: the standard library's threading server on 127.0.0.1."""

from __future__ import annotations

import errno
import re
import socket
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local.blob_server import BlobServer
from local.gateway import Gateway
from local.messages import Request, Response

HOST = "127.0.0.1"
_PIECE = 64 * 1024
_IDLE_S = 60.0


class PortTaken(Exception):
    """The port cannot be listened on; the text says why."""


HOST_NAMES = (HOST, "localhost")
"""What a request may call this server; a page elsewhere that has its own name point here calls it that."""

_DIGITS = {10: re.compile("[0-9]{1,15}"), 16: re.compile("[0-9a-fA-F]{1,12}")}


class Unreadable(Exception):
    """The request cannot be taken in; the text says why."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def _number(text: str, base: int) -> int:
    if not _DIGITS[base].fullmatch(text.strip()):
        raise Unreadable(400, "A length in the request is no number.")
    return int(text, base)


class Server(ThreadingHTTPServer):
    """Holds its port from the start, and answers once it is given a gateway. `port` 0 chooses a free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    gateway: Gateway
    blobs: BlobServer | None
    access_log: Callable[[str], None] | None

    def __init__(self, port: int) -> None:
        """Raises PortTaken."""
        try:
            super().__init__((HOST, port), _Connection)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(f"port {port} is taken: another program listens on {HOST}:{port}") from None
            raise PortTaken(f"port {port} of {HOST} cannot be used: {error.strerror}") from None

    def start(
        self,
        gateway: Gateway,
        access_log: Callable[[str], None] | None,
        blobs: BlobServer | None = None,
    ) -> None:
        """Answer requests from now on, in threads; ended by `shutdown`."""
        self.gateway = gateway
        self.blobs = blobs
        self.access_log = access_log
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Without the base class's reverse look-up of the host's name."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no failure; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


_REFUSALS = {
    405: "This method is not served.",
    414: "The address is too long.",
    431: "The headers are too long, or too many.",
    501: "This method is not served.",
    505: "This version of HTTP is not served.",
}


class _Connection(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_any(self) -> None:
        blobs = self.server.blobs
        here = blobs if blobs is not None and blobs.takes(self.path) else self.server.gateway
        try:
            self._check_host()
            body = self._body(here.max_body)
        except Unreadable as error:
            self.close_connection = True
            self._send(self.server.gateway.refuse("DEFAULT_4XX", error.status, str(error)))
            return
        self._send(
            here.handle(
                Request(
                    method=self.command,
                    target=self.path,
                    headers=list(self.headers.items()),
                    body=body,
                    client_ip=self.client_address[0],
                    protocol=self.request_version,
                )
            )
        )

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_any  # noqa: N815 - http.server's names

    def _check_host(self) -> None:
        """Raises Unreadable for a name that is not this machine's own."""
        host = self.headers.get("Host")
        if host is not None and host.rpartition(":")[0 if ":" in host else 2].lower() not in HOST_NAMES:
            raise Unreadable(403, f"This server answers only to {' and '.join(HOST_NAMES)}.")

    def _body(self, most: int) -> bytes:
        """The body, cut just above the limit `most`. Raises Unreadable where its framing is broken."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunked(most)
        return self._read(_number(self.headers.get("Content-Length", "0"), 10), most)

    def _read(self, length: int, most: int) -> bytes:
        """Reads to the end even what is not kept, so that the client comes to hear the answer."""
        kept = self.rfile.read(min(length, most + 1))
        rest = length - len(kept)
        while rest > 0 and (piece := self.rfile.read(min(rest, _PIECE))):
            rest -= len(piece)
        if rest > 0:
            raise ConnectionResetError("the client went away before the end of its body")
        return kept

    def _chunked(self, most: int) -> bytes:
        kept = bytearray()
        while size := _number(self.rfile.readline(_PIECE).split(b";")[0].decode("latin-1"), 16):
            kept += self._read(size, most)[: most + 1 - len(kept)]
            self.rfile.readline(_PIECE)
        while self.rfile.readline(_PIECE).strip():
            pass
        return bytes(kept)

    def _send(self, response: Response) -> None:
        self.send_response_only(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != HTTPStatus.NOT_MODIFIED:  # its length would be that of the answer it stands for
            self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Date", self.date_time_string())
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()
        if self.server.access_log:
            self.server.access_log(f"{self.requestline} {response.status} {len(response.body)}")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the base class cannot read, answered in words of ours and not of its own."""
        self.close_connection = True
        self.request_version = self.protocol_version  # one it cannot read would be answered without headers
        text = _REFUSALS.get(code, "The request cannot be read.")
        self._send(self.server.gateway.refuse("DEFAULT_4XX", code, text))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """The access log says what is worth saying."""
