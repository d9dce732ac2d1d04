"""Kinds of calls that a sentence names (`Emergencies: no heat, …`); the next one says what is done then."""

from __future__ import annotations

from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.conditions import Conditions
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading
from evalgen.generation.read.statement import Condition

HANGING = "what is done stands in the next sentence"


class Kinds:
    """Reads them in one prompt's words."""

    def __init__(self, language: Language, conditions: Conditions, clauses: Clauses) -> None:
        self._language, self._conditions, self._clauses = language, conditions, clauses

    def read(self, place: Place) -> Reading | None:
        """A case whose duties are still to come; nothing where one of the kinds cannot be said."""
        if rest := self._language.part("rest_of_calls").match(place.text):
            return Reading("case", HANGING, Condition(rest["rest"], "other"))
        match = self._language.part("kinds_of_calls").match(place.text)
        if not match:
            return None
        kinds = self._language.part("kinds_split").split(match["kinds"].strip(" ."))
        moves = [self.move(kind) for kind in kinds]
        if not all(moves) or any(self._clauses.begins(kind) for kind in kinds):
            return None
        condition = Condition(match["label"], "caller", moves[0], others=tuple(moves[1:]))
        return Reading("case", HANGING, condition, opens=True)

    def move(self, kind: str) -> str:
        """What a caller does in that situation; empty where it cannot be said."""
        frames = self._language.frames("conditions", "kind")
        frame = next((f for f in frames if f.pattern.match(kind)), None)
        own = self._conditions.own(frame, kind[:1].lower() + kind[1:]) if frame else ""
        return frame.gives.replace("{x}", own) if frame and own else ""
