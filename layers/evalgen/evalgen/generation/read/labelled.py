"""Facts that have a label (`Dogs: welcome outside`), and what a house does not allow (`No fireworks`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading
from evalgen.generation.read.wording import unquoted

_SAID = re.compile(r"[^\W_]")
"""Something outside of quotations."""


class Labelled:
    """Reads them in one prompt's words, under headings of facts alone.

    `holds_order` is of whole sentences; `is_of_callers` says that a label is what people call about.
    """

    def __init__(
        self,
        language: Language,
        clauses: Clauses,
        holds_order: Callable[[str], bool],
        is_of_callers: Callable[[str], bool],
    ) -> None:
        self._language, self._clauses = language, clauses
        self._holds_order, self._is_of_callers = holds_order, is_of_callers

    def read(self, place: Place) -> Reading | None:
        """A fact; nothing where the agent is told to do something."""
        heading = place.item.section[-1] if place.item.section else ""
        if place.forbidden or place.tools or not place.item.marked:
            return None
        if self._is_above(heading, "house") and self._language.part("no_thing").match(place.text.strip()):
            return Reading("fact", "what is not allowed")
        match = self._language.part("fact_label").match(place.text)
        if not match or not self._is_above(heading, "facts") or not _SAID.search(unquoted(match["value"])):
            return None
        return None if self._orders(match["label"], match["value"]) else Reading("fact", "with its label")

    def _is_above(self, heading: str, sort: str) -> bool:
        sections = self._language.table("prompt")["sections"]
        return self._language.pattern(sections[sort]).search(heading) is not None

    def _orders(self, label: str, value: str) -> bool:
        part = self._language.part
        opens = part("starts_condition").match(label) and not part("aim_label").match(label)
        begins = self._clauses.begins(value) and not part("states_first").match(value)
        return bool(
            opens
            or begins
            or self._is_of_callers(label)
            or self._clauses.begins(f"{label} x")
            or self._clauses.banned(value)
            or self._holds_order(value)
            or part("to_the_agent").search(unquoted(value))
        )
