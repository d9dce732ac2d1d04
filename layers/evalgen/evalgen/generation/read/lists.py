"""Lists as people number and indent them, rewritten as lists of Markdown, line by line.

Markdown knows no `a.`, `1.2` or `•`, nor items by indentation alone; takes a child that is indented by
less than its parent's number for a part of the parent's sentence; and is read by recursion, so that a list
may not be of any depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MOST_LEVELS = 12
"""Items below this level are siblings of those on it."""
_INDENT = "    "
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_ITEM = re.compile(
    r"^(?P<indent> *)(?:(?P<bullet>[-*+•◦▪●·])"
    r"|\d+(?:\.\d+)+[.)]?|\d{1,9}[.)]|[a-z][.)]|[A-Z]\)|\([a-z\d]{1,2}\)|[A-Z][a-zñ]{2,7} \d{1,2} ?[-–—.:)])"
    r" +(?=\S)"
)
_STEP = re.compile(
    r"^ *[A-Z][a-zñ]{2,7} \d{1,2} ?[-–—.:)] ?(?P<title>[^\W\d_][\w&'’-]*(?: [\w&'’/-]+){0,3}): ?(?=\S|$)"
)
_INDENTED = re.compile(r"^(?P<indent> {2,})[^\W\d_a-z]")
_ENDS = re.compile(r"[.:!?]\s*$")
_OPENS = re.compile(r":\s*$")
_NEW = re.compile(r"[A-ZÁÉÍÓÚÑ][^\W\d_A-Z]+ ")
_DONE = re.compile(r"[.!?)\"”]\s*$")
SHORT_LINE = 60
"""A line that is shorter is broken where its sentence ends, not where there is no more room."""
WRAPPED_LINE = 90
"""A line that is longer may be broken for want of room, also where its sentence happens to end."""
_DOTTED = re.compile(r"^ *\d+(?:\.\d+)+[.)]? ")


def listed(lines: Iterable[str], condition: re.Pattern[str]) -> Iterator[str]:
    """The lines, with every item of a list marked and indented as Markdown reads it, one for one.

    `Step 2 - Verification: …` loses what the step is called, unless that begins as a `condition` does.
    """
    indents: list[int] = []
    fenced = after_blank = False
    before = ""
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        item = None if fenced or _RULE.match(line) else _ITEM.match(line)
        step = _STEP.match(line) if item else None
        if step and condition.match(step["title"]):
            step = None
        if step and step.end() == len(line.rstrip()):
            indents.clear()
            yield f"##### {step['title']}"
        elif item:
            _enter(indents, len(item["indent"]))
            mark = "- " if item["bullet"] or _DOTTED.match(line) else "1. "
            yield _INDENT * _level(indents) + mark + line[(step or item).end() :]
        elif fenced or not line.strip() or not (indents or _OPENS.search(before)):
            yield line
        elif _ended_early(before) and (begins := _INDENTED.match(line)):
            _enter(indents, len(begins["indent"]))
            yield _INDENT * _level(indents) + "- " + line.strip()
        elif line.startswith(" "):
            yield _INDENT * (_level(indents) + 1) + line.strip()
        elif indents and not after_blank and _OPENS.search(line) and _ENDS.search(before):
            indents[:] = [-1]
            yield "* " + line  # another bullet begins another list, which is not below the line before it
        elif indents and not after_blank and _begins_anew(line, before):
            yield "* " + line
        else:
            if after_blank or line.startswith("#"):
                indents.clear()
            yield line
        before = line
        after_blank = not line.strip()


def _ended_early(line: str) -> bool:
    """Whether a line ends with its sentence though there was room for more; at a colon it always does."""
    return bool(_OPENS.search(line)) or (bool(_ENDS.search(line)) and len(line.rstrip()) < WRAPPED_LINE)


def _begins_anew(line: str, before: str) -> bool:
    """Whether a line that is not indented is no rest of the item before it: that one ended early."""
    return bool(_NEW.match(line)) and (len(before.rstrip()) < SHORT_LINE or bool(_DONE.search(before)))


def _enter(indents: list[int], indent: int) -> None:
    """Close the items that this one is not inside of, and open it."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)


def _level(indents: list[int]) -> int:
    return min(len(indents), MOST_LEVELS) - 1
