"""Sentences of an item with their lines, without breaking at abbreviations, quotations and parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evalgen.generation.read.items import Item
from evalgen.generation.read.language import Language

LONGEST_ABBREVIATION = 16
_BEGINS = r"[\"“«¿¡(\[]?(?:[A-ZÁÉÍÓÚÑÜ0-9{]|[a-z]+_[a-z])"
_END = re.compile(rf"(?<=[.!?…])[\"”»')\]]*\s+(?={_BEGINS})|;\s+(?=\S)")
_END_IN_SMALL = re.compile(r"(?<=[.!?…])[\"”»')\]]*\s+(?=\S)|;\s+(?=\S)")
_IN_SMALL = re.compile(r"\d|[^\W\d_A-Z]+(?!\w)")
_CAPITAL = re.compile(r"[.!?…]\s+[A-ZÁÉÍÓÚÑÜ]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`lines` are the first and the last, counted from 1."""

    text: str
    lines: tuple[int, int]


def sentences_of(item: Item, language: Language) -> Iterator[Sentence]:
    """The sentences and the halves around semicolons, in order."""
    if item.kind == "code" or item.cells:
        yield _at(item, 0, len(item.text))
        return
    ends_short = shortened(language)
    start = 0
    small = _IN_SMALL.match(item.text) and not _CAPITAL.search(item.text)
    ends = _END_IN_SMALL if small else _END
    for match in ends.finditer(item.text):
        head = item.text[start : match.start()]
        closed = head + match[0].rstrip("; ")
        if (match[0].strip() != ";" and ends_short(head, item.text[match.end() :])) or _is_open(closed):
            continue
        asks = item.text[: match.end()].rstrip().endswith("?")
        if asks and language.part("question_label").match(f"{head.strip()} x"):
            continue
        if head.strip():
            yield _at(item, start, match.start() + len(match[0].rstrip("; ")))
        start = match.end()
    if item.text[start:].strip():
        yield _at(item, start, len(item.text))


def shortened(language: Language) -> Callable[[str, str], bool]:
    """Whether a full stop ends an abbreviation and not the sentence, by what stands before and behind it."""
    table = language.table("prompt")
    keys = ("abbreviations", "hour", "begins_anew", "letter", "no_number")
    short, hour, anew, letter, no = (language.pattern(table[key]) for key in keys)

    def is_short(head: str, rest: str) -> bool:
        tail = head[-LONGEST_ABBREVIATION:]
        by_hour = hour.search(tail) and anew.match(rest)
        by_no = no.search(tail) and not rest[:1].isdigit()
        return bool(short.search(tail)) and not (by_hour or by_no or letter.search(tail))

    return is_short


def _at(item: Item, start: int, end: int) -> Sentence:
    raw = item.text[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    last = max(begin, start + len(raw.rstrip()) - 1)
    return Sentence(raw.strip(), (item.line_at(begin), item.line_at(last)))


def _is_open(text: str) -> bool:
    """Whether a quotation or parenthesis that the text opened is still open (a stray one soon is not)."""
    tail = text[-400:]
    return tail.count('"') % 2 == 1 or any(tail.count(a) > tail.count(b) for a, b in ("“”", "«»", "()"))
