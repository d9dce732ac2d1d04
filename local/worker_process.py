"""The parent's side of a worker process."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NoReturn, TextIO

from local import ROOT
from local.functions import shared_environment
from local.system import Function

_START_S = 60.0
_PIECE = 1 << 16


class FunctionFailed(Exception):
    """The handler raised; its process lives on. `message` is what its exception said."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.message = message


class WorkerDied(Exception):
    """The process ended, or was ended for taking too long, before it answered."""


class WorkerProcess:
    """One worker, started when it is needed, and again after it died. Used by one thread; `kill` by any.

    It has one function or several, whose environments then agree. Raises TemplateError if they do not.
    `nice`: by how much it gives way to other processes.
    """

    def __init__(self, functions: Sequence[Function], log: TextIO, nice: int = 0) -> None:
        self._nice = nice
        self._functions = {function.name: function for function in functions}
        self._environment = shared_environment(functions)
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
            [sys.executable, "-m", "local.worker", self._description(), str(self._nice)],
            cwd=ROOT,
            env={**os.environ, **self._environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            bufsize=0,
            process_group=0,  # Ctrl-C is the parent's affair
        )
        self._receive(self._process, self._names, _START_S)

    def invoke(self, event: dict[str, Any], name: str | None = None) -> Any:
        """The answer of the function of that name, or of the only one. Raises FunctionFailed, WorkerDied."""
        function = self._functions[name or next(iter(self._functions))]
        self.start()
        process = self._process
        assert process is not None and process.stdin is not None
        try:
            line = memoryview(json.dumps([function.name, event]).encode() + b"\n")
            while line:
                line = line[process.stdin.write(line) :]
        except BrokenPipeError:
            self._bury(process, function.name, "ended")
        answer = self._receive(process, function.name, function.timeout_s)
        if "error" in answer:
            raise FunctionFailed(*answer["error"])
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

    @property
    def _names(self) -> str:
        return ", ".join(self._functions)

    def _description(self) -> str:
        return json.dumps([asdict(function) for function in self._functions.values()], default=str)

    def _receive(self, process: subprocess.Popen[bytes], name: str, timeout_s: float) -> dict[str, Any]:
        assert process.stdout is not None
        deadline = time.monotonic() + timeout_s
        while b"\n" not in self._unread:
            readable, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not readable:
                process.kill()
                self._bury(process, name, f"did not answer within {timeout_s:g} s")
            piece = process.stdout.read(_PIECE)
            if not piece:
                self._bury(process, name, "ended")
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _bury(self, process: subprocess.Popen[bytes], name: str, what: str) -> NoReturn:
        code = _reap(process)
        raise WorkerDied(f"{name}: process {process.pid} {what} (exit code {code})")


def _reap(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that is ending."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    return process.wait()
