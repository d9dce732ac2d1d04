"""Whether a condition of the prompt holds for a record: `account_status` is `on_hold`, more than 70 pounds.

Answers True or False only where one field of the record is meant and its comparison is understood; else None.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.patterns import search
from evalgen.generation.read.ages import is_of_age, years
from evalgen.generation.read.how_long import is_so_long_ago, says_how_long
from evalgen.generation.read.record_fields import Field, plain_text
from evalgen.generation.read.record_states import (
    holds_one,
    is_marked,
    is_so,
    lacks_one,
    owes,
    sum_owed,
    was_done,
)
from evalgen.generation.values import key_of

MOST_STATES, SHORTEST_STATE = 6, 4


@dataclass(frozen=True)
class RecordRules:
    """The comparisons of one language, the values that fields are known to have, and today."""

    language: str
    values: dict[tuple[str, ...], frozenset[str]]
    today: date | None
    _decided: dict[Hashable, bool | None] = field(init=False, default_factory=dict, repr=False, compare=False)
    """Every deed of every caller asks for the same conditions again."""

    def holds(self, condition: str, record: Iterable[Field], *, by_states: bool = False) -> bool | None:
        """Whether a condition is true of a record; `by_states`: also where it names a value of a field that
        is not called a state, which a long sentence may do by the way.
        """
        fields = list(record)
        # With the types: True and 1 are equal, and are not the same in a record.
        key = (condition, by_states, *((f.path, f.words, f.value, type(f.value)) for f in fields))
        if key not in self._decided:
            self._decided[key] = self._decide(condition, fields, by_states)
        return self._decided[key]

    def may_hold(self, condition: str, record: Iterable[Field]) -> bool:
        """Whether a condition is true of a record, or would be for another date: `expired longer ago`."""
        fields, text = list(record), plain_text(condition)
        known = self.holds(condition, fields)
        return known is True or (known is None and self._by_value(fields, text, by_states=False) is True)

    def _decide(self, condition: str, fields: list[Field], by_states: bool) -> bool | None:
        text = plain_text(condition)
        held = [one.held for one in fields]
        if (by_age := is_of_age(held, text, self._rules, self.today)) is not None:
            return by_age
        for state in (owes, holds_one, is_marked, is_so, was_done, lacks_one):
            known = state(held, text, self._rules)
            if known is not None:
                return known
        owed = sum_owed(held, text, self._rules)
        if owed is not None and (compared := self._against(owed, text)) is not None:
            return compared
        named = [(f, at) for f in fields if (at := self._named(f, text)) is not None]
        for compare in (self._compared, self._flagged, self._stated):
            answers = {a for f, at in named if (a := compare(f, text, at)) is not None}
            if len(answers) == 1:
                return answers.pop()
            if answers:
                return None
        if (stated := self._by_value(fields, text, by_states)) and says_how_long(text, self._rules):
            return is_so_long_ago(held, text, self._rules, self.today)
        return stated

    def _named(self, one: Field, text: str) -> int | None:
        """Where the words of a field's key stand in the text, all of them in order."""
        words = [w for w in one.words if w not in self._rules["fillers"]] or list(one.words)
        whole = plain_text(key_of(one.path))
        if whole not in text and not all(word in text for word in words):
            return None
        pattern = r"\W+(?:\w+\W+){0,2}?".join(re.escape(w) + r"\w{0,3}" for w in words)
        match = search(rf"(?<!\w)(?:{re.escape(whole)}|{pattern})(?!\w)", text)
        return match.end() if match else None

    def _compared(self, one: Field, text: str, at: int) -> bool | None:
        """`more than 70`, `2 or more`, `below ten`: a number against the field's."""
        if isinstance(one.value, bool) or not isinstance(one.value, int | float):
            return None
        if (aged := re.search(self._rules["aged"], text)) and aged[0].startswith(one.words[-1]):
            return None
        answer = self._against(one.value, text[max(0, at - 60) : at + 60])
        if answer is None and re.search(self._rules["exists"], text[:at]):
            return one.value > 0
        return answer

    def _against(self, value: float, text: str) -> bool | None:
        """A number against the first that the text compares with; None where it has none."""
        for kind, pattern in self._comparisons:
            if match := pattern.search(text):
                number = self.number(match["n"])
                if number is None:
                    return None
                return {
                    "more": value > number,
                    "least": value >= number,
                    "less": value < number,
                    "most": value <= number,
                    "equal": value == number,
                }[kind]
        return None

    def age_of(self, one: Field) -> int | None:
        """In whole years today."""
        return years(one.held, self._rules, self.today)

    def _flagged(self, one: Field, text: str, at: int) -> bool | None:
        """`intro_done is false`: a flag by its value, right behind its name."""
        if not isinstance(one.value, bool):
            return None
        for meant, words in ((True, self._rules["true"]), (False, self._rules["false"])):
            if re.match(rf"\W*(?:\w+\W+)?(?:{'|'.join(words)})(?!\w)", text[at : at + 25]):
                return one.value is meant
        return None

    def _stated(self, one: Field, text: str, at: int) -> bool | None:
        """`is on hold`: one of the values that this field is known to have."""
        if not isinstance(one.value, str):
            return None
        said = [v for v in self.values.get(one.words, ()) if _says(text[at : at + 60], v)]
        if len(said) == 1 and self._denied(text[at : at + 60], said[0]):
            return plain_text(one.value) != said[0]
        if not said or self._negated(text[at : at + 30]):
            return None
        return plain_text(one.value) in said

    def _by_value(self, fields: list[Field], text: str, by_states: bool) -> bool | None:
        """A status word that only one field can have, without the field's name: `already shipped`."""
        found: set[bool] = set()
        for one in fields:
            if not isinstance(one.value, str) or not self._is_state(one, by_states):
                continue
            known = self.values.get(one.words, frozenset()) - set(self._rules["small"])
            said = [v for v in known if _says(text, v) and not self._is_noun(text, v)]
            if len(said) == 1 and self._denied(text, said[0]):
                found.add(plain_text(one.value) != said[0])
            elif said and not self._negated(text) and self._are_listed(text, said):
                found.add(plain_text(one.value) in said)
        return found.pop() if len(found) == 1 else None

    def _are_listed(self, text: str, values: list[str]) -> bool:
        """`open or on hold`: whether several values stand side by side, and not each in a row of its own."""
        named = "|".join(re.escape(value) for value in sorted(sorted(values), key=len, reverse=True))
        side_by_side = (
            rf"(?:{named})(?:\W+(?:(?:{self._rules['between']}) )?(?:{named})){{{len(values) - 1}}}"
        )
        return re.search(rf"(?<!\w){side_by_side}(?!\w)", text) is not None

    def _denied(self, text: str, value: str) -> bool:
        """`is not active`: whether the text says that a field has another value."""
        return re.search(rf"\b(?:{self._rules['denies']})\W+{re.escape(value)}(?!\w)", text) is not None

    def _is_state(self, one: Field, by_states: bool) -> bool:
        """Whether a field is called a state, or has one of a few values none of which another field has."""
        own = self.values.get(one.words, frozenset())
        if (one.words or ("",))[-1] in self._rules["states"]:
            return True
        if not by_states:
            return False
        others = frozenset().union(*(v for words, v in self.values.items() if words != one.words))
        return 1 < len(own) <= MOST_STATES and all(len(v) >= SHORTEST_STATE for v in own) and not own & others

    def _is_noun(self, text: str, value: str) -> bool:
        """Whether a text has a value as the name of a thing, or as what is done to it: `the notice is older`
        is no stage `notice`, `cannot be canceled` none `canceled`.
        """
        (before, behind), named = self._rules["noun"], re.escape(value)
        said = rf"\b(?:(?:{before}) {named}(?= (?:{behind})\b)|{self._rules['be']} {named}\b)"
        return re.search(said, text) is not None

    def _negated(self, text: str) -> bool:
        return re.search(self._rules["negation"], text) is not None

    def number(self, text: str) -> float | None:
        words = self._rules["numbers"]
        if text in words:
            return float(words[text])
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return None

    @cached_property
    def _rules(self) -> dict[str, Any]:
        return load(self.language, "records")

    @property
    def _comparisons(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return comparisons(self.language)


@cache
def comparisons(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern whose group `n` is the number) for each way in which a language compares."""
    rules = load(language, "records")
    number = r"(?P<n>\d[\d,.]*|" + "|".join(rules["numbers"]) + r")(?!\w)"
    return tuple(
        (kind, re.compile(pattern.replace("NUMBER", number))) for kind, pattern in rules["comparisons"]
    )


def _says(text: str, value: str) -> bool:
    return value in text and search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


def today_in(prompt: str, language: str) -> date | None:
    """The date that the prompt says is today, where it is written out."""
    rules = load(language, "records")
    for pattern in rules["today"]:
        if match := re.search(pattern, prompt, re.IGNORECASE):
            months = [m.casefold() for m in rules["months"]]
            name = match["month"].casefold()
            month = int(name) if name.isdigit() else months.index(name) + 1 if name in months else 0
            if month:
                return date(int(match["year"]), month, int(match["day"]))
    return None
