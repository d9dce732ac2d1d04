"""Sentences with one amount, of which a caller may have heard another: nobody has to ask in their words."""

from __future__ import annotations

import re
from collections.abc import Collection

from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Sentence
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.rules import Rule, Rules

FEWEST_WORDS, MOST_WORDS = 5, 22
MOST_OF_A_SUBJECT = 7
_DIGITS = r"\d[\d.,]*\d|\d"


class Claims:
    """Reads the sentences of one document that no rule asks for."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str]) -> None:
        self._rules, self._maker, self._names = rules, maker, names
        self._data = rules.data["claims"]
        numbers = "|".join(map(re.escape, rules.numbers))
        self._number = re.compile(rf"(?<![\w-])(?:{_DIGITS}|(?:{numbers})\b)(?![\w-])", re.IGNORECASE)

    def fact(self, sentence: Sentence) -> Fact | None:
        """A fact that is never asked for, only wrongly believed; None where it has not just one amount, or
        leaves open of what or whom it speaks.
        """
        text = " ".join(sentence.text.split())
        said = text.removesuffix(".")
        subject = self._subject(said)
        if said == text or not FEWEST_WORDS <= len(said.split()) <= MOST_WORDS or not subject:
            return None
        if self._rules.indefinite.search(said) or re.search(self._data["leans"], said, re.IGNORECASE):
            return None
        value, clause = self._amount(said), self._maker.clause_of(said)
        certain = not re.match(self._data["definite"], said, re.IGNORECASE)
        if not value or not clause or value in subject or not certain:
            return None
        heard = self._rules.lowered(said, self._names)
        for pattern, replacement in self._data["heard"]:
            heard = re.sub(pattern, replacement, heard, flags=re.IGNORECASE)
        return self._maker.fact(
            Rule("claimed", "", "", {"ask": "", "told": self._data["told"]}),
            kind="sentence",
            text=sentence.text,
            line=sentence.line,
            plural=False,
            values={},
            value=value,
            said=subject,
            clause=str(self._data["state"]).format(clause=clause),
            claim=heard.replace(value, "{value}", 1),
            section=sentence.section,
        )

    def _subject(self, said: str) -> str:
        """What stands before the verb, in small letters; empty where that is no plain noun."""
        words = said.split()
        at = self._rules.place_of_verb(words)
        subject = self._rules.lowered(" ".join(words[:at]), self._names)
        plain = 0 < at <= MOST_OF_A_SUBJECT and self._rules.is_subject(subject)
        return subject if plain and not re.search(r"[,;:]", subject) else ""

    def _amount(self, said: str) -> str:
        """The amount, with its unit or sign if it has one; empty where there is none, or more than one."""
        found = list(self._number.finditer(said))
        digits = re.findall(r"\d[\d.,]*", said)
        if len(found) != 1 or len(digits) > 1 or re.search(self._data["named"], said[: found[0].start()]):
            return ""
        place = found[0].start()
        fixed = (match for match in self._rules.fixed.finditer(said) if match.start() <= place < match.end())
        value = next((match[0] for match in fixed), found[0][0])
        return value if said.count(value) == 1 else ""
