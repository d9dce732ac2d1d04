"""States of a record that prompts say in words of their own: something is owed, something is held already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evalgen.generation.values import Path, key_words

Held = tuple[Path, tuple[str, ...], Any]
"""A value of a record with its path and the words of its key."""


def owes(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`there is an unpaid balance`: whether the one sum that the record has open is more than nothing; None
    where the text says nothing of that, compares it or speaks of saying it, or the record has no such sum or
    several that differ.
    """
    if not re.search(rules["owes"], text) or re.search(rules["other_than_owing"], text):
        return None
    sums = {value > 0 for value in _sums(fields, rules)}
    return sums.pop() if len(sums) == 1 else None


def sum_owed(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> float | None:
    """`owes more than $15`: the one sum that the record has open, where the text compares it."""
    sums = set(_sums(fields, rules)) if re.search(rules["owes"], text) else set()
    return sums.pop() if len(sums) == 1 else None


def was_done(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`loans can be renewed twice`: whether the one count of that in the record has come so far."""
    match = re.search(rules["times"], text)
    if not match:
        return None
    stem, most = match["done"].removesuffix("ed").removesuffix("e"), rules["how_often"][match["n"]]
    counts = {
        value >= most
        for _, words, value in fields
        if isinstance(value, int) and _is_number(value) and any(word.startswith(stem) for word in words)
    }
    return counts.pop() if len(counts) == 1 else None


def is_so(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`a loan that somebody else has reserved`, with `reserved_by_other`, or `an account that is unmetered`,
    with `metered`: the one flag that is told.
    """
    match = next((found for one in rules["told_of"] if (found := re.search(one, text))), None)
    if not match:
        return None
    said = match["x"]
    for pattern, gives in rules["told_as"]:
        said = re.sub(pattern, gives, said)
    words = set(re.findall(r"\w+", said))
    denied = {word.removeprefix(rules["un"]) for word in words if word.startswith(rules["un"])}
    flags = {
        (name, value is not (own <= denied))
        for _, name, value in fields
        if isinstance(value, bool) and (own := set(name) - set(rules["small"])) and own <= words | denied
    }
    if len(flags) != 1:
        return None
    denied_of_all = re.search(rules["told_of_none"], text) is not None
    return flags.pop()[1] is ((re.search(rules["told_not"], match["x"]) is None) is not denied_of_all)


def holds_one(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`the resident already holds a plot`: True where a field is called so and says which."""
    match = re.search(rules["holds"], text)
    thing = match["x"].split()[-1] if match else ""
    held = [value for _, words, value in fields if words[-1:] == (thing,) and set(words) & set(rules["held"])]
    if len(held) != 1 or isinstance(held[0], float):
        return None
    return bool(held[0])


def lacks_one(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`an order without a delivery booking`: False where the record has something below `delivery`."""
    match = re.search(rules["without_one"], text)
    said = set(match["x"].split()) if match else set()
    below = (set(key_words(part)) for path, _, _ in fields for part in path[:-1] if isinstance(part, str))
    return False if any(words and words <= said for words in below) else None


def is_marked(fields: Sequence[Held], text: str, rules: dict[str, Any]) -> bool | None:
    """`a hire marked as booked out to the next customer`: the one flag all of whose words stand there."""
    match = re.search(rules["marked"], text)
    said = set(re.findall(r"\w+", match["x"])) if match else set()
    flags = [value for _, words, value in fields if isinstance(value, bool) and words and set(words) <= said]
    return flags[0] if len(flags) == 1 else None


def _sums(fields: Sequence[Held], rules: dict[str, Any]) -> list[float]:
    return [value for _, words, value in fields if _is_number(value) and set(words) & set(rules["owed"])]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
