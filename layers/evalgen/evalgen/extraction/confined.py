"""A module of ours run on bytes from outside: in a process with little time, little memory and no secrets."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import astuple, dataclass, field

REFUSED = 3
"""Exit code: what is printed says why the bytes cannot be used."""

NO_MEMORY = 4
MEGABYTE = 1024 * 1024
_INHERITED = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Bounds:
    seconds: int
    megabytes: int


class Exceeded(Exception):
    """The bytes would need more than the bounds; the text says of what."""


@dataclass(slots=True)
class Confined:
    """Runs that share the seconds of their bounds; each may take all the memory."""

    bounds: Bounds
    _left_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._left_s = self.bounds.seconds

    def run(self, module: str, data: bytes, *arguments: str) -> tuple[int, bytes]:
        """The exit code and output of `python -m module SECONDS MEGABYTES …` on `data`. Raises Exceeded."""
        started = time.monotonic()
        try:
            done = subprocess.run(  # noqa: S603 - this interpreter and our own module
                [sys.executable, "-BP", "-m", module, *map(str, (*astuple(self.bounds), *arguments))],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=max(0.0, self._left_s),
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Exceeded(f"{self.bounds.seconds} s") from None
        finally:
            self._left_s -= time.monotonic() - started
        if done.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
            raise Exceeded(f"{self.bounds.seconds} s")
        if done.returncode == NO_MEMORY:
            raise Exceeded(f"{self.bounds.megabytes} MB of memory")
        return done.returncode, done.stdout


def _environment() -> dict[str, str]:
    """Where modules are found, and nothing that could be used elsewhere: no credentials."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**inherited, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def confine(seconds: int, megabytes: int) -> None:
    """Give up, for good, what the process does not need: it ends with its time, also without its parent."""
    signal.alarm(seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(ValueError):  # macOS does not bound address space
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
