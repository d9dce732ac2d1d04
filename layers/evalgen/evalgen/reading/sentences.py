"""Sentences of a block, without breaking at abbreviations, quotes or parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?<=[a-z0-9)])\s+(?=If [a-z][^:]{3,140}: [A-Z])|(?<=[.!?…])[\"”')\]]*\s+(?=[\"“¿¡(]?[A-ZÁÉÍÓÚÑÜ0-9{])|;\s+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Sr|Sra|Srta|Dra|No|Nr|vs|etc|e\.g|i\.e|approx|ext|min|max|p\.ej|Ud|Uds|a\.m|p\.m|[A-Z]))\.$"
)


def sentences_of(text: str) -> Iterator[str]:
    """The sentences and the halves around semicolons, in order and stripped."""
    start = 0
    for match in _END.finditer(text):
        head = text[start : match.start()]
        if (match[0].strip() != ";" and _ABBREVIATION.search(head[-12:])) or _is_open(head):
            continue
        if head.strip():
            yield (text[start : match.start()] + match[0].rstrip("; ")).strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _is_open(text: str) -> bool:
    """Whether a quotation or parenthesis that the text opened is still open (a stray one soon is not)."""
    tail = text[-200:]
    return tail.count('"') % 2 == 1 or tail.count("“") > tail.count("”") or tail.count("(") > tail.count(")")
