"""A sentence in its place, and what a rule reads in it."""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.generation.read.items import Item
from evalgen.generation.read.statement import Condition, Duty, StatementKind

UNKNOWN = Condition("", "other")
"""Stands for a condition above or before a sentence that was not read."""
MAY_BE_SO = "what may be so, of the list above"
"""Of an item in a list of conditions."""
MUST_BE_SO = "what has to be so, by the list above"
"""Of one in a list all of which has to be so."""
TO_CHECK = "what is checked, by the list above"
"""Of how it has to be, at the head of an item of what the agent makes sure of."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and what it stands under: conditions from outside, and one before it in its item.

    `doubtful` says that a sentence or a label before it may narrow when it holds; `forbidden` that its
    heading or the line above its list says that this is never done; `tools` are those that its item names;
    `before` is the item before it in its section; `refused` says that the case before it only forbids;
    `ruled` is what a plain fact before it rules out; `opener` is the item above it in its list.
    """

    text: str
    item: Item
    outer: tuple[Condition, ...] = ()
    behind: Condition | None = None
    doubtful: bool = False
    forbidden: bool = False
    tools: tuple[str, ...] = ()
    before: str = ""
    refused: bool = False
    ruled: Condition | None = None
    opener: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`rule` says more than the name of the rule that read it; `rest` are parts to be read by themselves.

    `wishes` are what callers want by its condition, each with whether it follows `ask to`; `opens` says that
    the items below stand under its condition.
    """

    kind: StatementKind
    rule: str
    condition: Condition | None = None
    duties: tuple[Duty, ...] = ()
    rest: tuple[str, ...] = ()
    wishes: tuple[tuple[str, bool], ...] = ()
    opens: bool = False


def unread(
    why: str, condition: Condition | None = None, wishes: tuple[tuple[str, bool], ...] = ()
) -> Reading:
    """A sentence whose kind is plain and whose words are not certain."""
    return Reading("unread", why, condition, wishes=wishes)
