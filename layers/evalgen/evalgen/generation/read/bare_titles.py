"""Titles without any mark, each alone in the first line of a paragraph: `Checking who is calling`."""

from __future__ import annotations

import re

from evalgen.generation.read.verbs import verbs_of

FEWEST = 3
"""So many of them in a prompt make each a title."""
MOST_WORDS = 8
ROOM = 10
"""So much shorter than the paragraph is a line that was not broken for want of room."""
_BARE = re.compile(r"^[A-ZÁÉÍÓÚÑ¿][^.!?:;,|()\[\]{}<>=*_#\"“]{2,48}[^\W_]$")
_BELOW = re.compile(r"^(?:[\"“¿¡]?[A-ZÁÉÍÓÚÑ0-9]|\w+_\w)")
_LISTED = re.compile(r"^\s*(?:[-*•] |\d{1,2}[.)] )|^ +\S")


def titled(lines: list[str], code: str) -> list[str]:
    """The lines with headings in place of such titles. Where there are some above text, one above a list or
    above other titles is one too.
    """
    begins = [n for n in range(len(lines) - 1) if n == 0 or not lines[n - 1].strip()]
    bare = [n for n in begins if _is_bare(lines[n], code)]
    above_text = [n for n in bare if _BELOW.match(lines[n + 1]) and _ends_early(n, lines)]
    if len(above_text) < FEWEST:
        return lines
    found = {*above_text, *(n for n in bare if _LISTED.match(lines[n + 1]) or _is_above_a_title(n, lines))}
    return [f"## {line}" if n in found else line for n, line in enumerate(lines)]


def _is_bare(line: str, code: str) -> bool:
    words = line.split()
    short = bool(_BARE.match(line)) and len(words) <= MOST_WORDS
    return short and not verbs_of(code).base_of(words[0].lower())


def _is_above_a_title(at: int, lines: list[str]) -> bool:
    return not lines[at + 1].strip() and any(line.startswith("#") for line in lines[at + 2 : at + 3])


def _ends_early(at: int, lines: list[str]) -> bool:
    """Whether the first word of the next line would have stood in this one: it is broken on purpose."""
    end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
    width = max(len(line) for line in lines[at + 1 : end])
    return len(lines[at]) + 1 + len(lines[at + 1].split()[0]) + ROOM <= width
