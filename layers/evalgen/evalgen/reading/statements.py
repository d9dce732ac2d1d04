"""The statements of a prompt: every sentence, with what kind of rule it is and what it is about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evalgen.reading.blocks import Block
from evalgen.reading.clauses import case_over, split_condition
from evalgen.reading.instructions import FAR
from evalgen.reading.kinds import INTRODUCING, Kind, Place, kind_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import Limit, limits_of
from evalgen.reading.sentences import sentences_of

_SIGNATURE = re.compile(r"^[a-z]\w*_\w+\([^)]*\)\s*[:—–-]?\s*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the prompt. `id` depends on its words alone, so edits elsewhere leave it.

    `trigger` and `consequence` are those of a condition (in `outer`, that of the item which it is nested in);
    `opener` is the word that made it one. `tools` are those that the sentence or its block names.
    """

    id: str
    text: str
    kind: Kind
    lines: tuple[int, int]
    section: tuple[str, ...]
    trigger: str = ""
    consequence: str = ""
    opener: str = ""
    outer: str = ""
    themes: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    ordered: bool = False

    @property
    def duty(self) -> str:
        """What the agent has to do or leave: the consequence of a condition, else the whole sentence."""
        return self.consequence or self.text


def statements_of(blocks: list[Block], tool_names: Iterable[str], lexicon: Lexicon) -> list[Statement]:
    """Every sentence of every block as a statement, in order.

    Repeated sentences appear once, and those that name tools once in every section.
    """
    names = tuple(tool_names)
    found: dict[str, Statement] = {}
    triggers: dict[int, str] = {}
    opening = True
    for index, block in enumerate(blocks):
        outer = triggers.get(block.parent, "") if block.parent is not None else ""
        triggers[index] = outer
        after = blocks[index + 1] if index + 1 < len(blocks) else block
        below = after.text[:FAR] if after.parent == index else ""
        for statement in _of_block(block, below, outer, names, lexicon, opening):
            opening = opening and statement.kind in INTRODUCING
            triggers[index] = statement.trigger if statement.kind == "condition" else outer
            known = found.setdefault(statement.id, statement)
            if statement.tools and known.section != statement.section:
                again = statement_id(f"{statement.section[-1:]} {statement.text}")
                found.setdefault(again, replace(statement, id=again))
    return list(found.values())


def _of_block(
    block: Block, below: str, outer: str, names: tuple[str, ...], lexicon: Lexicon, opening: bool
) -> Iterator[Statement]:
    in_block = tuple(n for n in names if n in block.text)
    place = Place(block.section[-1] if block.section else "", opening)
    for raw in sentences_of(block.text, lexicon):
        text, tool = _without_label(raw, names, lexicon)
        text = _calm(text) if text.isupper() else text
        if not text or not any(c.isalpha() for c in text):
            continue
        described = _describes(text, tool, names, lexicon)
        split = None if described else split_condition(text, lexicon)
        if split is None and below:
            split = case_over(text, below, lexicon)
        themes = tuple(name for name, cues in lexicon.themes.items() if cues.search(text))
        yield Statement(
            id=statement_id(text),
            text=text,
            kind="fact" if described else kind_of(text, split, place, lexicon),
            lines=block.lines,
            section=block.section,
            trigger=split.trigger if split else "",
            consequence=split.consequence if split else "",
            opener=split.opener if split else "",
            outer=outer,
            themes=themes,
            tools=tuple(n for n in names if n in raw) or in_block,
            limits=limits_of(text, lexicon),
            ordered=block.ordered,
        )


def _without_label(text: str, names: tuple[str, ...], lexicon: Lexicon) -> tuple[str, str]:
    """The sentence without `NOTE:`, a tool's signature or its name before it; and that name, if any."""
    text = _SIGNATURE.sub("", lexicon.patterns.label.sub("", text)).strip(" •")
    name = next((name for name in names if text.startswith(f"{name}:")), "")
    return (text.removeprefix(f"{name}:").strip() if name else text), name


def _calm(text: str) -> str:
    """A sentence in capitals as others are; names of tools and variables stay."""
    first, *others = text.split()
    calm = [word if "_" in word else word.lower() for word in others]
    return " ".join([first if "_" in first else first.capitalize(), *calm])


def _describes(text: str, tool: str, names: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether the sentence says what a tool does or what it is for, and tells the agent nothing."""
    first = text.split(" ", 1)[0]
    base = lexicon.verbs.base_of(first)
    if tool:
        opened = lexicon.cues.condition_openers.match(text) is not None
        return opened or (base != "" and lexicon.verbs.third(base) == first.lower())
    return first in names and ":" not in text


def statement_id(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.lower()))
    return "s" + hashlib.sha256(words.encode()).hexdigest()[:10]
