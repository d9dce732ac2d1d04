from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from local.gateway import MAX_BODY, Gateway
from local.http_server import PortTaken, Server
from local.system import System

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

AGENTS = "/test_framework/v2/aiagents"
KEY = {"X-CEKURA-API-KEY": "k"}
POLICY = {
    "principalId": "p",
    "policyDocument": {"Statement": [{"Effect": "Allow", "Resource": "*"}]},
}


@pytest.fixture
def server(system: System) -> Iterator[Server]:
    def call(name: str, event: dict[str, Any]) -> Any:
        if name == "AuthorizerFunction":
            return POLICY
        size = len(event["body"] or "")
        return {"statusCode": 200, "body": json.dumps({"method": event["httpMethod"], "size": size})}

    server = Server(0)
    server.start(Gateway(system.api, call, report=print), None)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def connection(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    yield connection
    connection.close()


def answer(connection: http.client.HTTPConnection) -> tuple[int, Any]:
    response = connection.getresponse()
    assert response.headers["Content-Type"] == "application/json"
    text = response.read()
    return response.status, json.loads(text) if text else None


def raw(server: Server, data: bytes) -> tuple[int, Any]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
        client.sendall(data)
        response = http.client.HTTPResponse(client)
        response.begin()
        return response.status, json.loads(response.read())


def test_one_connection_serves_many_requests(connection: http.client.HTTPConnection) -> None:
    for method in ("GET", "POST"):
        connection.request(method, AGENTS, body=b"abc", headers=KEY)
        assert answer(connection) == (200, {"method": method, "size": 3})


def test_a_chunked_body_arrives_whole(connection: http.client.HTTPConnection) -> None:
    connection.request("POST", AGENTS, body=iter([b"abc", b"de"]), headers=KEY, encode_chunked=True)
    assert answer(connection) == (200, {"method": "POST", "size": 5})
    connection.request("GET", AGENTS, headers=KEY)
    assert answer(connection)[0] == 200


def test_a_body_over_the_limit_is_answered_and_the_connection_goes_on(
    connection: http.client.HTTPConnection,
) -> None:
    connection.request("POST", AGENTS, body=b"x" * (MAX_BODY + 100_000), headers=KEY)
    status, body = answer(connection)
    assert (status, list(body)) == (413, ["detail"])
    connection.request("GET", AGENTS, headers=KEY)
    assert answer(connection)[0] == 200


def test_a_head_request_gets_no_body(connection: http.client.HTTPConnection) -> None:
    connection.request("HEAD", AGENTS, headers=KEY)
    assert answer(connection) == (404, None)


@pytest.mark.parametrize(
    "request_text",
    [
        b"POST %b HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST %b HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST %b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz!\r\n",
    ],
)
def test_broken_framing_is_a_400_in_json(server: Server, request_text: bytes) -> None:
    status, body = raw(server, request_text % AGENTS.encode())
    assert (status, list(body)) == (400, ["detail"])


def test_an_endless_address_is_answered_in_json(server: Server) -> None:
    status, body = raw(server, b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n")
    assert (status, list(body)) == (414, ["detail"])


def test_it_listens_on_the_loopback_address_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_named(server: Server) -> None:
    with pytest.raises(PortTaken, match=f"port {server.port} is taken"):
        Server(server.port)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:80", "127.0.0.1:9"])
def test_a_request_to_this_machine_is_answered(server: Server, host: str) -> None:
    text = f"GET {AGENTS} HTTP/1.1\r\nHost: {host}\r\nX-CEKURA-API-KEY: k\r\n\r\n"
    assert raw(server, text.encode())[0] == 200


FOREIGN = ["evil.test", "evil.test:80", "127.0.0.1.evil.test", "localhost@evil.test", "", "[::1]"]


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", [AGENTS, "/_blobs/x"])
def test_a_name_that_somebody_pointed_here_is_not_answered_to(server: Server, host: str, path: str) -> None:
    text = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nX-CEKURA-API-KEY: k\r\n\r\n"
    said = {"detail": "This server answers only to 127.0.0.1 and localhost."}
    assert raw(server, text.encode()) == (403, said)


@pytest.mark.parametrize(
    "request_text",
    [
        b"POST %b HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n",
        b"POST %b HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
        b"POST %b HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"BREW %b HTTP/1.1\r\n\r\n",
        b"GET %b HTTP/x.y\r\n\r\n",
        b"GET %b HTTP/3.0\r\n\r\n",
        b"nonsense<b>\"' %b <i> HTTP/1.1\r\n\r\n",
        b"GET %b HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    ],
)
def test_what_cannot_be_read_is_said_in_words_of_ours(server: Server, request_text: bytes) -> None:
    status, body = raw(server, request_text.replace(b"%b", AGENTS.encode()))
    assert 400 <= status <= 505
    assert list(body) == ["detail"]
    assert not any(word in body["detail"] for word in ("invalid literal", "int()", "(", "'", "Bad request"))
