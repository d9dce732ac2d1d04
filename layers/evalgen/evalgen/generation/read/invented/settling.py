"""What parts of a thing follow from the others: its weekday from its day, nothing ahead of what has come."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import kind_of, plain


def settle(made: dict[str, Any], language: str) -> None:
    """Nothing is expected of what has come: that field is empty. Weekdays are those of the day."""
    table, weekdays = load(language, "invented_things"), load(language, "invented")["weekdays"]
    over = any(isinstance(v, str) and re.search(table["nothing_ahead"], plain(v)) for v in made.values())
    days = [v for k, v in made.items() if kind_of(k, v) == "date" and not Meaning(k).fact]
    for key in [k for k in made if len(days) == 1 and k in table["weekday_keys"]]:
        made[key] = weekdays[date.fromisoformat(days[0]).weekday()].title()
    for key in [k for k in made if over and set(Meaning(k).words) & set(table["ahead"])]:
        made[key] = None if Meaning(key).moment else made[key]
