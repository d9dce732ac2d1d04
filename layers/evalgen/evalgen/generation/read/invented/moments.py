"""Days and times in the form that a parameter wants them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.meaning import Meaning

NIGHTS = 2


@dataclass(frozen=True)
class Moments:
    """Those of the open day number `number`; the time of day goes with it."""

    calendar: Calendar
    number: int

    @property
    def moment(self) -> datetime:
        return self.calendar.moment(self.calendar.day(self.number), self.number)

    def texts(self, meaning: Meaning, shape: dict[str, Any]) -> Iterator[str]:
        """In the order in which the parameter's own description and custom want them."""
        moment = self.moment
        if meaning.is_later:
            long = meaning.moment == "date" or (meaning.moment == "datetime" and meaning.is_return)
            moment += timedelta(days=NIGHTS) if long else timedelta(hours=1)
        yield from texts_of(moment, meaning, shape)


def texts_of(moment: datetime, meaning: Meaning, shape: dict[str, Any]) -> Iterator[str]:
    """As a parameter of that meaning takes it; with an offset first where the schema says `date-time`."""
    kind, said = meaning.moment, str(shape.get("description", "")).lower()
    if kind == "datetime":
        if shape.get("format") == "date-time":
            yield moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        minutes = re.search(r"hh:mm(?!:ss)", said)
        if minutes:
            yield moment.strftime("%Y-%m-%dT%H:%M")
        yield moment.strftime("%Y-%m-%dT%H:%M:%S")
        yield moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        yield moment.strftime("%Y-%m-%dT%H:%M")
        yield moment.strftime("%Y-%m-%d %H:%M")
    elif kind == "date":
        for code in written("invented"):
            if load(code, "invented")["month_first"] in said:
                yield moment.strftime("%m/%d/%Y")
            if load(code, "invented")["day_first"] in said:
                yield moment.strftime("%d/%m/%Y")
        yield moment.strftime("%Y-%m-%d")
        yield moment.strftime("%m/%d/%Y")
        yield moment.strftime("%d/%m/%Y")
    elif kind == "time":
        yield moment.strftime("%H:%M")
        yield moment.strftime("%H:%M:%S")
        yield moment.strftime("%H:%M:%SZ")
