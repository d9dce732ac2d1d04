"""How a caller asks for what a sentence or a table cell says, without giving the answer away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from evalgen.languages.nouns import Nouns
from evalgen.languages.rules import Rules, any_of, compiled, rules_of
from evalgen.languages.tables import filled, known, load
from evalgen.reading.acts import lowered

LONGEST = 18
"""Words of a question that can still be said in one breath."""


@dataclass(frozen=True)
class Questions:
    """The `[questions]` of a language; all of them complete «ask …».

    `open` has questions by verb, `{s}` being what stands before it; a verb of `polar` is asked for as it
    says, up to what `cut` finds, and `terms` asks for the rest; `negated` (before the verb) and `negation`
    (behind it) are left out. No verb counts that follows one of `relative`. `whole` rewrites other sentences.
    """

    no_subject: re.Pattern[str]
    relative: tuple[str, ...]
    cut: re.Pattern[str]
    negated: re.Pattern[str]
    negation: re.Pattern[str]
    whole: Rules
    open: Mapping[str, str]
    polar: Mapping[str, str]
    whether: str
    terms: str
    terms_in_time: str
    in_time: re.Pattern[str]
    closing: re.Pattern[str]
    all: str
    yes_no: tuple[str, ...]
    row: Rules
    label: re.Pattern[str]
    attribute: re.Pattern[str]
    priced: re.Pattern[str]
    cell: str
    cell_yes_no: str
    cell_number: str
    cell_counted: str
    cell_single: str
    cell_limit: str
    cell_price: str
    cell_amount: str
    cell_attribute: str
    at_most: re.Pattern[str]
    amount: re.Pattern[str]
    compare: str
    absent_cell: str
    absent_columns: tuple[str, ...]
    ask: tuple[str, ...]
    answer: tuple[str, ...]

    @cached_property
    def clause(self) -> re.Pattern[str]:
        """A subject, the first verb that is not a relative clause's, and the rest."""
        verbs = any_of([*self.open, *self.polar])
        free = "".join(rf"(?<!\b{word} )" for word in self.relative)
        return compiled(rf"^(?P<s>[^;:]{{3,90}}?) {free}(?P<v>{verbs})\b(?P<rest>.*)$")

    def of_sentence(self, text: str) -> str:
        """The question for a sentence, or nothing where none can be made."""
        sentence = lowered(" ".join(text.split()).rstrip("."))
        for question in self.whole.each(sentence):
            return _said(question)
        match = self.clause.match(sentence)
        if not match or self.no_subject.match(match["s"]):
            return ""
        verb, subject = match["v"].lower(), self.negated.sub("", match["s"])
        said = self.closing.sub("", self.negation.sub("", match["rest"]))
        rest = self.cut.split(said, maxsplit=1)[0].strip(" ,")
        if verb in self.open and (not rest or verb not in self.polar):
            return _said(self.open[verb].format(s=subject))
        if not rest:
            return ""
        question = self.whether.format(s=subject, v=self.polar[verb], rest=rest)
        if len(rest) == len(said.strip(" ,")):
            return _said(question)
        behind = said[said.index(rest) + len(rest) :]
        return _said(
            (self.terms_in_time if self.in_time.match(behind) else self.terms).format(question=question)
        )

    def of_cell(self, row: str, column: str, value: str, nouns: Nouns) -> str:
        """The question for one cell of a table, by the kind of its column and of its value."""
        named = self.label.match(row) is not None
        said = row if named else self.row.first(lowered(row))
        form = self._form(said, column, value, nouns)
        if form in (self.cell_attribute, self.cell_counted):
            column = lowered(column)
        the_row = said if named else nouns.the(said)
        return form.format(row=said, column=column, the_row=the_row, the_column=nouns.the(column))

    def _form(self, row: str, column: str, value: str, nouns: Nouns) -> str:
        """The form of the question for a cell."""
        plural = nouns.is_plural(row) or nouns.is_plural(row.split(" ", 1)[0])
        if value.casefold() in self.yes_no:
            return self.cell_yes_no
        if self.attribute.match(column):
            return self.cell_attribute
        if value.replace(",", "").replace(".", "").isdigit():
            if plural:
                return self.cell_number
            return self.cell_counted if nouns.is_plural(column) else self.cell_single
        if self.at_most.match(value):
            return self.cell_limit
        if self.amount.search(value) and not plural:
            return self.cell_price if self.priced.search(row) else self.cell_amount
        return self.cell


def _said(question: str) -> str:
    return question if len(question.split()) <= LONGEST else ""


@cache
def questions_of(language: str) -> Questions:
    """The questions of a language code, or the English ones where there are none."""
    table = load(known(language, "knowledge"), "knowledge")["questions"]
    patterns = (
        *("no_subject", "negated", "negation", "cut", "in_time", "closing"),
        *("label", "attribute", "priced", "at_most", "amount"),
    )
    lists = ("relative", "yes_no", "absent_columns", "ask", "answer")
    converted = {
        **{name: compiled(table[name]) for name in patterns},
        **{name: tuple(table[name]) for name in lists},
        **{name: rules_of(table[name]) for name in ("whole", "row")},
    }
    return filled(Questions, table | converted)
