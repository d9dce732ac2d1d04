"""A scenario's name: at most 80 characters, and unlike those of the other slots of its job."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from evalgen.generation.plan.test import LONGEST_NAME

_NUMBERED = re.compile(r"^(?P<name>.*) \((?P<what>[^\W\d]+ )(?P<number>\d+)\)$")


def name_of(aim: str, taken: Collection[str]) -> str:
    """The aim, cut between words where it is too long, and numbered where it is among `taken` (casefolded):
    anew, or on from the number that it ends with, `(variation 1)`.
    """
    match = _NUMBERED.match(aim)
    name, what, first = (match["name"], match["what"], int(match["number"])) if match else (aim, "", 1)
    endings = (f" ({what}{number})" if what or number > 1 else "" for number in count(first))
    return next(said for end in endings if (said := _fitted(name, end)).casefold() not in taken)


def _fitted(text: str, ending: str) -> str:
    text = " ".join(text.split())
    room = LONGEST_NAME - len(ending)
    if len(text) <= room:
        return text + ending
    return text[: max(text.rfind(" ", 0, room), room // 2)].rstrip(" ,:;(") + "…" + ending
