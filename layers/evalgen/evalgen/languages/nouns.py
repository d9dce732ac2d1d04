"""How a noun stands in a sentence: with an article, in the singular, as a quantity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalgen.languages.rules import compiled, rules_of


class Nouns:
    """The `[nouns]` of a language; `one`, `the` and `your` put what belongs there before a noun."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.one = rules_of(table["one"]).first
        self.the = rules_of(table["the"]).first
        self.your = rules_of(table["your"]).first
        self.singular = rules_of(table["singular"]).first
        self.joint: str = table["joint"]
        self._quantity = rules_of(table["quantity"]).first
        self._plural = compiled(table["plural"])

    def is_plural(self, noun: str) -> bool:
        return self._plural.search(noun) is not None

    def quantity(self, noun: str) -> str:
        """`guests` as `number of guests`; a singular as it is."""
        return self._quantity(noun) if self.is_plural(noun) else noun
