"""Cases of a kind of caller or call: `For questions about fees, …`, `Callers who …`, `To change one, …`."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.read.cases import Cases, uncertain
from evalgen.generation.read.clauses import Clauses, cuts
from evalgen.generation.read.conditions import Conditions, Read
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import UNKNOWN, Place, Reading, unread
from evalgen.generation.read.statement import Condition


class KindsOfCallers:
    """Reads them in one prompt's words; each method is one rule."""

    def __init__(self, language: Language, conditions: Conditions, clauses: Clauses, cases: Cases) -> None:
        self._language, self._conditions = language, conditions
        self._clauses, self._cases = clauses, cases
        table = language.table("prompt")
        self._subject: str = table["table"]["subject"]
        self._parts: dict[str, str] = table["parts"]
        self._passive: dict[str, str] = table["passive"]
        self._gerunds: dict[str, str] = table["gerunds"]

    def for_a_kind(self, place: Place) -> Reading | None:
        """`For questions about fees, …`; `For emergencies ("chest pain", …), …` by a quoted example."""
        match = self._language.part("for_case").match(place.text)
        if (
            match
            and self._clauses.begins(match["then"])
            and (found := self._conditions.of_caller(match["what"]))
        ):
            return self._cases.case(found, match["then"]) or uncertain(found)
        shaped = self._language.part("for_examples")
        for cut in cuts(place.text, self._language) if match else ():
            what = place.text[: cut[0]]
            then = place.text[cut[1] :]
            if what.count("(") != what.count(")") or not self._clauses.begins(then):
                continue
            named = shaped.match(what.partition(" ")[2])
            if not named:
                return None
            examples = self._language.pattern(self._parts["quoted_example"]).findall(named["examples"])
            plain = [example for example in examples if "'" not in example and "’" not in example]
            if not plain:
                return None
            moves = tuple(self._parts["mention"].replace("{x}", example) for example in plain)
            named_by = Condition(what, "caller", moves[0], plain[0], others=moves[1:])
            read = Read(named_by, "examples in quotation marks")
            return self._cases.case(read, then) or Reading("case", read.rule, named_by)
        return None

    def callers_who(self, place: Place) -> Reading | None:
        """`Callers who want to cancel must be asked why`."""
        text = place.text
        for gerund, finite in self._gerunds.items():
            text = self._language.pattern(gerund).sub(finite, text, count=1)
        match = self._language.part("who_case").match(text)
        if not match:
            return None
        found = self._conditions.of_caller(self._subject + match["does"])
        if not found:
            return unread("callers whose case is not certain", UNKNOWN)
        found = replace(found, condition=replace(found.condition, text=f"{match['who']} who {match['does']}"))
        then = self._active(match["passive"], match["rest"])
        return (self._cases.case(found, then) if then else None) or unread(
            "callers whose duty is not certain", found.condition
        )

    def _active(self, passive: str, rest: str) -> str:
        """`must be asked to wait` as the imperative of whoever asks; the longest entry that fits wins."""
        whole = f"{passive} {rest}".casefold()
        for words in sorted(self._passive, key=len, reverse=True):
            at = whole.find(f" {words} ")
            if 0 <= at < len(passive):
                return f"{self._passive[words]} {f'{passive} {rest}'[at + len(words) + 2 :]}".strip()
        return ""

    def for_a_wish(self, place: Place) -> Reading | None:
        """`To change a ticket, ask for …`."""
        match = self._language.part("to_case").match(place.text)
        if not match or not self._clauses.begins(match["then"]):
            return None
        found = self._conditions.of_caller(self._parts["wants"].replace("{x}", match["wish"]))
        return self._cases.case(found, match["then"]) if found else None
