"""Lists of the calls that a desk takes (`billing: disputed charges`), where calls are passed on."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.read.cases import Cases
from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading
from evalgen.generation.read.situations import Situations


class Desks:
    """Reads them in one prompt's words."""

    def __init__(self, language: Language, clauses: Clauses, situations: Situations, cases: Cases) -> None:
        self._language, self._clauses = language, clauses
        self._situations, self._cases = situations, cases

    def read(self, place: Place) -> Reading | None:
        """The first of a list that a caller can say, and the others as a list of its own; nothing outside of
        where calls are passed on, nor where the item says when the desk takes them.
        """
        if not self._is_of_desks(place) or self._language.part("desk_doubt").search(place.item.text):
            return None
        match = self._language.part("desk").match(self._list_of(place))
        if not match:
            return None
        if self._clauses.begins(f"{match['desk']} x") or self._cases.is_of_callers(match["desk"]):
            return None
        calls = [call for call in self._language.part("desk_split").split(match["calls"].strip(" .")) if call]
        parts = self._language.table("prompt")["parts"]
        order = str(parts["desk_order"]).replace("{x}", self._named(match["desk"]))
        told = self._language.part("desk_narrows")
        for at, call in enumerate(calls):
            found = None if told.search(call) else self._situations.read(call)
            reading = self._cases.case(found, order) if found else None
            if reading:
                more = calls[at + 1 :] if not place.item.cells else ()
                rest = (f"{match['desk']}: {', '.join(more)}.",) if more else ()
                return replace(reading, rest=rest, opens=False)
        return None

    def _list_of(self, place: Place) -> str:
        cells = place.item.cells
        return f"{cells[0]}: {cells[1]}" if len(cells) == 2 else place.text

    def _is_of_desks(self, place: Place) -> bool:
        """Whether the heading above says that calls are passed on."""
        passes = self._language.pattern(self._language.table("prompt")["sections"]["desks"])
        above = place.item.section[-1] if place.item.section else ""
        return not place.outer and passes.search(above) is not None

    def _named(self, desk: str) -> str:
        named = desk.replace("_", " ")
        takes_article = self._language.part("desk_the").search(named) is not None
        return f"the {named[:1].lower()}{named[1:]}" if takes_article else named
