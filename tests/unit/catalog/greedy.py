"""What a program may try on bytes from outside: `python -m tests.unit.catalog.greedy SECONDS MEGABYTES`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from evalgen.extraction.confined import MEGABYTE, NO_MEMORY, REFUSED, confine

MOST = 600 * MEGABYTE


def main(seconds: int, megabytes: int) -> int:
    confine(seconds, megabytes)
    match sys.stdin.read():
        case "memory":
            try:
                return len(bytearray(MOST)) // MOST
            except MemoryError:
                return NO_MEMORY
        case "time":
            while True:
                pass
        case "files":
            try:
                Path(tempfile.gettempdir(), f"greedy-{os.getpid()}").write_text("x")
            except OSError:
                return REFUSED
        case "environment":
            print(*os.environ)  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
