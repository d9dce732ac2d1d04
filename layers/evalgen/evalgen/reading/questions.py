"""How a caller asks for what a sentence or a table cell says, without giving the answer away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

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
    all: str
    yes_no: tuple[str, ...]
    cell: str
    cell_yes_no: str
    cell_number: str
    cell_limit: str
    cell_amount: str
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
        said = self.negation.sub("", match["rest"])
        rest = self.cut.split(said, maxsplit=1)[0].strip(" ,")
        if verb in self.open and (not rest or verb not in self.polar):
            return _said(self.open[verb].format(s=subject))
        if not rest:
            return ""
        question = self.whether.format(s=subject, v=self.polar[verb], rest=rest)
        cut = len(rest) < len(said.strip(" ,"))
        return _said(self.terms.format(question=question) if cut else question)

    def of_cell(self, row: str, column: str, value: str) -> str:
        """The question for one cell of a table."""
        form = self.cell
        if value.casefold() in self.yes_no:
            form = self.cell_yes_no
        elif value.replace(",", "").replace(".", "").isdigit():
            form = self.cell_number
        elif self.at_most.match(value):
            form = self.cell_limit
        elif self.amount.search(value):
            form = self.cell_amount
        return form.format(row=lowered(row), column=column)


def _said(question: str) -> str:
    return question if len(question.split()) <= LONGEST else ""


@cache
def questions_of(language: str) -> Questions:
    """The questions of a language code, or the English ones where there are none."""
    table = load(known(language, "knowledge"), "knowledge")["questions"]
    patterns = ("no_subject", "negated", "negation", "cut", "at_most", "amount")
    lists = ("relative", "yes_no", "absent_columns", "ask", "answer")
    converted = {
        **{name: compiled(table[name]) for name in patterns},
        **{name: tuple(table[name]) for name in lists},
        "whole": rules_of(table["whole"]),
    }
    return filled(Questions, table | converted)
