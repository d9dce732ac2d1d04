"""A prompt cut into parts at its own sections, each small enough for one good answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zlib import crc32

from evalgen.generation.read.document import lines_in
from evalgen.generation.read.statement import Statement
from evalgen.generation.with_model.quotes import words_of

LONGEST = 4_000
"""Characters: said sentence by sentence, they make an answer that a worker can wait for."""
FEWEST = 600
"""A part of fewer goes on into the next section."""
SECTIONS = 3
"""So many are in a part on average: it ends before those headings whose checksum says so, and so an edit,
which changes the length of a section but hardly its heading, leaves the ends of the other parts."""
_PIECE = re.compile(rf".{{1,{LONGEST}}}(?:(?<=[.!?।。]) +|\Z)|.{{1,{LONGEST}}}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """`first` is the number of its first line, `section` the headings above its first sentence."""

    text: str
    first: int
    section: tuple[str, ...]

    @property
    def last(self) -> int:
        return self.first + self.text.rstrip("\n").count("\n")

    def has_heading(self, name: str) -> bool:
        """Whether the heading is one of its own lines."""
        return any(words_of(line) == words_of(name) for line in self.text.split("\n"))


def parts_of(prompt: str, statements: Sequence[Statement]) -> Iterator[Part]:
    """All of the prompt in order, cut between the sentences that have been found in it."""
    opened: Part | None = None
    before: tuple[str, ...] = ()
    for block in _blocks(lines_in(prompt), statements):
        if opened:
            ends = block.section != before and _begins(block.section) and len(opened.text) >= FEWEST
            if ends or len(opened.text) + len(block.text) > LONGEST:
                yield from _pieces(opened)
                opened = None
        opened = replace(opened, text=f"{opened.text}\n{block.text}") if opened else block
        before = block.section
    if opened:
        yield from _pieces(opened)


def _begins(section: tuple[str, ...]) -> bool:
    return crc32("\n".join(section).encode("utf-8", "surrogatepass")) % SECTIONS == 0


def _blocks(lines: Sequence[str], statements: Sequence[Statement]) -> Iterator[Part]:
    """The lines of sentences that share one, with the blank lines and headings before them."""
    cuts: list[tuple[int, tuple[str, ...]]] = []
    behind = 1
    for one in sorted(statements, key=lambda s: s.lines):
        if one.lines[0] >= behind:
            cuts.append((behind, one.section))
        behind = max(behind, one.lines[1] + 1)
    for (start, section), (end, _) in pairwise([*cuts, (len(lines) + 1, ())]):
        yield Part("\n".join(lines[start - 1 : end - 1]), start, section)


def _pieces(part: Part) -> Iterator[Part]:
    """Of lines that are too long by themselves, as many sentences at a time as fit."""
    first = part.first
    for text in _PIECE.findall(part.text) if len(part.text) > LONGEST else [part.text]:
        yield Part(text, first, part.section)
        first += text.count("\n")
