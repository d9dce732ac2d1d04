"""What parts of a thing follow from the others: its weekday from its day, nothing ahead of what has come."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import kind_of, plain


def settle(made: dict[str, Any], language: str) -> None:
    """Nothing is expected of what has come, and what is under way is not over: such fields are empty.
    Weekdays are those of the only day.
    """
    table, weekdays = load(language, "invented_things"), load(language, "invented")["weekdays"]
    texts = [plain(value) for value in made.values() if isinstance(value, str)]
    for states, words in (("nothing_ahead", "ahead"), ("not_yet", "over")):
        told = any(re.search(table[states], text) for text in texts)
        for key in [k for k in made if told and set(Meaning(k).words) & set(table[words])]:
            made[key] = None if Meaning(key).moment else made[key]
    days = [v for k, v in made.items() if kind_of(k, v) == "date" and not Meaning(k).fact]
    for key in [k for k in made if len(days) == 1 and k in table["weekday_keys"]]:
        made[key] = weekdays[date.fromisoformat(days[0]).weekday()].title()
