"""Labels of what is so (`Already on a plan: …`, `Status "ended" → …`), with what is done where it is."""

from __future__ import annotations

from evalgen.generation.read.cases import Cases
from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.conditions import Conditions, Read
from evalgen.generation.read.kinds import HANGING
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading
from evalgen.generation.read.statement import Condition


class States:
    """Reads them in one prompt's words."""

    def __init__(self, language: Language, clauses: Clauses, conditions: Conditions, cases: Cases) -> None:
        self._language, self._clauses = language, clauses
        self._conditions, self._cases = conditions, cases

    def read(self, place: Place) -> Reading | None:
        """The case; nothing where a label is the name of a rule, or it is not certain what is done."""
        match = self._language.part("state_label").match(place.text)
        if not match or self._is_of_another_kind(match["label"]):
            return None
        found = Read(Condition(match["label"], "other"), "what is so")
        if self._clauses.begins(match["right"]):
            return self._cases.case(found, match["right"])
        head, _, behind = place.item.text.partition(place.text)
        goes_on = not head.strip() and self._clauses.begins(behind.strip(" ;"))
        return Reading("case", HANGING, found.condition, opens=True) if goes_on else None

    def _is_of_another_kind(self, label: str) -> bool:
        """Whether a label is an order, an answer of a tool or what people call about."""
        return bool(
            self._clauses.begins(f"{label} x")
            or self._conditions.of_answer(label)
            or self._cases.is_of_callers(label)
        )
