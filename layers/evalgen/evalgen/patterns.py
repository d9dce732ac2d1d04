"""Regular expressions that users bring, run by RE2: in time that grows with the text and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

LONGEST_PATTERN = 1000
MOST_REPEATS = 1000
MEMORY = 1 << 18
"""Bytes that one pattern may take: more would be slow to search with, however straight the way."""

_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|.)", re.DOTALL)


class BadPattern(ValueError):
    """The pattern is none, or cannot be run; the text says what it has that is not allowed."""


class Pattern(Protocol):
    pattern: str

    def search(self, text: str) -> object:
        """Something true where the text has a match."""


@lru_cache(maxsize=1024)
def compiled(source: str) -> Pattern:
    """As JSON schemas have them (ECMA 262), without look-around and back references. Raises BadPattern."""
    import re2  # noqa: PLC0415 - only who has a pattern needs it

    if len(source) > LONGEST_PATTERN:
        raise BadPattern(f"it has {len(source)} characters; at most {LONGEST_PATTERN} are allowed")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        found: Pattern = re2.compile(_ESCAPE.sub(_as_re2, source), options)
    except (re2.error, ValueError) as error:
        raise BadPattern(_reason(error)) from None
    return found


def _as_re2(escape: re.Match[str]) -> str:
    return rf"\x{{{escape['code']}}}" if escape["code"] else escape[0]


def _reason(error: Exception) -> str:
    text = error.args[0] if error.args else error
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if "perl operator" in said or re.search(r"escape sequence: \\[1-9k]", said):
        return "look-around and references back are not allowed"
    if "repetition size" in said:
        return f"at most {MOST_REPEATS} repeats are allowed, those inside of others multiplied"
    if "too large" in said:
        return "it is too large"
    return said
