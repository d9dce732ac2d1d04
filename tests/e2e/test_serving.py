"""The stack from the outside: what `make serve` promises."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from evalgen_cli.client import V1, V2
from tests.conftest import ROOT
from tests.e2e.kit import AGENT, ON_EACH_STORE, Stack, alive, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

Serve = Callable[..., Stack]


def fetch(url: str, key: str | None = "local-key", data: bytes | None = None) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"X-CEKURA-API-KEY": key} if key else {})
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def refused(*options: str, **environment: str) -> str:
    """The one line of a stack that cannot start."""
    done = subprocess.run(
        [sys.executable, "-m", "local", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


@ON_EACH_STORE
def test_the_api_answers_and_refuses_as_the_contract_says(serve: Serve) -> None:
    stack = serve(LOCAL_API_KEY="my-key")
    base = stack.line.split()[3]
    assert stack.line.count("\n") == 1
    assert "my-key" in stack.line

    for path in (f"{V1}/personalities", f"{V1}/personalities/"):
        status, personalities = fetch(base + path, "my-key")
        assert status == 200
        assert len({one["language"] for one in personalities}) >= 8
    assert len(fetch(f"{base}{V1}/predefined-metrics/", "my-key")[1]) == 10

    for key in (None, "", "local-key"):
        status, body = fetch(f"{base}{V1}/personalities/", key)
        assert (status, list(body)) == (401, ["detail"])
    for path in ("/", "/nothing/", f"{V1}/scenarios/999999/"):
        status, body = fetch(base + path, "my-key")
        assert (status, list(body)) == (404, ["detail"])
    status, body = fetch(f"{base}{V2}/aiagents/", "my-key", b'{"name": "No description"}')
    assert (status, list(body)) == (400, ["description"])


def test_a_restart_keeps_the_state_and_doubles_no_seeds(serve: Serve) -> None:
    first = serve()
    personalities = first.client.call("GET", f"{V1}/personalities/")
    agent = first.client.create_agent(AGENT)
    assert first.end() == 0
    second = serve()
    assert second.client.call("GET", f"{V1}/personalities/") == personalities
    assert second.client.call("GET", f"{V2}/aiagents/{agent}/")["name"] == AGENT["name"]


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused("serve", "--port", str(port), "--state", str(tmp_path / "state"))
    assert f"port {port} is taken" in line


def test_an_unusable_state_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = refused("serve", "--port", "0", "--state", str(tmp_path / "file"))
    assert str(tmp_path / "file") in line


def test_a_broken_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").write_text("no database " * 1000)
    line = refused("serve", "--port", "0", "--state", str(tmp_path))
    assert "state.sqlite3 cannot be used: file is not a database" in line


def test_a_state_folder_in_use_is_one_clear_line(serve: Serve) -> None:
    stack = serve()
    assert "in use by another" in refused("serve", "--port", "0", "--state", str(stack.state))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"AWS_ENDPOINT_URL": ""}, "storing on AWS needs AWS_ENDPOINT_URL, an emulator's address"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "AWS_ENDPOINT_URL=http://127.0.0.1:1 cannot be used: "),
        ({"AWS_ENDPOINT_URL": "nowhere"}, "AWS_ENDPOINT_URL=nowhere cannot be used: Invalid endpoint"),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set",
        ),
    ],
    ids=["not set", "unreachable", "no address", "ignored"],
)
def test_aws_that_cannot_be_used_is_one_clear_line(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    line = refused("serve", "--port", "0", "--state", str(tmp_path), "--store", "aws", **environment)
    assert said in line


def test_a_stack_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    command = f"{sys.executable} -m local serve --port 0 --state {tmp_path / 'state'} & echo $!; wait"
    with subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ
    ) as parent:
        assert parent.stdout is not None
        server = int(parent.stdout.readline())
        assert "answers on" in parent.stdout.readline()
        parent.send_signal(signal.SIGKILL)
        try:
            until(lambda: not alive(server), "the stack of a killed parent ends")
        finally:
            with suppress(ProcessLookupError):
                os.kill(server, signal.SIGKILL)
