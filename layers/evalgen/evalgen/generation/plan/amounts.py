"""Amounts as documents write them, and others near them: wrong ones, and those on either side of a limit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from evalgen.generation.read.documents import Limit
from evalgen.generation.read.documents.rules import Rules

SMALL = 12
"""Up to here the next whole number is another amount; above, one a fifth away is."""

_AMOUNT = re.compile(r"^(?P<before>[$€£]?\s?)(?P<number>\d[\d.,]*\d|\d|[^\W\d_]+)(?P<after>(?:\s?\D*)?)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value that is one whole number with its unit; `size` is comparable where `unit` is the same."""

    size: int
    unit: str
    before: str
    after: str
    in_words: bool

    def of(self, size: int, numbers: Mapping[str, int]) -> str:
        """Another number written as this one is; empty where there is no word for it."""
        if not self.in_words:
            return f"{self.before}{size}{self.after}"
        word = next((word for word, number in numbers.items() if number == size), "")
        return f"{self.before}{word}{self.after}" if word else ""


def amount_of(value: str, rules: Rules) -> Amount | None:
    """None where the value is not one whole number with a unit behind it or a sign in front."""
    match = _AMOUNT.match(value.strip())
    if not match:
        return None
    number = match["number"]
    whole = number.removesuffix(rules.data["cents"])
    plain = re.sub(r"[.,](?=\d{3}\b)", "", whole)
    size = rules.amount_of(plain)
    if size is None or re.search(r"\d[.,]\d", plain):
        return None
    unit = f"{match['before']}{match['after']}".strip().lower().removesuffix("s")
    return Amount(size, unit, match["before"], match["after"], not whole[0].isdigit())


def difference(less: str, more: str, rules: Rules) -> str:
    """By how much an amount is more than one in the same unit; empty where it is not, or by one only."""
    one, other = amount_of(less, rules), amount_of(more, rules)
    if not one or not other or one.unit != other.unit or other.size - one.size < 2:
        return ""
    return other.of(other.size - one.size, rules.numbers)


def wrong(value: str, taken: Collection[int], rules: Rules, said: str = "") -> str:
    """A value like it that no document has, nor what is `said` in small letters; empty: none is near."""
    amount = amount_of(value, rules)
    if amount is None or amount.size < 2:
        return ""
    for size in _near(amount.size):
        if (
            size > 1
            and size != amount.size
            and size not in taken
            and (text := amount.of(size, rules.numbers))
            and text.casefold() not in said
        ):
            return text
    return ""


def sides(limit: Limit, rules: Rules) -> tuple[str, str] | None:
    """What is within the limit, and what is not; None where one of them is a single thing."""
    amount = amount_of(limit.bound, rules)
    if amount is None:
        return None
    size = amount.size
    below, above = (size - 1, size + 1) if size <= 2 * SMALL else _around(size)
    match limit.kind:
        case "most":
            within, beyond = (below if size > 2 else size), above
        case "least":
            within, beyond = above, below
        case "time":
            within, beyond = size + max(1, size // 2), size // 2
    if min(within, beyond) < 2:
        return None
    texts = amount.of(within, rules.numbers), amount.of(beyond, rules.numbers)
    return texts if all(texts) else None


def _near(size: int) -> list[int]:
    if size <= SMALL:
        return [size + 1, size - 1, size + 2, size + 3]
    below, above = _around(size)
    step = _step(size)
    return [below, above, below - step, above + step, above + 2 * step]


def _around(size: int) -> tuple[int, int]:
    """A fifth less and a fifth more, as round as the number is."""
    step = _step(size)
    distance = max(step, round(size / 5 / step) * step)
    return size - distance, size + distance


def _step(size: int) -> int:
    return next(step for step in (100, 50, 10, 5, 1) if size % step == 0 and size > step)
