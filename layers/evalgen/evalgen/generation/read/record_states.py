"""States of a record that prompts say in words of their own: something is owed, something is held already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evalgen.generation.values import Path

Held = tuple[Path, tuple[str, ...], Any]
"""A value of a record with its path and the words of its key."""


def owes(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`there is an unpaid balance`: whether the one sum that the record has open is more than nothing; None
    where the text says nothing of that, compares it or speaks of saying it, or the record has no such sum or
    several that differ.
    """
    if not re.search(rules["owes"], text) or re.search(rules["other_than_owing"], text):
        return None
    sums = {value > 0 for _, words, value in fields if _is_number(value) and set(words) & set(rules["owed"])}
    return sums.pop() if len(sums) == 1 else None


def holds_one(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`the resident already holds a plot`: True where a field is called so and says which."""
    match = re.search(rules["holds"], text)
    thing = match["x"].split()[-1] if match else ""
    held = [value for _, words, value in fields if words[-1:] == (thing,) and set(words) & set(rules["held"])]
    if len(held) != 1 or isinstance(held[0], float):
        return None
    return bool(held[0])


def is_marked(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`a hire marked as booked out to the next customer`: the one flag all of whose words stand there."""
    match = re.search(rules["marked"], text)
    said = set(re.findall(r"\w+", match["x"])) if match else set()
    flags = [value for _, words, value in fields if isinstance(value, bool) and words and set(words) <= said]
    return flags[0] if len(flags) == 1 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
