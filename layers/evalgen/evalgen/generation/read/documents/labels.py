"""Facts of labelled values, and sentences that go on about what a label names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Labelled, Part, Sentence
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import thing
from evalgen.generation.read.documents.rules import Rules, filled
from evalgen.generation.read.grammar import grammar_of

FEWEST_PRICES = 2
"""So many things with a price alone make a price list of their section."""


class Labels:
    """Reads the labels of one document, of which `parts` are all."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str], parts: Iterable[Part]) -> None:
        self._rules, self._maker, self._names = rules, maker, names
        self._priced = Counter(
            part.section for part in parts if isinstance(part, Labelled) and self._is_sold(part)
        )

    def facts(self, part: Labelled) -> tuple[Fact, ...]:
        """`Phone: …`, and the price of a thing, with its time behind it; unread where it is neither."""
        for rule in self._rules.labels:
            match = rule.pattern.match(part.label)
            if match and rule.value.match(part.value):
                return (self._maker.label_fact(rule, match, part.value, part.text, part.line, part.section),)
        phrase = thing(part.label, self._rules, self._names)
        if phrase and re.match(self._rules.data["behind_label"]["hours"], part.value, re.IGNORECASE):
            label = self._rules.lowered(part.label, self._names)
            counted = label.split()[0] in self._rules.data["quantifiers"]
            named = label if counted else grammar_of(self._rules.language).the(label)
            return (self._row(part, "hours", named, phrase.plural, part.value),)
        listed = re.search(self._rules.data["price_sections"], part.section, re.IGNORECASE) or (
            self._is_sold(part) and self._priced[part.section] >= FEWEST_PRICES
        )
        values = part.value.split(", ")
        names = ("price", "duration")[: len(values)]
        rules = [self._rules.column(name) for name in names]
        if (
            not phrase
            or not listed
            or not self._is_price(values[0])
            or len(rules) < len(values)
            or not all(rule.value.match(value) for rule, value in zip(rules[1:], values[1:], strict=True))
        ):
            return (self._maker.unread(part.text, part.line, "label", part.section),)
        return tuple(
            self._row(part, name, phrase.text, phrase.plural, value)
            for name, value in zip(names, values, strict=True)
        )

    def _is_price(self, value: str) -> bool:
        """An amount of money, with its time behind it or none: `22 pounds a day`."""
        priced = self._rules.column("price").value.match(value)
        return self._rules.begins_with_money(value) and priced is not None

    def _is_sold(self, part: Labelled) -> bool:
        """Whether the label is a thing at that price, and no sum of another kind: `Minimum order: $20`."""
        unsold = re.search(self._rules.data["unsold"], part.label, re.IGNORECASE)
        return self._is_price(part.value) and not unsold

    def _row(self, part: Labelled, column: str, said: str, plural: bool, value: str) -> Fact:
        """A labelled value as a cell in the column of a table."""
        return self._maker.fact(
            self._rules.column(column),
            kind="label",
            text=part.text,
            line=part.line,
            plural=plural,
            values={"row": said, "tail": ""},
            value=value,
            said=said,
            section=part.section,
            table=f"list:{part.section}",
            row=part.label,
        )

    def behind(self, label: str, sentence: Sentence) -> Sentence:
        """A sentence behind a label that has no subject of its own, with what the label names for one."""
        table, phrase = self._rules.data["behind_label"], thing(label, self._rules, self._names)
        if phrase is None:
            return sentence
        goes_on = re.match(table["goes_on"], sentence.text, re.IGNORECASE)
        if not goes_on and not re.match(table["bare"], sentence.text, re.IGNORECASE):
            return sentence
        rest = sentence.text[goes_on.end() if goes_on else 0 :]
        verb = "" if goes_on else table["is"]
        text = filled(f"{phrase.text} {verb} {rest[:1].lower()}{rest[1:]}", phrase.plural, {})
        return replace(sentence, text=text[:1].upper() + text[1:])

    def has_subject(self, text: str) -> bool:
        """Whether a sentence says itself what it is about."""
        table = self._rules.data["behind_label"]
        return self._rules.has_verb(text) and not re.match(table["goes_on"], text, re.IGNORECASE)
