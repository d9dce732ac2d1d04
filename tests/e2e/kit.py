"""The embedded stack as a process of its own, and what tests ask of it over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from evalgen_cli.client import V1, Client
from tests.conftest import ROOT

ON_EACH_STORE = pytest.mark.parametrize("serve", ["sqlite", "aws"], indirect=True)
PATIENCE_S = 60.0
AGENT = {
    "name": "Desk",
    "language": "en",
    "description": "You answer the phone of a bicycle shop. Greet {{name}} and never promise a price.",
}


def until(what: Callable[[], Any], said: str) -> Any:
    """The first true answer of `what`, looked for until patience ends."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if answer := what():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"not within {PATIENCE_S:g} s: {said}")


def alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has waited for yet does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def template_with_stand_in(folder: Path) -> Path:
    """The repository's template with the worker of `stand_in` in place of the real one."""
    text = (ROOT / "template.yaml").read_text()
    text = text.replace("CodeUri: functions/worker", f"CodeUri: {ROOT}/tests/e2e/stand_in")
    path = folder / "template.yaml"
    path.write_text(text.replace("CodeUri: functions/", f"CodeUri: {ROOT}/functions/"))
    return path


@contextmanager
def moto_server() -> Iterator[str]:
    """The address of an emulator of AWS in a process that ends with this one."""
    with subprocess.Popen(
        [sys.executable, ROOT / "tests/e2e/moto_until_input_ends.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


class Stack:
    """`python -m local serve`, started and answering."""

    def __init__(self, state: Path, *options: str, **environment: str) -> None:
        self.state = state
        self.errors = (state.parent / "stderr").open("a+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "local", "serve", "--port", "0", "--state", str(state), *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            process_group=0,
        )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+", self.line)
        assert match, f"no address in {self.line!r}; on standard error: {self.said()!r}"
        self.client = Client(match[0], environment.get("LOCAL_API_KEY", "local-key"))

    def said(self) -> str:
        self.errors.seek(0)
        return self.errors.read()

    def workers(self) -> list[int]:
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send the signal, an interrupt to the whole group as a terminal does, and wait; the exit code."""
        if number == signal.SIGINT:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def close(self) -> None:
        if self.process.returncode is None:
            self.end(signal.SIGKILL)
        self.errors.close()

    def generate(self, count: int) -> str:
        """Register an agent, start a job, and answer its id."""
        agent = self.client.create_agent(AGENT)
        request = {"agent_id": agent, "num_scenarios": count, "scenario_type": "workflow"}
        return str(self.client.call("POST", f"{V1}/scenarios/generate-bg/", request)["progress_id"])

    def progress(self, job: str, query: str = "") -> dict[str, Any]:
        return self.client.call("GET", f"{V1}/scenarios/generate-progress/?progress_id={job}{query}")

    def ended(self, job: str) -> dict[str, Any]:
        """The progress of the job once it has ended."""

        def look() -> dict[str, Any] | None:
            progress = self.progress(job)
            ended = progress["completed_scenarios"] + progress["failed_scenarios"]
            return progress if ended == progress["total_scenarios"] else None

        found: dict[str, Any] = until(look, f"job {job} ends")
        return found
