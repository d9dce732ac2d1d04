"""Ages that prompts compare: `under 18`, `a minor`, against an age or a date of birth of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from evalgen.generation.read.record_states import Held
from evalgen.generation.values import key_of, kind_of


def is_of_age(fields: Iterable[Held], text: str, rules: dict[str, Any], today: date | None) -> bool | None:
    """Whether the one age of the record is what the text says; None where either is missing."""
    ages = {age for one in fields if (age := years(one, rules, today)) is not None}
    if len(ages) != 1:
        return None
    age = ages.pop()
    for kind, pattern, bound in rules["ages"]:
        if match := re.search(pattern, text):
            limit = bound or int(match["n"])
            return age < limit if kind == "under" else age >= limit
    return None


def years(one: Held, rules: dict[str, Any], today: date | None) -> int | None:
    """An age, or how many whole years a date of birth is before today; None for other values."""
    path, words, value = one
    if words[-1:] == (rules["age"],) and isinstance(value, int):
        return value
    if today is None or kind_of(key_of(path), value) != "birth_date":
        return None
    try:
        born = date.fromisoformat(str(value))
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
