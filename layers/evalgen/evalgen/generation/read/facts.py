"""Facts: what is so. What a sentence orders, forbids or has said word for word is none."""

from __future__ import annotations

import re

from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Place, Reading
from evalgen.generation.read.wording import unquoted

_ASIDE = re.compile(r"\s*\([^()]*\)")

_OPEN = re.compile(r"\W*[\"“«][^\"”»]*$")
"""Words to say whose quotation goes on in the next paragraph."""


class Facts:
    """Reads them in one prompt's words."""

    def __init__(self, language: Language, clauses: Clauses) -> None:
        self._language, self._clauses = language, clauses

    def read(self, place: Place) -> Reading | None:
        """A sentence with a verb of facts outside of quotations and asides."""
        if place.item.kind == "condition" or self._language.part("starts_condition").match(place.text):
            return None
        if place.text.endswith("?") or self._language.part("no_fact").search(place.text):
            return None
        if self._is_order(place.text) or self.hold_order(place.text) or _OPEN.match(place.text):
            return None
        said = _ASIDE.sub("", unquoted(place.text))
        return Reading("fact", "") if self._language.part("declares").search(said) else None

    def _is_order(self, text: str) -> bool:
        """`Calmly explain …`, `Only give …`, `Check the day before …`: an imperative that no rule reads."""
        behind = self._language.part("before_a_verb").sub("", text, count=1)
        if behind != text and self._clauses.may_begin(behind):
            return True
        begins = self._clauses.may_begin(text)
        return begins and (text[:1].islower() or self._language.part("order_goes_on").match(text) is not None)

    def hold_order(self, text: str) -> bool:
        """Whether an order or a ban stands inside of what would be a fact: it is no half of one."""
        bare = unquoted(text)
        joints = list(self._language.part("order_inside").finditer(bare))
        bans, plain = self._language.part("ban_inside"), self._language.part("states_first")
        set_off = self._language.part("listed_order" if self._clauses.may_begin(text) else "sets_off")
        return any(
            bans.match(bare, joint.end())
            or self._clauses.begins_own(rest)
            or (set_off.match(bare, joint.start()) and self._clauses.begins(rest) and not plain.match(rest))
            for joint in joints
            if (rest := bare[joint.end() :])
        )
