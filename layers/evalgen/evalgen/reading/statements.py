"""The statements of a prompt: every sentence, with what kind of rule it is and what it is about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from evalgen.reading.blocks import Block
from evalgen.reading.clauses import Split, split_condition, starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import Limit, limits_of
from evalgen.reading.sentences import sentences_of

Kind = Literal[
    "condition",
    "prohibition",
    "requirement",
    "order",
    "permission",
    "step",
    "style",
    "identity",
    "fact",
    "context",
]
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
    """Every sentence of every block as a statement, in order; repeated sentences appear once."""
    names = tuple(tool_names)
    found: dict[str, Statement] = {}
    triggers: dict[int, str] = {}
    for index, block in enumerate(blocks):
        outer = triggers.get(block.parent, "") if block.parent is not None else ""
        triggers[index] = outer
        for statement in _of_block(block, outer, names, lexicon):
            triggers[index] = statement.trigger if statement.kind == "condition" else outer
            found.setdefault(statement.id, statement)
    return list(found.values())


def _of_block(block: Block, outer: str, names: tuple[str, ...], lexicon: Lexicon) -> Iterator[Statement]:
    in_block = tuple(n for n in names if n in block.text)
    for raw in sentences_of(block.text, lexicon):
        text, tool = _without_label(raw, names, lexicon)
        if not text or not any(c.isalpha() for c in text):
            continue
        split = split_condition(text, lexicon)
        themes = tuple(name for name, cues in lexicon.themes.items() if cues.search(text))
        yield Statement(
            id=statement_id(text),
            text=text,
            kind="fact" if tool and _describes(text, lexicon) else _kind(text, split, lexicon),
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


def _describes(text: str, lexicon: Lexicon) -> bool:
    """Whether the sentence says what somebody does, in a form that may also be an instruction."""
    first = text.split(" ", 1)[0].lower()
    base = lexicon.verbs.base_of(first)
    return base != "" and lexicon.verbs.third(base) == first


def statement_id(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.lower()))
    return "s" + hashlib.sha256(words.encode()).hexdigest()[:10]


def _kind(text: str, split: Split | None, lexicon: Lexicon) -> Kind:
    lowered = text.lower()
    head = " ".join(lowered.split()[:7])
    words = set(re.findall(r"[\w'-]+", lowered))
    if lexicon.cues.identity.match(lowered):
        return "identity"
    if split:
        return _conditional_kind(lowered, split, lexicon)
    instructs = starts_instruction(text, lexicon)
    prohibition = lexicon.cues.prohibitions
    if prohibition.search(head) or (prohibition.search(lowered) and not instructs):
        return "prohibition"
    if instructs:
        if len(words & lexicon.words.style) >= 2 or lexicon.patterns.style_opening.match(lowered):
            return "style"
        return "order" if lexicon.patterns.order_inside.search(lowered) else "step"
    if lexicon.cues.requirements.search(head):
        return "requirement"
    if lexicon.cues.permissions.search(head):
        return "permission"
    if words & lexicon.words.style and len(words) < 9:
        return "style"
    return "fact" if len(words) >= 4 else "context"


def _conditional_kind(lowered: str, split: Split, lexicon: Lexicon) -> Kind:
    if split.opener in lexicon.words.bounds and lexicon.cues.prohibitions.match(lowered):
        return "prohibition"
    opens = lexicon.cues.condition_openers.match(lowered) and lexicon.patterns.order_opening.match(lowered)
    return "order" if opens else "condition"
