"""How long ago something came to be so (`expired less than three months ago`), or how near it is (`less than
3 days away`), by the record and today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from evalgen.generation.read.record_states import Held
from evalgen.generation.values import key_of, kind_of

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def says_how_long(text: str, rules: dict[str, Any]) -> bool:
    return re.search(rules["how_long"], text) is not None


def is_so_long_ago(
    fields: Iterable[Held], text: str, rules: dict[str, Any], today: date | None
) -> bool | None:
    """Whether the one day of the record that is past lies as far back as the text says; None where it says no
    figure (`longer ago`), or the record has no such day or several.
    """
    if today is None:
        return None
    past = {day for one in fields if (day := _day(one)) and day < today}
    if len(past) != 1:
        return None
    for kind, pattern in rules["how_long_ago"]:
        if match := re.search(pattern, text):
            said = match["n"]
            number = int(said) if said.isdigit() else {**rules["numbers"], **rules["how_long_one"]}.get(said)
            if number is None:
                return None
            bound = _before(today, number, rules["units"][match["unit"]])
            return past.pop() >= bound if kind == "within" else past.pop() < bound
    return None


def is_so_near(fields: Iterable[Held], text: str, rules: dict[str, Any], today: date | None) -> bool | None:
    """Whether the one day of the record that is to come is nearer than the text says; None where it says
    something else, or the record has no such day or several.
    """
    days = {day for one in fields if (day := _day(one)) and today and day >= today}
    match = next((m for pattern in rules["how_near"] if (m := re.search(pattern, text))), None)
    if today is None or len(days) != 1 or match is None:
        return None
    left, said = (days.pop() - today).days, match["n"]
    number = int(said) if said.isdigit() else rules["numbers"].get(said)
    if number is None:
        return None
    if match["unit"] in rules["near_units"]:
        return left < number * _DAYS[rules["near_units"][match["unit"]]]
    return False if left > number / 24 else None


def _day(one: Held) -> date | None:
    path, _, value = one
    if kind_of(key_of(path), value) not in ("date", "datetime"):
        return None
    return date.fromisoformat(str(value)[:10])


def _before(today: date, number: int, unit: str) -> date:
    if unit in _DAYS:
        return today - timedelta(days=number * _DAYS[unit])
    year, month = divmod(today.year * 12 + today.month - 1 - number * _MONTHS[unit], 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
