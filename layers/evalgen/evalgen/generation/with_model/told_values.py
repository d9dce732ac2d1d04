"""Numbers, codes and names in what a model says: each has to be known from somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from evalgen.generation.values import leaves
from evalgen.generation.write.placeholders import without_placeholders

FREE = frozenset({"0", "1", "2", "3"})
"""Numbers that count what is said, not what is so."""
MOST_COMPARED = 40
"""Numbers of answers, of which sums and differences are known, too."""
_TOKEN = re.compile(r"[\w][\w.:,/+-]*\w|\w")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|am|pm|h|hrs?|º|ª|er|e)$", re.IGNORECASE)


class Known:
    """All that a test may speak of: values of its calls and profile, and texts such as the prompt."""

    def __init__(self, values: Iterable[Any], texts: Iterable[str]) -> None:
        self._text = "\n".join(texts).casefold()
        self._numbers = set(FREE)
        amounts: list[float] = []
        for _, value in leaves(list(values)):
            text = str(value)
            self._text += "\n" + text.casefold()
            self._numbers.update(_of_moment(text))
            if isinstance(value, int | float) and not isinstance(value, bool):
                amounts.append(value)
        for match in _NUMBER.finditer(self._text):
            self._numbers.update(_forms(match[0]))
        for one, other in combinations(amounts[:MOST_COMPARED], 2):
            self._numbers.update(_forms(f"{abs(one - other):.10g}"), _forms(f"{one + other:.10g}"))

    def unknown_in(self, text: str) -> list[str]:
        """The numbers and codes that stand nowhere."""
        told = without_placeholders(text)
        return [token for match in _TOKEN.finditer(told) if not self._has(token := match[0])]

    def _has(self, token: str) -> bool:
        if not any(c.isdigit() for c in token):
            return True
        token = _ORDINAL.sub("", token)
        if _NUMBER.fullmatch(token):
            return bool(set(_forms(token)) & self._numbers)
        return token.casefold() in self._text


def _forms(number: str) -> Iterator[str]:
    """`1,200.50` is 1200.5; `9-1-1` is 911; `09:30` is 930."""
    yield re.sub(r"\D", "", number).lstrip("0") or "0"
    plain = re.sub(r",(?=\d{3}\b)", "", number)
    try:
        yield f"{float(plain.replace(',', '.')):.10g}"
    except ValueError:
        return


def _of_moment(text: str) -> Iterator[str]:
    """A day and an hour as people say them: of 14:05 also 2, 2:05 and 5."""
    for match in _MOMENT.finditer(text):
        try:
            at = datetime.fromisoformat(match[0])
        except ValueError:
            continue
        for number in (at.year, at.month, at.day):
            yield str(number)
        if len(match[0]) > 10:
            twelve = at.hour % 12 or 12
            yield from (str(at.hour), str(twelve), f"{at.hour}{at.minute:02}".lstrip("0") or "0")
            yield from (f"{twelve}{at.minute:02}", str(at.minute))
