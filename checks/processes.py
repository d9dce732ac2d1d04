"""Servers that the checks start: on 127.0.0.1, waited for within bounds, and ended with the check."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

HOST = "127.0.0.1"


def until(what: Callable[[], T], said: str, within_s: float) -> T:
    """The first true answer of `what`."""
    deadline = time.monotonic() + within_s
    while not (answer := what()):
        assert time.monotonic() < deadline, f"not within {within_s:g} s: {said}"
        time.sleep(0.05)
    return answer


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def served(
    command: Sequence[str | Path], port: int, log: Path, variables: Mapping[str, str], folder: Path
) -> Iterator[None]:
    """The program, listening on `port`, in nothing but these environment variables.

    Its standard input is a pipe that closes when this process ends, however that happens.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _UNTIL_INPUT_ENDS, "sh", *command],
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,  # the program's own children end with it
        )

    def ready() -> bool:
        assert process.poll() is None, f"{command[0]} ended:\n{log.read_text('utf-8', 'replace')[-3000:]}"
        return listens(port)

    try:
        until(ready, f"{command[0]} listens on {port}", 60)
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


_UNTIL_INPUT_ENDS = """
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( exec 4<&3 3<&-; trap '' TERM; cat <&4 >/dev/null; kill 0; sleep 2; kill -9 0 ) &
exec 3<&-
wait $child
"""
"""Runs a program until standard input ends, as it does when the one who holds its other side is gone."""
