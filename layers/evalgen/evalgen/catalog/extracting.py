"""A file's text: `python -m evalgen.catalog.extracting SECONDS MEGABYTES ENDING`, from input to output.

What cannot be used ends with the exit code REFUSED and the reason, in words for the user.
"""

from __future__ import annotations

import sys

from evalgen.extraction import Unreadable, text_of
from evalgen.extraction.confined import NO_MEMORY, REFUSED, confine


def main(seconds: int, megabytes: int, ending: str) -> int:
    confine(seconds, megabytes)
    try:
        text = text_of(ending, sys.stdin.buffer.read())
    except Unreadable as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    except MemoryError:
        return NO_MEMORY
    sys.stdout.buffer.write(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
