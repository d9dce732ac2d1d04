"""The parent's side of a worker process."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any, NoReturn, TextIO

from local import ROOT
from local.system import Function

_START_S = 60.0
_PIECE = 1 << 16


class FunctionFailed(Exception):
    """The handler raised; its process lives on."""


class WorkerDied(Exception):
    """The process ended, or was ended for taking too long, before it answered."""


class WorkerProcess:
    """One worker, started when it is needed, and again after it died. Used by one thread; `kill` by any."""

    def __init__(self, function: Function, log: TextIO) -> None:
        self._function = function
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Have a process that is ready for an event. Raises WorkerDied if it does not come up."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._unread = b""
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter and our own module
            [sys.executable, "-m", "local.worker", json.dumps(asdict(self._function), default=str)],
            cwd=ROOT,
            env={**os.environ, **self._function.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            bufsize=0,
            process_group=0,  # Ctrl-C is the parent's affair
        )
        self._receive(self._process, _START_S)

    def invoke(self, event: dict[str, Any]) -> Any:
        """The handler's answer. Raises FunctionFailed, WorkerDied."""
        self.start()
        process = self._process
        assert process is not None and process.stdin is not None
        try:
            line = memoryview(json.dumps(event).encode() + b"\n")
            while line:
                line = line[process.stdin.write(line) :]
        except BrokenPipeError:
            self._bury(process, "ended")
        answer = self._receive(process, self._function.timeout_s)
        if "error" in answer:
            raise FunctionFailed(answer["error"])
        return answer["result"]

    def kill(self) -> None:
        """End the process; whoever waits for its answer gets WorkerDied."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and forget it."""
        if self._process is not None:
            self._process.kill()
            _reap(self._process)
            self._process = None

    def _receive(self, process: subprocess.Popen[bytes], timeout_s: float) -> dict[str, Any]:
        assert process.stdout is not None
        deadline = time.monotonic() + timeout_s
        while b"\n" not in self._unread:
            readable, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not readable:
                process.kill()
                self._bury(process, f"did not answer within {timeout_s:g} s")
            piece = process.stdout.read(_PIECE)
            if not piece:
                self._bury(process, "ended")
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _bury(self, process: subprocess.Popen[bytes], what: str) -> NoReturn:
        code = _reap(process)
        raise WorkerDied(f"{self._function.name}: process {process.pid} {what} (exit code {code})")


def _reap(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that is ending."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    return process.wait()
