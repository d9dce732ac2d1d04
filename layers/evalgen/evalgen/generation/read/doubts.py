"""Whether a sentence leaves it open when what stands behind it in its item holds."""

from __future__ import annotations

from evalgen.generation.read.behind import is_of_a_tool
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading


class Doubts:
    """Looks at the sentences of one prompt that say nothing of what is done, or nothing certain."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def narrows(self, place: Place, rule: str, reading: Reading) -> bool:
        """Whether it may be the case in which the sentences behind it hold.

        What is forbidden or ordered at all times is none, certain or not, and no more is a fact about each
        of what the agent makes (`A reservation is held for a week.`).
        """
        if reading.kind not in ("unread", "fact") or self.stands(place.text):
            return False
        if rule == "order":
            return self._language.part("holds_a_condition").search(place.text) is not None
        return not self._is_plain(place)

    def stands(self, text: str) -> bool:
        """Whether a sentence forbids something at all times, so that it narrows nothing behind it."""
        return self._language.part("may_follow").match(text) is not None

    def _is_plain(self, place: Place) -> bool:
        """Whether a fact is one of everything that it is about, and that is what the item is about too."""
        match = self._language.part("plain_fact").match(place.text)
        if not match or self._language.part("holds_a_condition").search(place.text):
            return False
        return match["one"] is None or any(is_of_a_tool(match["one"], tool) for tool in place.tools)
