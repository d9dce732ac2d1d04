"""Makes facts of what a rule has matched: fills its frames, marks what is fixed, and refuses what leaks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Any

from evalgen.generation.read.documents.fact import Fact, FactKind, Limit
from evalgen.generation.read.documents.rules import Rule, Rules, filled

_ARTICLE_LESS = re.compile(r"[^\w%€$£.]+")


class Maker:
    """Makes the facts of one document."""

    def __init__(self, file: str, rules: Rules, names: Collection[str]) -> None:
        self._file, self._rules, self._names = file, rules, names

    def unread(self, text: str, line: int, because: str, section: str) -> Fact:
        """What no rule accounts for wholly; `because` says what was not understood."""
        return Fact(_id(text, because), "unread", self._file, line, text, False, because, section=section)

    def fact(
        self,
        rule: Rule,
        *,
        kind: FactKind,
        text: str,
        line: int,
        plural: bool,
        values: Mapping[str, str],
        value: str,
        said: str,
        clause: str = "",
        claim: str = "",
        section: str = "",
        table: str = "",
        row: str = "",
        column: str = "",
        attribute: str = "",
    ) -> Fact:
        """The fact in the rule's frames; unread where the question would give the answer away."""
        texts = rule.texts
        ask = self._said(texts["ask"], plural, values)
        told = self._said(texts.get("told", texts["ask"]), plural, values)
        fixed = {**values, "v": f"`{value}`", "n": value}
        special = self._special(rule, value)
        heard = "" if special else texts.get("claim", "")
        if self._leaks(ask, value) or "{" in ask:
            return self.unread(text, line, f"{rule.name}: the question would tell the answer", section)
        said_in_full = " ".join((said, values.get("tail", "")))
        return Fact(
            _id(text, f"{rule.name}|{said_in_full}"),
            kind,
            self._file,
            line,
            text,
            True,
            rule.name,
            attribute or rule.name,
            self.normal(said_in_full),
            value,
            ask,
            told,
            clause or self.judged(special or texts["state"], plural, fixed),
            claim
            or (
                self._said(heard, plural, {**values, "v": "{value}"}) if heard and self._number(value) else ""
            ),
            self._limit(texts.get("limit"), plural, fixed),
            section,
            table,
            row,
            column,
            said,
            plural,
            values.get("tail", ""),
        )

    def label_fact(
        self, rule: Rule, match: re.Match[str], value: str, text: str, line: int, section: str
    ) -> Fact:
        """A labelled value that speaks of the whole place."""
        names = match.groupdict()
        subject = names.get("s") or ""
        on = self._rules.data["on_days"].get(subject.casefold(), subject)
        return self.fact(
            rule,
            kind="label",
            text=text,
            line=line,
            plural=False,
            values={"s": on},
            value=value,
            said=on,
            section=section,
        )

    def clause_of(self, sentence: str) -> str:
        """The document's own clause to follow `explain that`; empty where it cannot stand alone.

        Closed substitutions only: `our` and `your` become the article or the testing agent's.
        """
        bare = sentence.strip().rstrip(".!")
        bare += "." if re.search(r"\b\w\.\w$", bare) else ""
        clause = self._rules.lowered(bare, self._names)
        for pattern, replacement in self._rules.data["own_clause"]:
            clause = re.sub(pattern, replacement, clause, flags=re.IGNORECASE)
        if self._rules.pronouns.search(clause) or self._rules.speaks_to_reader(clause):
            return ""
        return self.marked(clause)

    def marked(self, clause: str) -> str:
        """With amounts, times and addresses in backticks."""
        return self._rules.fixed.sub(
            lambda m: f"`{m[0]}`" if any(c.isdigit() or c == "@" for c in m[0]) else m[0], clause
        )

    def explained(self, clause: str) -> str:
        return str(self._rules.data["explains"]).format(clause=clause)

    def normal(self, text: str) -> str:
        """The subject without its article, marks and capitals."""
        words = _ARTICLE_LESS.sub(" ", text.casefold()).split()
        return " ".join(word for word in words if word not in self._rules.words["articles"])

    def _leaks(self, ask: str, value: str) -> bool:
        numbers = set(re.findall(r"\d+(?:[.,:]\d+)*", value))
        return bool(numbers & set(re.findall(r"\d+(?:[.,:]\d+)*", ask))) or (
            len(value) > 3 and value.casefold() in ask.casefold()
        )

    def _number(self, value: str) -> bool:
        return any(c.isdigit() for c in value) or any(
            word in self._rules.numbers for word in value.lower().split()
        )

    @staticmethod
    def _special(rule: Rule, value: str) -> str:
        """The frame for a value that is said in another way (`free`, `closed`); empty: the usual one."""
        frames = rule.texts.get("special", ())
        return next((str(frame) for pattern, frame in frames if re.search(pattern, value, re.IGNORECASE)), "")

    def _said(self, frame: str, plural: bool, values: Mapping[str, str]) -> str:
        said = filled(frame, plural, values)
        for pattern, replacement in self._rules.data["contractions"]:
            said = re.sub(pattern, replacement, said)
        return said

    def judged(self, frame: str, plural: bool, values: Mapping[str, str]) -> str:
        """As it is said of the caller, not to them."""
        said = self._said(frame, plural, values)
        for pattern, replacement in self._rules.data["to_judge"]:
            said = re.sub(pattern, replacement, said)
        return said

    def _limit(
        self, texts: Mapping[str, Any] | None, plural: bool, values: Mapping[str, str]
    ) -> Limit | None:
        if not texts:
            return None
        return Limit(
            texts["kind"],
            values["n"],
            self._said(texts["question"], plural, values),
            self.judged(texts["within"], plural, values),
            self.judged(texts["beyond"], plural, values),
        )


def _id(text: str, about: str) -> str:
    """By what is said alone: it stays when the file is renamed, and when something else in it changes."""
    key = f"|{' '.join(text.split())}|{about}"
    return f"f{hashlib.sha256(key.encode()).hexdigest()[:10]}"
