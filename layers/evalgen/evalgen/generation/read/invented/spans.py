"""Spans of days for which openings are looked up: callers name one day."""

from __future__ import annotations

from typing import Any

from evalgen.generation.languages import in_every
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.tools import ToolModel


def of_one_day(given: dict[str, Any], tool: ToolModel, links: Links) -> dict[str, Any]:
    """An input of a look-up of openings whose span is the first of its days alone; any other as it is."""
    if tool.role != "read" or links.head_of(tool).isdisjoint(in_every("invented_things", "availability")):
        return given
    days = [m for m in map(Meaning, given) if m.moment == "date" and not m.fact]
    first = next((given[m.key] for m in days if not m.is_later), None)
    last = [m.key for m in days if m.is_later and not m.is_return] if first is not None else []
    return given | dict.fromkeys(last, first)
