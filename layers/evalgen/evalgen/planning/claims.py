"""What callers claim of their own case when they act, by the kind of the act."""

from __future__ import annotations

from collections.abc import Collection

from evalgen.reading.acts import Act

ASSERTED = ("act_situation", "act_be", "act_yours", "act_state")
"""Acts that assert something, which the calls of a route may know otherwise."""

_CLAIMED_HERE = ("act_situation", "act_do", "act_quote", "act_be", "act_yours")
_PLACED = (*_CLAIMED_HERE, "asked")
_CLAIMS = (
    *_CLAIMED_HERE,
    "act_raise",
    "act_label",
    "act_mention",
    "act_lack_of",
    "act_say_that",
    "act_state",
    "act_have",
    "act_topic",
)


def is_placed(act: Act) -> bool:
    """Whether the act makes sense only on the calls that its rule is about."""
    return act.kind in _PLACED or act.kind.startswith("limit_")


def is_claim(act: Act) -> bool:
    """Whether the caller claims a case by the act, of which one call has one."""
    return act.kind in _CLAIMS or act.kind.startswith("limit_")


def agree(acts: Collection[Act]) -> bool:
    """Whether one caller can do all of these: at most one case is claimed."""
    return sum(map(is_claim, acts)) <= 1
