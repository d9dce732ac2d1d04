"""Sentences of a block, without breaking at abbreviations, quotes, parentheses or cases put as questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evalgen.languages.tables import DEFAULT
from evalgen.reading.instructions import FAR, starts_instruction
from evalgen.reading.lexicon import Lexicon, lexicon_of

LONGEST_ABBREVIATION = 12


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
        if (match[0].strip() != ";" and abbreviated) or _is_open(head):
            continue
        if _puts_case(head, text[match.end() : match.end() + FAR], words):
            continue
        if head.strip():
            yield (head + match[0].rstrip("; ")).strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _puts_case(text: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a question puts a case for which the words after it say what is to be done: `No receipt? …`."""
    asked = text.endswith("?") and text.count("?") == 1
    return (
        asked
        and lexicon.patterns.asked_case.match(f"{text.strip()} …") is not None
        and starts_instruction(after, lexicon)
    )


def _is_open(text: str) -> bool:
    """Whether a quotation or parenthesis that the text opened is still open (a stray one soon is not)."""
    tail = text[-200:]
    return tail.count('"') % 2 == 1 or any(tail.count(a) > tail.count(b) for a, b in ("“”", "«»", "()"))
