"""Sentences of a block, without breaking at abbreviations, quotes, parentheses or cases put as questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evalgen.languages.tables import DEFAULT
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon, lexicon_of

LONGEST_ABBREVIATION = 12
_FAR = 200
"""Characters in which it shows whether a sentence is an instruction."""


@cache
def _end(if_word: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[a-z0-9)])\s+(?={if_word} [a-z][^:]{{3,140}}: [A-Z])"
        r"|(?<=[.!?…])[\"”»')\]]*\s+(?=[\"“«¿¡(]?(?:[A-ZÁÉÍÓÚÑÜ0-9{]|[a-z]+_[a-z]))|;\s+"
    )


def sentences_of(text: str, lexicon: Lexicon | None = None) -> Iterator[str]:
    """The sentences and the halves around semicolons, in order; read as English without a lexicon."""
    words = lexicon or lexicon_of(DEFAULT)
    start = 0
    for match in _end(words.templates.if_word).finditer(text):
        head = text[start : match.start()]
        abbreviated = words.cues.abbreviations.search(head[-LONGEST_ABBREVIATION:])
        asked = head.endswith("?") and words.patterns.asked_case.match(f"{head.strip()} x")
        told = asked and starts_instruction(text[match.end() : match.end() + _FAR], words)
        if (match[0].strip() != ";" and abbreviated) or _is_open(head) or told:
            continue
        if head.strip():
            yield (head + match[0].rstrip("; ")).strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _is_open(text: str) -> bool:
    """Whether a quotation or parenthesis that the text opened is still open (a stray one soon is not)."""
    tail = text[-200:]
    return tail.count('"') % 2 == 1 or any(tail.count(a) > tail.count(b) for a, b in ("“”", "«»", "()"))
